// SPDX-License-Identifier: BSD-3-Clause
// FWU: GET_VERSION and GET_INFO as LMS 5.x reads them, and the update session behind START, DATA
// and END.
#include "emulator/clients/fwu_client.h"

#include <gtest/gtest.h>

#include "scripted_firmware.h"

namespace emulator::clients {
namespace {

struct Fwu : testing::Test {
  static constexpr heci::Connection kHost = {.me_addr = 0x21, .host_addr = 3};

  Fwu() {
    firmware.config.identity.sku = 2110;
    firmware.config.settings.enabled_update_interfaces = 5;
    firmware.session.last = 1;
  }
  std::string ask(std::string_view request) {
    client.receive(kHost, hex(request));
    return port.only();
  }
  std::string start() {
    return ask("02000000 00001000 00 00" + std::string(64, '0') + "00000000 01000000 00000000" +
               std::string(64, '0'));
  }

  ScriptedFirmware firmware;
  RecordingPort port;
  FwuClient client{firmware, port};
};

TEST_F(Fwu, VersionReplyHas52Bytes) {
  EXPECT_EQ(ask("00000000"),
            packed("01000000 00000000 3e080000 00000000 00000000 86800000 01000000 00000000"
                   "0500 0200 4600 1604  0500 0200 4600 1604  0500 0000"));
}

TEST_F(Fwu, VersionReplyOfMe3Has47BytesAndTheRecoveryVersion) {
  firmware.config.identity.version_reply_me3 = true;
  EXPECT_EQ(ask("00000000"),
            packed("01 00000000 3e080000 00000000 00000000 86800000"
                   "0500 0200 4600 1604  0500 0000 0100 5704  0500 01000000 00000000"));
}

TEST_F(Fwu, InfoReplyHas52Bytes) {
  firmware.config.surroundings.mebx_version = {.major = 5, .minor = 0, .hotfix = 5, .build = 8};
  firmware.config.surroundings.bios_version = "6.00 R1.19.2824.A1";
  firmware.config.surroundings.reset_reason = protocol::fwu::ResetReason::system_reset;
  // flags: crypto fuse 1, flash protection 2, qualifier always 0, reason system reset 2 << 4,
  // counter 255 << 6
  EXPECT_EQ(ask("08000000"),
            packed("09000000 00000000  0500 0000 0500 0800  00000000 01000000 02000000 e33f0000"
                   "362e30302052312e31392e323832342e4131 0000"));
}

TEST_F(Fwu, Me3KnowsNoGetInfo) {
  firmware.config.identity.version_reply_me3 = true;
  EXPECT_EQ(ask("08000000"), packed("09000000 12220000"));
}

TEST_F(Fwu, UnknownMessageIs8722UnderItsReplyType) {
  EXPECT_EQ(ask("12000000"), packed("13000000 12220000"));
  EXPECT_EQ(ask("ff000000 00"), packed("ff000000 12220000"));
}

TEST_F(Fwu, MessageWithoutATypeIsNotAnswered) {
  EXPECT_EQ(ask("020000"), "none");
}

TEST_F(Fwu, StartGoesToTheSessionAndIsAnsweredWhenItSaysSo) {
  const std::string request = "02000000 00001800 00 04 70617373" + std::string(56, '0') +
                              "00000000 01000000 00000000 000102030405060708090a0b0c0d0e0f" +
                              std::string(32, '0');
  EXPECT_EQ(ask(request), "none");
  EXPECT_EQ(firmware.session.fed_by, firmware::Feeder::heci);
  EXPECT_EQ(firmware.session.started.image_length, 0x180000u);
  EXPECT_EQ(firmware.session.password, "pass");
  EXPECT_EQ(firmware.session.started.oem_id[15], 0x0F);
  client.session_started(0);
  EXPECT_EQ(port.only(), packed("03000000 00000000 00000000 00000000 00000000 00000000"));
}

TEST_F(Fwu, StartOfTheWrongSizeIs8748AndTheSessionHearsNothing) {
  EXPECT_EQ(ask("02000000 00001800"),
            packed("03000000 2c220000 00000000 00000000 00000000 00000000"));
  EXPECT_EQ(firmware.session.fed_by, firmware::Feeder::none);
}

TEST_F(Fwu, DataReachesTheSessionWithoutItsHeader) {
  EXPECT_EQ(ask("04000000 03000000 000000 aabbcc"), "none");
  EXPECT_EQ(base::to_hex(firmware.session.taken), "aabbcc");
  client.session_took_data(0);
  EXPECT_EQ(port.only(), packed("05000000 00000000"));
}

TEST_F(Fwu, DataShorterThanItSaysIs8746) {
  EXPECT_EQ(ask("04000000 04000000 000000 aabbcc"), packed("05000000 2a220000"));
  EXPECT_TRUE(firmware.session.taken.empty());
}

TEST_F(Fwu, EndIsAnsweredWithStatusAndResetType) {
  EXPECT_EQ(ask("06000000"), "none");
  client.session_ended(0, protocol::fwu::kResetMe);
  EXPECT_EQ(port.only(), packed("07000000 00000000 01000000 00000000 00000000 00000000 00000000"));
}

TEST_F(Fwu, VersionIsAnsweredWhileAnOperationIsOutstanding) {
  EXPECT_EQ(ask("06000000"), "none");
  EXPECT_EQ(ask("00000000").size(), 104u);
}

TEST_F(Fwu, OwesAnAnswerWhileTheSessionHasNotSaidOne) {
  EXPECT_FALSE(client.owes_answer(kHost));
  EXPECT_EQ(start(), "none");
  EXPECT_TRUE(client.owes_answer(kHost));
  firmware.session.waiting = nullptr;
  EXPECT_FALSE(client.owes_answer(kHost));
}

TEST_F(Fwu, DisconnectAbandonsTheUpdate) {
  EXPECT_EQ(start(), "none");
  client.disconnected(kHost);
  EXPECT_EQ(firmware.session.abandoned, 1);
  EXPECT_EQ(firmware.session.fed_by, firmware::Feeder::heci);
}

TEST_F(Fwu, WhoIsOwedAnAnswerSurvivesASnapshot) {
  EXPECT_EQ(ask("06000000"), "none");
  sim::Archive out = sim::Archive::saving();
  client.serialize(out);

  FwuClient restored(firmware, port);
  sim::Archive in = sim::Archive::loading(out.saved());
  restored.serialize(in);
  ASSERT_TRUE(in.finish());
  ASSERT_EQ(firmware.session.waiting, &restored);
  restored.session_ended(8706, 0);
  EXPECT_EQ(port.only().substr(0, 16), packed("07000000 02220000"));
  EXPECT_EQ(port.last_to, kHost);
}

TEST_F(Fwu, OneConnectionAtATime) {
  EXPECT_EQ(client.properties().max_connections, 1);
  EXPECT_EQ(client.properties().max_message_length, 512u);
}

}  // namespace
}  // namespace emulator::clients
