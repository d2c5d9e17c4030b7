// SPDX-License-Identifier: BSD-3-Clause
// The reset and ready handshake of the user-space HECI driver (facts: docs/protocols.md, reset).
#include <gtest/gtest.h>

#include "tests/updater/mei/heci_bench.h"

namespace test {
namespace {

using HeciReset = HeciBench;

TEST(HeciReset, LinkComesUpWhenMeSetsReadyWhileHostHoldsReset) {
  HeciBench b;
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 1);
  EXPECT_TRUE(b.me.host_ready());
}

TEST(HeciReset, HostPulsesResetWhenMeOnlyBecomesReadyAfterItsRelease) {
  HeciBench b;
  b.me.ready_needs_release = true;
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 2);  // held first, then pulsed
}

TEST(HeciReset, HostGivesUpWhenMeNeverAnswers) {
  HeciBench b;
  b.me.ready_after.reset();
  base::Result<std::unique_ptr<updater::mei::MeiTransport>> connected = base::Error{};
  const base::Duration took = b.time([&] { connected = b.host.connect(protocol::mei::kFwuGuid); });
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().code, Errc::timeout);
  EXPECT_EQ(took, 3 * seconds(2));  // three tries of two seconds
  EXPECT_EQ(b.me.resets, 3);
}

TEST(HeciReset, MeThatBecomesReadyAtTheLastMomentIsTaken) {
  HeciBench b;
  b.me.ready_after = seconds(2);
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 1);
}

TEST(HeciReset, ResetLeftHalfWayIsEndedBeforeTheNext) {
  HeciBench b;
  b.me.write32(0x04, 0x10);  // somebody set H_RST and left
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 2);  // theirs and ours: ours was a rising edge again
}

TEST(HeciReset, ReadyBitsOfBeforeTheResetAreNotTakenForTheNewOnes) {
  HeciBench b;
  b.fwu().reset();
  b.me.restart_unnoticed();
  b.me.resets_late = true;
  EXPECT_NE(b.fwu(), nullptr);
  EXPECT_EQ(b.me.resets, 2);
}

TEST(HeciReset, InterruptStaysOff) {
  HeciBench b;
  b.me.write32(0x04, 0x01);  // a driver before us had H_IE on
  const auto fwu = b.fwu();
  ASSERT_NE(fwu, nullptr);
  EXPECT_FALSE(b.me.interrupt_enabled());
}

TEST(HeciReset, DepthNoRingCanHaveIsRefused) {
  HeciBench b;
  b.me.depth = 5;
  const auto connected = b.host.connect(protocol::mei::kFwuGuid);
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().code, Errc::protocol);
  EXPECT_EQ(connected.error().status, 5u);
}

TEST(HeciReset, AbsentDeviceIsReportedAtOnce) {
  HeciBench b;
  b.me.gone = true;
  base::Result<std::unique_ptr<updater::mei::MeiTransport>> connected = base::Error{};
  const base::Duration took = b.time([&] { connected = b.host.connect(protocol::mei::kFwuGuid); });
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().code, Errc::disconnected);
  EXPECT_EQ(connected.error().status, 0xFFFFFFFFu);
  EXPECT_EQ(took, seconds(0));
}

TEST(HeciReset, EveryLegalDepthCarriesABusMessage) {
  for (const std::uint32_t depth : {2u, 4u, 8u, 16u, 32u, 64u, 128u}) {
    HeciBench b;
    b.me.depth = depth;
    EXPECT_NE(b.fwu(), nullptr) << "depth " << depth;
  }
}

TEST(HeciReset, HostThatLeavesTellsTheMe) {
  ScriptedMe me;
  {
    updater::mei::HeciHost host(me, me, {.name = "sim:x"});
    const auto connected = host.connect(protocol::mei::kFwuGuid);
    EXPECT_EQ(connected.error().code, Errc::not_found);
  }
  EXPECT_EQ(me.bus_count(Command::host_stop_req), 1u);
}

TEST(HeciReset, LeavingASilentMeTakesASecond) {
  ScriptedMe me;
  me.instead[Command::host_stop_req] = [](base::ByteView) {};
  auto host = std::make_unique<updater::mei::HeciHost>(me, me, updater::mei::HeciFacts{});
  EXPECT_FALSE(host->connect(protocol::mei::kFwuGuid));
  const base::TimePoint before = me.now();
  host.reset();
  EXPECT_EQ(me.now() - before, seconds(1));
}

TEST(HeciReset, PollingSlowsDownToOneMillisecond) {
  HeciBench b;
  b.me.ready_after.reset();
  int sleeps = 0;
  struct Counting final : base::Clock {
    Counting(ScriptedMe& inner, int& count) : me(inner), sleeps(count) {}
    base::TimePoint now() const override { return me.now(); }
    void sleep(base::Duration amount) override {
      EXPECT_GE(amount, microseconds(1));
      EXPECT_LE(amount, milliseconds(1));
      ++sleeps;
      me.sleep(amount);
    }
    ScriptedMe& me;
    int& sleeps;
  } clock(b.me, sleeps);
  updater::mei::HeciHost host(b.me, clock, {});
  EXPECT_FALSE(host.connect(protocol::mei::kFwuGuid));
  // 20 us doubling to 1 ms takes six steps and 1.26 ms; the rest of each 2 s goes by
  // in milliseconds.
  EXPECT_EQ(sleeps, 3 * (6 + 1999));
}

}  // namespace
}  // namespace test
