// SPDX-License-Identifier: BSD-3-Clause
// HBM 1.1 to 2.2 message by message, as Linux 6.1 sends them. The expected bytes are written from
// its headers.
#include "protocol/mei/clients.h"
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

constexpr HeciConfig speaking(protocol::HbmVersion newest) {
  HeciConfig config = kBenchConfig;
  config.hbm = newest;
  return config;
}

TEST(HbmLater, AgreesOnTheVersionThatTheHostAsksFor) {
  HeciBench bench(speaking({2, 2}));
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  EXPECT_EQ(bench.expect_message().hex(), "81010202");
}

TEST(HbmLater, AnOlderMeTellsItsNewestAndTheHostGoesOnWithThat) {
  HeciBench bench(speaking({1, 1}));
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  EXPECT_EQ(bench.expect_message().hex(), "81000101");
}

TEST(HbmLater, AnHbm10HostIsSupportedByALaterMe) {
  HeciBench bench(speaking({2, 2}));
  bench.boot_and_link_up();
  bench.send_hbm("01 00 00 01");
  EXPECT_EQ(bench.expect_message().hex(), "81010202");
}

TEST(HbmLater, NoCapabilityIsGranted) {
  HeciBench bench(speaking({2, 2}));
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  bench.expect_message();
  bench.send_hbm("13 05 00 00");
  EXPECT_EQ(bench.expect_message().hex(), "93000000");
}

TEST(HbmLater, TheDmaRingIsNotAllowed) {
  HeciBench bench(speaking({2, 1}));
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  bench.expect_message();
  std::string request = "12 00 00 00";
  for (int i = 0; i < 36; ++i) request += " 00";
  bench.send_hbm(request);
  EXPECT_EQ(bench.expect_message().hex(), "92050000");
}

TEST(HbmLater, WhatTheAgreedVersionLacksIsAnUnknownCommand) {
  HeciBench bench(speaking({2, 2}));
  bench.boot_and_link_up();
  bench.send_hbm("01 00 00 01");
  bench.expect_message();
  bench.send_hbm("13 05 00 00");
  bench.expect_silence();
  EXPECT_EQ(bench.device.counters().hbm_unknown_command, 1u);
}

TEST(HbmLater, AListedFixedAddressIsEnumeratedAndIsNotConnected) {
  HeciBench bench(speaking({2, 2}));
  ScriptedClient fixed;
  fixed.props = {.guid = protocol::mei::kMkhiFixedGuid,
                 .protocol_version = 2,
                 .max_connections = 0,
                 .fixed_address = 7,
                 .max_message_length = 2048};
  bench.device.add_fixed_client(7, fixed);
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  bench.expect_message();
  bench.send_hbm("04 03 00 00");
  EXPECT_EQ(bench.expect_message().payload[4] & 0x80, 0x80);
  bench.send_hbm("05 07 00 00");
  EXPECT_EQ(bench.expect_message().hex(),
            "85070000"
            "84352155299a1649badf0fb7ed682aeb"
            "02000700"
            "00080000");
  bench.send_hbm("06 07 01 00");
  EXPECT_EQ(bench.expect_message().hex(), "86070105");
}

TEST(HbmLater, NotificationsStartForAConnectionAlone) {
  HeciBench bench(speaking({2, 2}));
  ScriptedClient client;
  bench.device.add_client(client);
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  bench.expect_message();
  bench.send_hbm("10 20 01 01");
  EXPECT_EQ(bench.expect_message().hex(), "9020010101000000");
}

TEST(HbmLater, ABiosThatDisablesTheBusEndsTheLink) {
  HeciBench bench(speaking({2, 0}));
  bench.boot_and_link_up();
  bench.send_hbm("01 00 02 02");
  bench.expect_message();
  bench.send_hbm("0C 00 00 00");
  EXPECT_EQ(bench.expect_message().hex(), "8c00");
  EXPECT_EQ(bench.device.hbm_state(), HbmState::stopped);
}

}  // namespace
}  // namespace emulator::heci
