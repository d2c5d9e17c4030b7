// SPDX-License-Identifier: BSD-3-Clause
// The reset handshake in both habits of the record, and the link around a boot of the ME.
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

TEST(HeciReset, HoldingResetUntilMeReadyWorksAsLinuxDoesIt) {
  HeciBench bench;
  bench.device.set_ready();
  bench.write_h_csr(kHRst | kHIg | kHIs | kHIe | 0x60);
  EXPECT_EQ(bench.h_csr() & 0xFF, kHRst | kHIe) << "H_RST reads 1, H_RDY 0, nothing pending";
  EXPECT_FALSE(bench.me_ready());
  bench.scheduler.sleep(milliseconds(50) - nanoseconds(1));
  EXPECT_FALSE(bench.me_ready());
  EXPECT_EQ(bench.line.rises, 0);
  bench.scheduler.sleep(nanoseconds(1));
  EXPECT_TRUE(bench.me_ready());
  EXPECT_EQ(bench.line.rises, 1) << "with H_RST still 1";
  EXPECT_EQ(bench.h_csr() & 0xFF, kHRst | kHIs | kHIe);
  bench.write_h_csr(kHIe | kHIg);
  bench.write_h_csr(kHIe | kHIg | kHRdy);
  bench.send_hbm("01 00 00 01");
  EXPECT_EQ(bench.expect_message().hex(), "81010001");
}

TEST(HeciReset, PulsingResetInTwoWritesWorksAsTheEraDriverDoesIt) {
  HeciBench bench;
  bench.device.set_ready();
  bench.write_h_csr(kHRst | kHIg | kHIe | kHIs);
  bench.write_h_csr(kHIg | kHIe);
  EXPECT_FALSE(bench.me_ready());
  bench.scheduler.sleep(milliseconds(50));
  EXPECT_TRUE(bench.me_ready());
  EXPECT_EQ(bench.line.rises, 1);
  bench.write_h_csr(kHRdy | kHIg | kHIe);
  bench.send_hbm("01 00 00 01");
  EXPECT_EQ(bench.expect_message().hex(), "81010001");
}

TEST(HeciReset, OnlyTheRisingEdgeResets) {
  HeciBench bench;
  bench.device.set_ready();
  bench.write_h_csr(kHRst);
  bench.scheduler.sleep(milliseconds(50));
  ASSERT_TRUE(bench.me_ready());
  bench.write_h_csr(kHRst | kHIg);
  EXPECT_TRUE(bench.me_ready());
  EXPECT_EQ(bench.faults.reached(sim::FaultPoint::link_reset), 1u);
}

TEST(HeciReset, TheEdgeClearsBothReadyBitsAndAllPointersAtOnce) {
  StartedBench bench;
  bench.write_slots({0x00040007, 0});
  bench.write_h_csr(kHRst | kHRdy | kHIs);
  EXPECT_EQ(bench.h_csr(), 0x20000010u) << "even a 1 written to H_RDY";
  EXPECT_EQ(bench.me_csr(), 0x20000000u);
}

TEST(HeciReset, ASecondResetStartsTheWaitAnew) {
  HeciBench bench;
  bench.device.set_ready();
  bench.write_h_csr(kHRst);
  bench.write_h_csr(0);
  bench.scheduler.sleep(milliseconds(40));
  bench.write_h_csr(kHRst);
  bench.write_h_csr(0);
  bench.scheduler.sleep(milliseconds(40));
  EXPECT_FALSE(bench.me_ready());
  bench.scheduler.sleep(milliseconds(10));
  EXPECT_TRUE(bench.me_ready());
}

TEST(HeciReset, AResetWhileTheMeBootsIsAnsweredWhenItIsReady) {
  HeciBench bench;
  bench.device.set_not_ready();
  bench.write_h_csr(kHRst | kHIe);
  bench.scheduler.sleep(milliseconds(500));
  EXPECT_FALSE(bench.me_ready());
  bench.device.set_ready();
  EXPECT_TRUE(bench.me_ready());
  EXPECT_EQ(bench.line.rises, 1);
}

TEST(HeciReset, APulseWhileTheMeBootsIsAnsweredToo) {
  HeciBench bench;
  bench.write_h_csr(kHRst | kHIe);
  bench.write_h_csr(kHIe);
  bench.scheduler.sleep(milliseconds(500));
  bench.device.set_ready();
  EXPECT_TRUE(bench.me_ready());
  EXPECT_EQ(bench.line.rises, 1);
}

TEST(HeciReset, AResetForgetsHbmStateAndConnections) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.client.closed.clear();
  bench.link_up();
  EXPECT_EQ(bench.client.closed, (std::vector<Connection>{{0x20, 1}}));
  EXPECT_EQ(bench.device.hbm_state(), HbmState::idle);
  bench.send_hbm("04 00 00 00");
  bench.expect_silence();
  EXPECT_EQ(bench.device.counters().hbm_before_start, 1u);
}

TEST(HeciReset, AnAnswerStillInTheRingIsGoneAfterAReset) {
  StartedBench bench;
  bench.send_hbm("04 00 00 00");
  EXPECT_GT(bench.filled_to_host(), 0u);
  bench.link_up();
  bench.expect_silence();
}

TEST(HeciReset, AMeThatRestartsDropsReadyAndInterruptsTheHost) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.write_h_csr(kHRdy | kHIe | kHIs);
  const int rises = bench.line.rises;
  bench.device.set_not_ready();
  EXPECT_EQ(bench.me_csr(), 0x20000000u);
  EXPECT_EQ(bench.h_csr() & kHRdy, 0u);
  EXPECT_EQ(bench.line.rises, rises + 1);
  EXPECT_EQ(bench.client.closed.back(), (Connection{0x20, 1}));
  EXPECT_EQ(bench.device.link_state(), LinkState::down);
}

TEST(HeciReset, AMeThatComesBackInterruptsTheHost) {
  StartedBench bench;
  bench.device.set_not_ready();
  bench.write_h_csr(kHIe | kHIs);
  const int rises = bench.line.rises;
  bench.device.set_ready();
  EXPECT_TRUE(bench.me_ready());
  EXPECT_EQ(bench.line.rises, rises + 1);
}

TEST(HeciReset, BecomingReadyTwiceChangesNothing) {
  StartedBench bench;
  bench.write_h_csr(kHRdy | kHIe | kHIs);
  const int rises = bench.line.rises;
  bench.device.set_ready();
  EXPECT_EQ(bench.line.rises, rises);
  EXPECT_EQ(bench.device.hbm_state(), HbmState::started);
}

TEST(HeciReset, PowerOffTellsTheClientsNothing) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.client.closed.clear();
  bench.fixed.closed.clear();
  bench.device.power_off();
  EXPECT_TRUE(bench.client.closed.empty());
  EXPECT_TRUE(bench.fixed.closed.empty());
  EXPECT_EQ(bench.device.bus().credit({0x20, 1}), Credit::none);
}

TEST(HeciReset, TheMeLeavesTheRingAloneUntilTheHostIsReady) {
  StartedBench bench;
  bench.write_h_csr(kHRst);
  bench.scheduler.sleep(milliseconds(50));
  bench.write_slots({0x80040000, 0x01000001});
  bench.write_h_csr(kHRst | kHIg);
  bench.turn();
  bench.expect_silence();
  bench.write_h_csr(kHRst | kHRdy | kHIg);
  bench.turn();
  bench.expect_silence();
  bench.write_h_csr(kHIg);
  bench.turn();
  bench.expect_silence();
  bench.bell();
  EXPECT_EQ(bench.expect_message().hex(), "81010001");
}

TEST(HeciReset, ClientsCanBeReplacedWhileTheLinkIsDown) {
  StartedBench bench;
  bench.device.set_not_ready();
  bench.device.remove_all_clients();
  ScriptedClient other;
  EXPECT_EQ(bench.device.add_client(other), 0x20);
  bench.boot_and_link_up();
  bench.hbm_start();
  bench.connect(0x20, 3);
  bench.send(0x20, 3, {9});
  ASSERT_EQ(other.received.size(), 1u);
}

}  // namespace
}  // namespace emulator::heci
