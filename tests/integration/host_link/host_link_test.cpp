// SPDX-License-Identifier: BSD-3-Clause
// Host and ME on one link: resets of both habits, every depth, an ME that restarts in the middle,
// and coming back.
#include <gtest/gtest.h>

#include "tests/integration/host_link/host_link_bench.h"

namespace test {
namespace {

using base::Errc;
using emulator::heci::HbmState;
using emulator::heci::LinkState;
using protocol::heci::HCsr;
using protocol::heci::HCsrValue;
using protocol::heci::kHCsr;

/// The host of 2008 resets with two writes in a row, and then does as ours does.
void pulse_reset(HostLinkBench& b) {
  b.device.write32(kHCsr, HCsrValue().with(HCsr::rst, 1).with(HCsr::ig, 1).bits());
  b.device.write32(kHCsr, HCsrValue().with(HCsr::ig, 1).bits());
}

/// The host has done nothing that hardware shrugs at.
bool well_behaved(const HostLinkBench& b) {
  return b.device.counters() == emulator::heci::BadInput{};
}

TEST(HostLink, MessageGoesThroughBothEnds) {
  HostLinkBench b;
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  ASSERT_NE(fwu, nullptr);
  EXPECT_EQ(fwu->max_message_length(), 2048u);
  EXPECT_TRUE(b.echoes(*fwu, pattern(100)));
  EXPECT_TRUE(well_behaved(b));
}

TEST(HostLink, EveryLengthComesBackAtEveryDepth) {
  for (const std::uint32_t depth : protocol::heci::kLegalDepths) {
    HostLinkBench b({.depth = depth});
    const auto fwu = b.connect(protocol::mei::kFwuGuid);
    ASSERT_NE(fwu, nullptr) << depth;
    for (const std::size_t size :
         {1u, 4u, 5u, 124u, 125u, 508u, 511u, 512u, 513u, 1000u, 2047u, 2048u}) {
      EXPECT_TRUE(b.echoes(*fwu, pattern(size))) << "depth " << depth << ", " << size << " bytes";
    }
    EXPECT_TRUE(well_behaved(b)) << depth;
  }
}

TEST(HostLink, ThousandMessagesLeakNoCredit) {
  HostLinkBench b;
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  for (std::size_t i = 0; i < 1000; ++i) ASSERT_TRUE(b.echoes(*fwu, pattern(1 + i % 600))) << i;
  EXPECT_TRUE(well_behaved(b));
}

TEST(HostLink, LinkThatTheEraDriverHasResetIsTakenOver) {
  HostLinkBench b;
  pulse_reset(b);
  b.scheduler.sleep(b.config.reset_delay);
  ASSERT_EQ(b.device.link_state(), LinkState::up);
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  ASSERT_NE(fwu, nullptr);
  EXPECT_TRUE(b.echoes(*fwu, pattern(40)));
}

TEST(HostLink, ResetThatAnotherHostHoldsIsTakenOver) {
  HostLinkBench b;
  b.device.write32(kHCsr, HCsrValue().with(HCsr::rst, 1).bits());
  EXPECT_NE(b.connect(protocol::mei::kFwuGuid), nullptr);
}

TEST(HostLink, ResetByAnotherHostDisconnectsAndTheNextConnectRecovers) {
  HostLinkBench b;
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  pulse_reset(b);
  EXPECT_EQ(fwu->send(pattern(4), seconds(1)).error().code, Errc::disconnected);
  const auto again = b.connect(protocol::mei::kFwuGuid);
  ASSERT_NE(again, nullptr);
  EXPECT_TRUE(b.echoes(*again, pattern(40)));
  EXPECT_EQ(b.fwu.disconnects, 1);
}

TEST(HostLink, MeThatRestartsDuringAMessageDisconnectsAndComesBack) {
  HostLinkBench b({.depth = 8});
  auto fwu = b.connect(protocol::mei::kFwuGuid);
  emulator::sim::Timer restart(b.scheduler, "test.restart", [&] { b.device.set_not_ready(); });
  emulator::sim::Timer boot(b.scheduler, "test.boot", [&] { b.device.set_ready(); });
  restart.start(milliseconds(5));  // 2048 bytes through eight slots take 74 turns of the ME, 22 ms
  boot.start(milliseconds(500));
  EXPECT_EQ(fwu->send(pattern(2048), seconds(1)).error().code, Errc::disconnected);
  fwu = b.connect(protocol::mei::kFwuGuid);
  ASSERT_NE(fwu, nullptr);
  EXPECT_TRUE(b.echoes(*fwu, pattern(2048)));
}

TEST(HostLink, MeThatRestartsDuringAnAnswerDisconnectsAndComesBack) {
  HostLinkBench b({.depth = 8});
  auto fwu = b.connect(protocol::mei::kFwuGuid);
  ASSERT_TRUE(fwu->send(pattern(2048), seconds(1)));
  emulator::sim::Timer restart(b.scheduler, "test.restart", [&] { b.device.set_not_ready(); });
  emulator::sim::Timer boot(b.scheduler, "test.boot", [&] { b.device.set_ready(); });
  restart.start(milliseconds(5));
  boot.start(milliseconds(6));
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
  fwu = b.connect(protocol::mei::kFwuGuid);
  ASSERT_NE(fwu, nullptr);
  EXPECT_TRUE(b.echoes(*fwu, pattern(2048)));
}

TEST(HostLink, MeThatRestartsAtAnyMomentIsFoundAgain) {
  for (int tenth = 0; tenth < 200; ++tenth) {
    HostLinkBench b({.depth = 8});
    auto fwu = b.connect(protocol::mei::kFwuGuid);
    ASSERT_NE(fwu, nullptr);
    emulator::sim::Timer restart(b.scheduler, "test.restart", [&] { b.device.set_not_ready(); });
    emulator::sim::Timer boot(b.scheduler, "test.boot", [&] { b.device.set_ready(); });
    restart.start(std::chrono::microseconds(100 * tenth));
    boot.start(std::chrono::microseconds(100 * tenth + 50));
    const bool came_back = b.echoes(*fwu, pattern(512));
    if (!came_back) fwu = b.connect(protocol::mei::kFwuGuid);
    b.scheduler.sleep(milliseconds(50));
    if (came_back) fwu = b.connect(protocol::mei::kFwuGuid);
    ASSERT_NE(fwu, nullptr) << tenth;
    EXPECT_TRUE(b.echoes(*fwu, pattern(512))) << tenth;
  }
}

TEST(HostLink, MeThatStaysAwayIsATimeout) {
  HostLinkBench b;
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  b.device.power_off();
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::disconnected);
  EXPECT_EQ(b.host.connect(protocol::mei::kFwuGuid).error().code, Errc::timeout);
}

TEST(HostLink, TwoConnectionsDoNotDisturbEachOther) {
  HostLinkBench b;
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  const auto mkhi = b.connect(protocol::mei::kMkhiGuid);
  ASSERT_TRUE(fwu->send(pattern(600), seconds(1)));
  EXPECT_TRUE(b.echoes(*mkhi, pattern(12)));
  EXPECT_EQ(fwu->receive(seconds(1)).value_or({}), pattern(600));
}

TEST(HostLink, SharedBufferTakesOneMessageAfterAnother) {
  HostLinkBench b;
  const auto watchdog = b.connect(protocol::mei::kWatchdogGuid);
  ASSERT_NE(watchdog, nullptr);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(b.echoes(*watchdog, pattern(16))) << i;
}

TEST(HostLink, FixedAddressIsReachedWithoutTheHostBus) {
  HostLinkBench b;
  const auto mkhi = b.host.open_fixed(protocol::mei::kMkhiFixedAddress);
  ASSERT_TRUE(mkhi);
  EXPECT_TRUE(b.echoes(**mkhi, pattern(4)));
  EXPECT_EQ(b.device.hbm_state(), HbmState::idle);
}

TEST(HostLink, ClosedConnectionCanBeOpenedAgain) {
  HostLinkBench b;
  for (int i = 0; i < 300; ++i) {  // more often than there are host addresses
    const auto fwu = b.connect(protocol::mei::kFwuGuid);
    ASSERT_NE(fwu, nullptr) << i;
  }
  EXPECT_EQ(b.fwu.disconnects, 300);
}

TEST(HostLink, SecondConnectionToASingleClientIsBusy) {
  HostLinkBench b;
  const auto first = b.connect(protocol::mei::kFwuGuid);
  EXPECT_EQ(b.host.connect(protocol::mei::kFwuGuid).error().code, Errc::busy);
  EXPECT_TRUE(b.echoes(*first, pattern(4)));
}

TEST(HostLink, SilentClientIsATimeoutAndTheLinkStaysUp) {
  HostLinkBench b;
  b.fwu.answers = false;
  const auto fwu = b.connect(protocol::mei::kFwuGuid);
  ASSERT_TRUE(fwu->send(pattern(4), seconds(1)));
  EXPECT_EQ(fwu->receive(seconds(1)).error().code, Errc::timeout);
  EXPECT_EQ(b.device.link_state(), LinkState::up);
  const auto mkhi = b.connect(protocol::mei::kMkhiGuid);
  EXPECT_TRUE(b.echoes(*mkhi, pattern(4)));
}

}  // namespace
}  // namespace test
