// SPDX-License-Identifier: BSD-3-Clause
// Injected faults at the link: a message from the host, and a reset by the host.
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

using sim::FaultAction;
using sim::FaultPoint;
using std::chrono::milliseconds;

struct HeciFaults : testing::Test {
  void arm(FaultPoint point, FaultAction action, base::Duration delay = {}) {
    bench.faults.arm({.point = point, .action = action, .delay = delay});
  }
  void TearDown() override { EXPECT_TRUE(bench.faults.unfired().empty()); }
  StartedBench bench;
};

TEST_F(HeciFaults, AnIgnoredMessageLeavesTheHostWaiting) {
  bench.connect(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::ignore);
  bench.send(0x20, 1, {1});
  EXPECT_TRUE(bench.client.received.empty());
  bench.scheduler.sleep(milliseconds(60000));
  bench.expect_silence();
  EXPECT_EQ(bench.device.bus().credit({0x20, 1}), Credit::none);
}

TEST_F(HeciFaults, AConnectionThatHangsIsCuredByDisconnecting) {
  bench.connect(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::ignore);
  bench.send(0x20, 1, {1});
  bench.send_hbm("07 20 01 00");
  EXPECT_EQ(bench.expect_message().hex(), "87200100");
  bench.connect(0x20, 1);
}

TEST_F(HeciFaults, AnIgnoredHostBusMessageIsNotAnswered) {
  arm(FaultPoint::host_message, FaultAction::ignore);
  bench.send_hbm("04 00 00 00");
  bench.expect_silence();
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
}

TEST_F(HeciFaults, ADelayedMessageIsAnsweredThatMuchLater) {
  arm(FaultPoint::host_message, FaultAction::delay, milliseconds(700));
  bench.send_hbm("04 00 00 00");
  bench.scheduler.sleep(milliseconds(700) - std::chrono::nanoseconds(1));
  bench.expect_silence();
  bench.scheduler.sleep(std::chrono::nanoseconds(1));
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
}

TEST_F(HeciFaults, MessagesBehindADelayedOneKeepTheirOrder) {
  bench.connect(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::delay, milliseconds(700));
  bench.send(0x20, 1, {1});
  bench.send_hbm("04 00 00 00");
  bench.expect_silence();
  bench.scheduler.sleep(milliseconds(700));
  EXPECT_EQ(bench.client.received.size(), 1u);
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
  EXPECT_EQ(bench.expect_message().payload[0], 0x08);
}

TEST_F(HeciFaults, AResetForgetsADelayedMessage) {
  bench.connect(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::delay, milliseconds(700));
  bench.send(0x20, 1, {1});
  bench.link_up();
  bench.scheduler.sleep(milliseconds(1000));
  EXPECT_TRUE(bench.client.received.empty());
}

TEST_F(HeciFaults, AFailedConnectIsRefusedForWantOfResources) {
  arm(FaultPoint::host_message, FaultAction::fail);
  bench.send_hbm("06 20 01 00");
  EXPECT_EQ(bench.expect_message().hex(), "86200103");
  bench.expect_silence();
  bench.connect(0x20, 1);
}

TEST_F(HeciFaults, AFailedMessageCostsTheConnection) {
  bench.connect(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::fail);
  bench.send(0x20, 1, {1});
  EXPECT_TRUE(bench.client.received.empty());
  EXPECT_EQ(bench.expect_message().hex(), "07200100");
  bench.send_hbm("87 20 01 00");
  bench.expect_silence();
  bench.connect(0x20, 1);
}

TEST_F(HeciFaults, AFailedMessageToAFixedAddressIsNotAnswered) {
  arm(FaultPoint::host_message, FaultAction::fail);
  bench.send(7, 0, {1});
  bench.expect_silence();
  bench.send(7, 0, {2});
  EXPECT_EQ(bench.expect_message().hex(), "02");
}

TEST_F(HeciFaults, AMessageCanResetTheMe) {
  bench.connect(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::me_reset);
  bench.send(0x20, 1, {1});
  EXPECT_EQ(bench.power.me_resets, 1);
  EXPECT_TRUE(bench.client.received.empty());
  bench.expect_silence();
}

TEST_F(HeciFaults, PowerCanGoBeforeAMessageIsTaken) {
  bench.connect(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::power_cut_before);
  bench.send(0x20, 1, {1});
  EXPECT_EQ(bench.power.cuts, 1);
  EXPECT_TRUE(bench.client.received.empty());
}

TEST_F(HeciFaults, PowerCanGoAfterAMessageIsTakenAndBeforeItIsAnswered) {
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  arm(FaultPoint::host_message, FaultAction::power_cut_after);
  bench.send(0x20, 1, {1});
  EXPECT_EQ(bench.power.cuts, 1);
  EXPECT_EQ(bench.client.received.size(), 1u);
  bench.expect_silence();
}

TEST_F(HeciFaults, AHostBusMessageCanBeAnsweredTwice) {
  arm(FaultPoint::hbm_message, FaultAction::twice);
  bench.send_hbm("04 00 00 00");
  const std::string first = bench.expect_message().hex();
  EXPECT_TRUE(first.starts_with("84")) << first;
  EXPECT_EQ(bench.expect_message().hex(), first);
  bench.expect_silence();
}

TEST_F(HeciFaults, AClientsMessageIsNoHostBusMessage) {
  bench.connect(0x20, 1);
  arm(FaultPoint::hbm_message, FaultAction::ignore);
  bench.send(0x20, 1, {1});
  EXPECT_EQ(bench.client.received.size(), 1u);
  EXPECT_EQ(bench.expect_message().payload[0], 0x08);
  bench.send_hbm("04 00 00 00");
  bench.expect_silence();
}

TEST_F(HeciFaults, AHostBusMessageCountsAsAMessage) {
  const auto before = bench.faults.reached(FaultPoint::host_message);
  arm(FaultPoint::hbm_message, FaultAction::ignore);
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.faults.reached(FaultPoint::host_message), before + 1);
}

/// The host finds its bit not set and its own RDY not cleared; the ME has noticed nothing.
TEST_F(HeciFaults, AFailedResetIsNotTaken) {
  arm(FaultPoint::link_reset, FaultAction::fail);
  bench.write_h_csr(kHRdy | kHRst | kHIe);
  EXPECT_EQ(bench.h_csr() & kHRst, 0u);
  EXPECT_EQ(bench.h_csr() & kHRdy, kHRdy);
  EXPECT_TRUE(bench.me_ready());
  bench.scheduler.sleep(milliseconds(60000));
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
  bench.link_up();
}

TEST_F(HeciFaults, AnIgnoredResetLeavesTheMeNotReady) {
  arm(FaultPoint::link_reset, FaultAction::ignore);
  bench.write_h_csr(kHRst | kHIe);
  bench.scheduler.sleep(milliseconds(60000));
  EXPECT_FALSE(bench.me_ready());
  bench.write_h_csr(kHIe);
  bench.link_up();
}

TEST_F(HeciFaults, ADelayedResetTakesThatMuchLonger) {
  arm(FaultPoint::link_reset, FaultAction::delay, milliseconds(3000));
  bench.write_h_csr(kHRst | kHIe);
  bench.scheduler.sleep(milliseconds(3050) - std::chrono::nanoseconds(1));
  EXPECT_FALSE(bench.me_ready());
  bench.scheduler.sleep(std::chrono::nanoseconds(1));
  EXPECT_TRUE(bench.me_ready());
}

TEST_F(HeciFaults, AResetCanResetTheMe) {
  arm(FaultPoint::link_reset, FaultAction::me_reset);
  bench.write_h_csr(kHRst | kHIe);
  EXPECT_EQ(bench.power.me_resets, 1);
  bench.scheduler.sleep(milliseconds(1000));
  EXPECT_FALSE(bench.me_ready());
  bench.device.set_not_ready();
  bench.device.set_ready();
  EXPECT_TRUE(bench.me_ready());
}

TEST_F(HeciFaults, PowerCanGoWhenTheResetIsDone) {
  arm(FaultPoint::link_reset, FaultAction::power_cut_after);
  bench.write_h_csr(kHRst | kHIe);
  EXPECT_EQ(bench.power.cuts, 0);
  bench.scheduler.sleep(milliseconds(50));
  EXPECT_EQ(bench.power.cuts, 1);
  EXPECT_FALSE(bench.me_ready());
}

TEST_F(HeciFaults, PowerCanGoAtTheEdgeOfTheReset) {
  arm(FaultPoint::link_reset, FaultAction::power_cut_before);
  bench.write_h_csr(kHRst | kHIe);
  EXPECT_EQ(bench.power.cuts, 1);
}

TEST_F(HeciFaults, AnInterruptThatIsLostLeavesTheMessageInTheRing) {
  bench.device.write32(protocol::heci::kHCsr, 0x0B);  // H_RDY, H_IE; H_IS is cleared
  arm(FaultPoint::me_interrupt, FaultAction::ignore);
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.device.peek32(protocol::heci::kHCsr) & 0x02, 0u) << "H_IS";
  EXPECT_EQ(bench.expect_message().payload[0], 0x84) << "who polls finds it all the same";
}

TEST_F(HeciFaults, AnInterruptWithoutACauseComesAMillisecondAfterOneThatHasOne) {
  arm(FaultPoint::me_interrupt, FaultAction::twice);
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
  const std::uint32_t csr = bench.device.peek32(protocol::heci::kHCsr);
  bench.device.write32(protocol::heci::kHCsr, (csr & 0xFFu & ~0x04u) | 0x02u);
  EXPECT_EQ(bench.device.peek32(protocol::heci::kHCsr) & 0x02, 0u) << "the host has cleared it";
  bench.scheduler.sleep(milliseconds(1));
  EXPECT_EQ(bench.device.peek32(protocol::heci::kHCsr) & 0x02, 0x02u);
  bench.expect_silence();
}

TEST_F(HeciFaults, ADoorbellThatIsLostIsMadeUpForByTheNext) {
  arm(FaultPoint::doorbell, FaultAction::ignore);
  bench.send_hbm("04 00 00 00");
  bench.scheduler.sleep(milliseconds(1000));
  bench.expect_silence();
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
  EXPECT_EQ(bench.expect_message().payload[0], 0x84) << "the first was in the ring all the time";
}

TEST_F(HeciFaults, ADoorbellThatIsLateIsAnsweredThatMuchLater) {
  arm(FaultPoint::doorbell, FaultAction::delay, milliseconds(500));
  bench.send_hbm("04 00 00 00");
  bench.scheduler.sleep(milliseconds(400));
  bench.expect_silence();
  bench.scheduler.sleep(milliseconds(200));
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
}

/// ME_CBWP in bits 23:16, ME_CBRP in 15:8, ME_CBD in 31:24 (ICH9 datasheet, ME_CSR_HA).
TEST_F(HeciFaults, AWildPointerTellsOfMoreThanTheRingHolds) {
  arm(FaultPoint::me_interrupt, FaultAction::wild_pointer);
  bench.send_hbm("04 00 00 00");
  const std::uint32_t csr = bench.device.peek32(protocol::heci::kMeCsrHa);
  const std::uint32_t filled = ((csr >> 16) - (csr >> 8)) & 0xFF;
  EXPECT_GT(filled, csr >> 24);
}

}  // namespace
}  // namespace emulator::heci
