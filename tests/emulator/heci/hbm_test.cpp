// SPDX-License-Identifier: BSD-3-Clause
// HBM 1.0 message by message. The expected bytes are written from the facts page's table.
#include "tests/emulator/heci/heci_bench.h"

#include "protocol/mei/clients.h"

namespace emulator::heci {
namespace {

TEST(Hbm, AnHbm10HostIsTold10IsSupported) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.send_hbm("01 00 00 01");
  EXPECT_EQ(bench.expect_message().hex(), "81010001");
}

TEST(Hbm, ANewerHostIsToldNotSupportedAtMost10) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  EXPECT_EQ(bench.expect_message().hex(), "81000001");
}

TEST(Hbm, ANewerHostGoesOnWithoutAskingAgain) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.send_hbm("01 00 00 02");
  bench.expect_message();
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.expect_message().payload[0], 0x84);
}

TEST(Hbm, Version11IsNot10) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.send_hbm("01 00 01 01");
  EXPECT_EQ(bench.expect_message().hex(), "81000001");
}

TEST(Hbm, TheAnswerIsOneFragmentWithBothAddressesZeroAndTheHostIsInterrupted) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.write_h_csr(kHRdy | kHIe | kHIs);
  const int rises = bench.line.rises;
  bench.send_hbm("01 00 00 01");
  EXPECT_EQ(bench.line.rises, rises + 1);
  EXPECT_EQ(bench.filled_to_host(), 2u);
  EXPECT_EQ(bench.device.read32(0x08), 0x80040000u);
  EXPECT_EQ(bench.device.read32(0x08), 0x01000181u);
}

TEST(Hbm, TheAnswerComesOneTurnaroundAfterTheDoorbell) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.turn();
  bench.write_slots({0x80040000, 0x01000001});
  bench.write_h_csr(kHRdy | kHIg);
  bench.scheduler.sleep(std::chrono::microseconds(300) - std::chrono::nanoseconds(1));
  bench.expect_silence();
  bench.scheduler.sleep(std::chrono::nanoseconds(1));
  EXPECT_EQ(bench.filled_to_host(), 2u);
}

TEST(Hbm, EnumerationNamesTheDynamicClientsOnly) {
  HeciBench bench;
  ScriptedClient a;
  ScriptedClient b;
  ScriptedClient mkhi;
  bench.device.add_fixed_client(7, mkhi);
  EXPECT_EQ(bench.device.add_client(a), 0x20);
  EXPECT_EQ(bench.device.add_client(b), 0x21);
  EXPECT_EQ(bench.device.add_client(mkhi), 0x22);
  bench.boot_and_link_up();
  bench.hbm_start();
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.expect_message().hex(),
            "84000000"
            "00000000"  // addresses 0-31
            "07000000"  // 32, 33 and 34
            "000000000000000000000000000000000000000000000000");
}

TEST(Hbm, DynamicAddressesBeginWhereTheProfileSaysAndSkipTheFixedOne) {
  HeciConfig config = kBenchConfig;
  config.first_dynamic_address = 6;
  HeciBench bench(config);
  ScriptedClient a;
  ScriptedClient b;
  EXPECT_EQ(bench.device.add_client(a), 6);
  EXPECT_EQ(bench.device.add_client(b), 8);
}

TEST(Hbm, PropertiesCarryGuidVersionConnectionsAndLength) {
  HeciBench bench;
  ScriptedClient client;
  client.props = {.guid = protocol::mei::guid("309dcde8-ccb1-4062-8f78-600115a34327"),
                  .protocol_version = 1,
                  .max_connections = 2,
                  .max_message_length = 4160};
  bench.device.add_client(client);
  bench.boot_and_link_up();
  bench.hbm_start();
  bench.send_hbm("05 20 00 00");
  EXPECT_EQ(bench.expect_message().hex(),
            "85200000"
            "e8cd9d30b1cc62408f78600115a34327"
            "01020000"
            "40100000");
}

TEST(Hbm, PropertiesTellSingleReceiveBuffer) {
  StartedBench bench(kBenchConfig,
                     {.max_connections = 1, .single_recv_buf = 1, .max_message_length = 64});
  bench.send_hbm("05 20 00 00");
  EXPECT_EQ(bench.expect_message().payload[23], 1);
}

TEST(Hbm, PropertiesOfAnUnknownAddressAreStatusOne) {
  StartedBench bench;
  bench.send_hbm("05 33 00 00");
  EXPECT_EQ(bench.expect_message().hex(), "85330100" + std::string(48, '0'));
  EXPECT_EQ(bench.device.counters().properties_unknown, 1u);
}

TEST(Hbm, AFixedAddressHasNoProperties) {
  StartedBench bench;
  bench.send_hbm("05 07 00 00");
  EXPECT_EQ(bench.expect_message().payload[2], 1);
}

TEST(Hbm, ConnectIsAnsweredAndThenGrantedOneMessage) {
  StartedBench bench;
  bench.send_hbm("06 20 05 00");
  EXPECT_EQ(bench.expect_message().hex(), "86200500");
  EXPECT_EQ(bench.expect_message().hex(), "0820050000000000");
  bench.expect_silence();
}

TEST(Hbm, ConnectingToNobodyIsStatusOne) {
  StartedBench bench;
  bench.send_hbm("06 21 05 00");
  EXPECT_EQ(bench.expect_message().hex(), "86210501");
  bench.expect_silence();
  EXPECT_EQ(bench.device.counters().connect_refused, 1u);
}

TEST(Hbm, ConnectingTwiceIsStatusTwo) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.send_hbm("06 20 05 00");
  EXPECT_EQ(bench.expect_message().hex(), "86200502");
  bench.expect_silence();
}

TEST(Hbm, ConnectingBeyondTheClientsMaximumIsStatusThree) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.send_hbm("06 20 06 00");
  EXPECT_EQ(bench.expect_message().hex(), "86200603");
}

TEST(Hbm, ConnectingFromHostAddressZeroIsStatusFour) {
  StartedBench bench;
  bench.send_hbm("06 20 00 00");
  EXPECT_EQ(bench.expect_message().hex(), "86200004");
}

TEST(Hbm, ConnectingToAFixedAddressIsStatusFive) {
  StartedBench bench;
  bench.send_hbm("06 07 05 00");
  EXPECT_EQ(bench.expect_message().hex(), "86070505");
}

TEST(Hbm, ARefusedConnectHarmsNoConnectionThatIsThere) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.send_hbm("06 20 06 00");
  bench.expect_message();
  bench.send(0x20, 5, {1, 2, 3});
  EXPECT_EQ(bench.client.received.size(), 1u);
}

TEST(Hbm, DisconnectIsAnsweredAndTheClientHears) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.client.closed.clear();
  bench.send_hbm("07 20 05 00");
  EXPECT_EQ(bench.expect_message().hex(), "87200500");
  EXPECT_EQ(bench.client.closed, (std::vector<Connection>{{0x20, 5}}));
}

TEST(Hbm, DisconnectingWhatIsNotConnectedIsStatusZeroToo) {
  StartedBench bench;
  bench.send_hbm("07 20 05 00");
  EXPECT_EQ(bench.expect_message().hex(), "87200500");
  EXPECT_EQ(bench.device.counters().disconnect_unknown, 1u);
}

TEST(Hbm, AClosedConnectionMakesRoomForAnother) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.send_hbm("07 20 05 00");
  bench.expect_message();
  bench.connect(0x20, 6);
}

TEST(Hbm, DisconnectDropsAnswersNobodyWillRead) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.send(0x20, 5, {1});
  EXPECT_EQ(bench.expect_message().payload[0], 0x08) << "the credit is given back";
  bench.send_hbm("07 20 05 00");
  bench.expect_message();
  bench.connect(0x20, 5);
  bench.give_credit(0x20, 5);
  bench.expect_silence();
}

TEST(Hbm, HostStopIsAnsweredAndThenThereIsSilence) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.client.closed.clear();
  bench.send_hbm("02 00 00 00");
  EXPECT_EQ(bench.expect_message().hex(), "82000000");
  EXPECT_EQ(bench.client.closed, (std::vector<Connection>{{0x20, 5}}));
  bench.send_hbm("01 00 00 01");
  bench.send_hbm("04 00 00 00");
  bench.send(7, 0, {1, 2, 3, 4});
  bench.expect_silence();
  EXPECT_TRUE(bench.fixed.received.empty());
  EXPECT_EQ(bench.device.counters().message_after_stop, 3u);
}

TEST(Hbm, EveryStopReasonIsTaken) {
  for (std::uint8_t reason = 0; reason <= 8; ++reason) {
    StartedBench bench;
    bench.send(0, 0, {0x02, reason, 0, 0});
    EXPECT_EQ(bench.expect_message().hex(), "82000000");
  }
}

TEST(Hbm, AResetEndsTheSilence) {
  StartedBench bench;
  bench.send_hbm("02 00 00 00");
  bench.expect_message();
  bench.link_up();
  bench.hbm_start();
}

TEST(Hbm, StartingTwiceIsAnsweredTwiceAndClosesNothing) {
  StartedBench bench;
  bench.connect(0x20, 5);
  bench.hbm_start();
  bench.send(0x20, 5, {1});
  EXPECT_EQ(bench.client.received.size(), 1u);
}

TEST(Hbm, TheHostsAnswerToADisconnectOfTheMeIsTakenQuietly) {
  StartedBench bench;
  const BadInput before = bench.device.counters();
  bench.send_hbm("87 20 05 00");
  bench.expect_silence();
  EXPECT_EQ(bench.device.counters(), before);
}

TEST(Hbm, ManyRequestsInOneTurnAreAllAnsweredInOrder) {
  HeciConfig config = kBenchConfig;
  config.depth = 128;
  StartedBench bench(config);
  for (std::uint8_t i = 0; i < 40; ++i) {
    bench.write_fragment(0x80040000, {0x05, static_cast<std::uint8_t>(0x40 + i), 0, 0});
  }
  bench.bell();
  for (std::uint8_t i = 0; i < 40; ++i) {
    ASSERT_EQ(bench.expect_message().payload[1], 0x40 + i);
  }
  bench.expect_silence();
}

TEST(Hbm, AnsweringWaitsForRoomInTheRingInsteadOfLosingAnything) {
  StartedBench bench;  // 32 slots: three answers of ten slots
  for (int i = 0; i < 12; ++i) {
    bench.write_fragment(0x80040000, {0x04, 0, 0, 0});
  }
  bench.bell();
  EXPECT_EQ(bench.filled_to_host(), 30u);
  for (int i = 0; i < 12; ++i) ASSERT_EQ(bench.expect_message().payload[0], 0x84) << i;
  bench.expect_silence();
}

}  // namespace
}  // namespace emulator::heci
