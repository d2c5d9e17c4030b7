// SPDX-License-Identifier: BSD-3-Clause
// MKHI, byte for byte as shared/facts and docs/protocols.md give it.
#include "emulator/clients/mkhi_client.h"

#include <gtest/gtest.h>

#include "scripted_firmware.h"

namespace emulator::clients {
namespace {

constexpr heci::Connection kBios = {.me_addr = 7, .host_addr = 0};

struct Mkhi : testing::Test {
  std::string ask(std::string_view request) {
    client.receive(kBios, hex(request));
    return port.only();
  }
  ScriptedFirmware firmware;
  RecordingPort port;
  MkhiClient client{firmware, port};
};

TEST_F(Mkhi, CapabilitiesAreRule0) {
  firmware.config.identity.capabilities = 62;
  EXPECT_EQ(ask("03 02 00 00  00 00 00 00"), packed("03 82 00 00  00 00 00 00  04  3e 00 00 00"));
  EXPECT_EQ(port.last_to, kBios);
}

TEST_F(Mkhi, MeIsNotDisabledByRule6) {
  EXPECT_EQ(ask("03 02 00 00  06 00 00 00"), packed("03 82 00 00  06 00 00 00  01  00"));
}

TEST_F(Mkhi, Rule7IsTheEffectiveLocalUpdateState) {
  using protocol::fwu::OverrideQualifier;
  const auto rule7 = [&] { return ask("03 02 00 00  07 00 00 00"); };
  firmware.config.settings = {.local_update = protocol::mkhi::kLocalUpdateDisabled,
                              .override_counter = 255,
                              .override_qualifier = OverrideQualifier::always};
  EXPECT_EQ(rule7(), packed("03 82 00 00  07 00 00 00  04  01 00 00 00"));
  firmware.config.settings.override_qualifier = OverrideQualifier::never;
  EXPECT_EQ(rule7(), packed("03 82 00 00  07 00 00 00  04  00 00 00 00"));
}

TEST_F(Mkhi, OverrideStrapBehaviourIsRule14) {
  firmware.config.identity.override_strap_behaviour = protocol::mkhi::kOverrideContinue;
  EXPECT_EQ(ask("03 02 00 00  14 00 00 00"), packed("03 82 00 00  14 00 00 00  01  01"));
}

TEST_F(Mkhi, UnknownRuleIsAnInvalidParameter) {
  EXPECT_EQ(ask("03 02 00 00  1d 00 00 00"), packed("03 82 00 02  1d 00 00 00  00"));
}

TEST_F(Mkhi, GetRuleWithoutARuleIsAnInvalidParameter) {
  EXPECT_EQ(ask("03 02 00 00"), packed("03 82 00 02"));
}

TEST_F(Mkhi, ACommandThatTheGenerationHasNotIsUnknown) {
  // UNCONFIGURE is known from ME 9 on; that ME 2 to 5 take it is chosen.
  firmware.config.identity.version = {7, 1, 86, 1221};
  EXPECT_EQ(ask("ff 0d 00 00"), packed("ff 8d 00 8d")) << "8D: unknown command, from ME 6 on";
  firmware.config.identity.version = {9, 0, 2, 1345};
  EXPECT_EQ(ask("ff 0d 00 00"), packed("ff 8d 00 00"));
}

TEST_F(Mkhi, FirmwareVersionIsThreeVersionsMinorFirst) {
  firmware.config.identity.fitc_version = {.major = 5, .minor = 0, .hotfix = 2, .build = 1121};
  EXPECT_EQ(ask("ff 02 00 00"),
            packed("ff 82 00 00  0200 0500 1604 4600  0000 0500 5704 0100  0000 0500 6104 0200"));
}

TEST_F(Mkhi, RecoveryCodeReportsNoOperationalVersion) {
  firmware.path = firmware::BootPath::recovery;
  EXPECT_EQ(ask("ff 02 00 00").substr(8, 16), "0000000000000000");
}

TEST_F(Mkhi, UpdateStatusIsTheSessions) {
  firmware.session.last = 0x213;
  EXPECT_EQ(ask("06 02 00 00"), packed("06 82 00 00  13 02 00 00"));
}

TEST_F(Mkhi, MkhiVersionIs1_0) {
  EXPECT_EQ(ask("ff 01 00 00"), packed("ff 81 00 00  0000 0100"));
}

TEST_F(Mkhi, EndOfPostIsAcknowledged) {
  EXPECT_EQ(ask("ff 0c 00 00"), packed("ff 8c 00 00  00 00 00 00"));
}

TEST_F(Mkhi, UnconfigureUnprovisions) {
  EXPECT_EQ(ask("ff 0d 00 00"), packed("ff 8d 00 00"));
  EXPECT_EQ(firmware.unprovisioned, 1);
}

TEST_F(Mkhi, UnconfigureRefusedByTheFirmwareIsNotAllowed) {
  firmware.takes_unprovision = false;
  EXPECT_EQ(ask("ff 0d 00 00"), packed("ff 8d 00 03"));
}

TEST_F(Mkhi, UnknownCommandGetsAResultByte) {
  EXPECT_EQ(ask("05 01 00 00"), packed("05 81 00 01"));
  EXPECT_EQ(ask("03 03 00 00"), packed("03 83 00 01"));
}

TEST_F(Mkhi, ResponsesAndScrapsFromTheHostAreNotAnswered) {
  EXPECT_EQ(ask("ff 82 00 00"), "none");
  EXPECT_EQ(ask("ff 02 00"), "none");
  EXPECT_EQ(ask(""), "none");
}

}  // namespace
}  // namespace emulator::clients
