// SPDX-License-Identifier: BSD-3-Clause
// AMTHI, byte for byte as the era's LMS and Linux mei-amt-version read it.
#include "emulator/clients/amthi_client.h"

#include <gtest/gtest.h>

#include "scripted_firmware.h"

namespace emulator::clients {
namespace {

struct Amthi : testing::Test {
  static constexpr heci::Connection kHost = {.me_addr = 0x20, .host_addr = 2};

  std::string ask(std::string_view request) {
    client.receive(kHost, hex(request));
    return port.only();
  }
  ScriptedFirmware firmware;
  RecordingPort port;
  AmthiClient client{firmware, port};
};

TEST_F(Amthi, EraDriverFindsItsMessageLengthOf4160) {
  EXPECT_EQ(client.properties().max_message_length, 4160u);
  EXPECT_EQ(client.properties().protocol_version, 1);
}

TEST_F(Amthi, CodeVersionsHoldTheBiosAndTenNamedStrings) {
  firmware.config.surroundings.bios_version = "6.00 R1.19.2824.A1";
  firmware.config.identity.capabilities = 62;
  const std::string reply = ask("01 01 0000  1a000004  00000000");
  // header, length = 4 + 65 + 4 + 10 * 44 = 0x201, status
  EXPECT_EQ(reply.substr(0, 32), packed("01 01 0000  1a008004  01020000  00000000"));
  EXPECT_EQ(reply.size() / 2, 12u + 0x201u);
  // BIOS in 65 bytes, then the count
  EXPECT_EQ(reply.substr(32, 36), packed("362e30302052312e31392e323832342e4131"));
  EXPECT_EQ(reply.substr(32 + 2 * 65, 8), "0a000000");
  const auto body = protocol::amthi::decode_code_versions(hex(reply.substr(32)));
  ASSERT_TRUE(body);
  const std::vector<protocol::amthi::CodeVersions::Entry> expected = {
      {"Flash", "5.2.70"},
      {"Netstack", "5.2.70"},
      {"AMTApps", "5.2.70"},
      {"AMT", "5.2.70"},
      {"Sku", "62"},
      {"VendorID", "8086"},
      {"Build Number", "1046"},
      {"Recovery Version", "5.0.1"},
      {"Recovery Build Num", "1111"},
      {"Legacy Mode", "False"}};
  EXPECT_EQ(body->entries, expected);
}

TEST_F(Amthi, FirstCodeVersionEntryIsCountedTextInTwentyBytes) {
  const std::string reply = ask("01 01 0000  1a000004  00000000");
  EXPECT_EQ(reply.substr(2 * (16 + 65 + 4), 88),
            packed("0500 466c617368 000000000000000000000000000000"
                   "0600 352e322e3730 0000000000000000000000000000"));
}

TEST_F(Amthi, ProvisioningModeIsTwoWords) {
  firmware.config.settings.provisioning_mode = protocol::amthi::ProvisioningMode::small_business;
  EXPECT_EQ(ask("01 01 0000  08000004  00000000"),
            packed("01 01 0000  08008004  0c000000  00000000  02000000 00000000"));
}

TEST_F(Amthi, ProvisioningStateIsOneWord) {
  firmware.config.settings.provisioning_state = protocol::amthi::ProvisioningState::post;
  EXPECT_EQ(ask("01 01 0000  11000004  00000000"),
            packed("01 01 0000  11008004  08000000  00000000  02000000"));
}

TEST_F(Amthi, WiredLanSettingsAreTwentyBytes) {
  firmware.config.surroundings.wired = {.enabled = true,
                                        .ipv4 = 0xC0A80002,
                                        .dhcp_enabled = true,
                                        .dhcp_mode = 1,
                                        .link_up = false,
                                        .mac = {0x00, 0x19, 0x39, 0x47, 0xBB, 0xDD}};
  EXPECT_EQ(ask("01 01 0000  48000004  04000000  00000000"),
            packed("01 01 0000  48008004  18000000  00000000  01000000 0200a8c0 01000000 01 00 "
                   "00193947bbdd"));
}

TEST_F(Amthi, AbsentWirelessCardIsAnErrorStatus) {
  EXPECT_EQ(ask("01 01 0000  48000004  04000000  01000000"),
            packed("01 01 0000  48008004  04000000  02000000"));
}

TEST_F(Amthi, PresentWirelessCardAnswers) {
  firmware.config.surroundings.has_wireless = true;
  firmware.config.surroundings.wireless.mac = {2, 0, 0, 0, 0, 9};
  EXPECT_EQ(ask("01 01 0000  48000004  04000000  01000000").substr(24, 8), "00000000");
}

TEST_F(Amthi, ThirdLanInterfaceDoesNotExist) {
  EXPECT_EQ(ask("01 01 0000  48000004  04000000  02000000"),
            packed("01 01 0000  48008004  04000000  24000000"));
}

TEST_F(Amthi, SecurityParametersAreSeventeenWords) {
  firmware.config.settings.provisioning_state = protocol::amthi::ProvisioningState::in;
  firmware.config.settings.provisioning_mode = protocol::amthi::ProvisioningMode::enterprise;
  firmware.config.settings.tls_enabled = true;
  firmware.config.surroundings.wired.enabled = true;
  const std::string zeros(64, '0');
  EXPECT_EQ(
      ask("01 01 0000  1b000004  00000000"),
      packed(
          "01 01 0000  1b008004  48000000  00000000  01000000 01000000 01000000 01000000 01000000"
          "00000000 00000000 01000000 00000000") +
          zeros);
}

TEST_F(Amthi, FeaturesStateRepeatsTheFeature) {
  EXPECT_EQ(
      ask("01 01 0000  49000004  04000000  02000000"),
      packed("01 01 0000  49008004  14000000  00000000  02000000 00000000 00000000 00000000"));
}

TEST_F(Amthi, UnknownFeatureIsAnInvalidParameter) {
  EXPECT_EQ(ask("01 01 0000  49000004  04000000  03000000"),
            packed("01 01 0000  49008004  04000000  24000000"));
}

TEST_F(Amthi, LastHostResetWasNotByRemoteControl) {
  EXPECT_EQ(ask("01 01 0000  4a000004  00000000"),
            packed("01 01 0000  4a008004  0c000000  00000000  01000000 00000000"));
}

TEST_F(Amthi, RemoteAccessIsUnsupportedWithoutTheService) {
  EXPECT_EQ(ask("01 01 0000  46000004  00000000"),
            packed("01 01 0000  46008004  04000000  12080000"));
}

TEST_F(Amthi, RemoteAccessStatusWithTheService) {
  firmware.config.settings.remote_connectivity = true;
  EXPECT_EQ(ask("01 01 0000  46000004  00000000"),
            packed("01 01 0000  46008004  12000000  00000000  00000000 00000000 00000000 0000"));
}

TEST_F(Amthi, PowerPolicyIsACountedNameWithoutANul) {
  firmware.config.settings.power_policy = 4;
  // 38 = 26h characters, with their count 28h, with the status 2Ch
  EXPECT_EQ(ask("01 01 0000  47000004  00000000"),
            packed("01 01 0000  47008004  2c000000  00000000  2600 4465736b746f703a204f4e20696e2053"
                   "302c204d452057616b6520696e2053332c2053342d35"));
}

TEST_F(Amthi, PowerPolicyOfALaptopIsAMobileOne) {
  firmware.config.surroundings.form = firmware::Form::mobile;
  EXPECT_EQ(
      ask("01 01 0000  47000004  00000000"),
      packed("01 01 0000  47008004  16000000  00000000  1000 4d6f62696c653a204f4e20696e205330"));
}

TEST_F(Amthi, PowerPolicyWithoutANameIsItsNumber) {
  firmware.config.settings.power_policy = 7;
  EXPECT_EQ(ask("01 01 0000  47000004  00000000").substr(32),
            packed("0e00 506f77657220706f6c6963792037"));
}

TEST_F(Amthi, DnsSuffixListIsEmptyOnceSetUp) {
  firmware.config.settings.provisioning_state = protocol::amthi::ProvisioningState::post;
  EXPECT_EQ(ask("01 01 0000  3e000004  00000000"),
            packed("01 01 0000  3e008004  06000000  00000000  0000"));
}

TEST_F(Amthi, WhatNeedsSetUpIsAnInvalidModeBeforeIt) {
  for (const auto state :
       {protocol::amthi::ProvisioningState::pre, protocol::amthi::ProvisioningState::in}) {
    firmware.config.settings.provisioning_state = state;
    EXPECT_EQ(ask("01 01 0000  3e000004  00000000"),
              packed("01 01 0000  3e008004  04000000  03000000"));
    EXPECT_EQ(ask("01 01 0000  3f000004  12000000  00 c0a80001000000000000000000000000 01"),
              packed("01 01 0000  3f008004  04000000  03000000"));
    EXPECT_EQ(ask("01 01 0000  44000004  00000000"),
              packed("01 01 0000  44008004  04000000  03000000"));
    EXPECT_EQ(ask("01 01 0000  45000004  00000000"),
              packed("01 01 0000  45008004  04000000  03000000"));
  }
}

TEST_F(Amthi, EnterpriseAccessIsTakenOnceSetUp) {
  firmware.config.settings.provisioning_state = protocol::amthi::ProvisioningState::post;
  EXPECT_EQ(ask("01 01 0000  3f000004  12000000  00 c0a80001000000000000000000000000 01"),
            packed("01 01 0000  3f008004  04000000  00000000"));
}

TEST_F(Amthi, AConnectionOfTheUserIsNotPermittedWithoutTheService) {
  firmware.config.settings.provisioning_state = protocol::amthi::ProvisioningState::post;
  EXPECT_EQ(ask("01 01 0000  44000004  00000000"),
            packed("01 01 0000  44008004  04000000  10000000"));
}

TEST_F(Amthi, AConnectionOfTheUserFindsNoServer) {
  firmware.config.settings.provisioning_state = protocol::amthi::ProvisioningState::post;
  firmware.config.settings.remote_connectivity = true;
  EXPECT_EQ(ask("01 01 0000  44000004  00000000"),
            packed("01 01 0000  44008004  04000000  02000000"));
  EXPECT_EQ(ask("01 01 0000  45000004  00000000"),
            packed("01 01 0000  45008004  04000000  02000000"));
}

TEST_F(Amthi, AmtStateIsFiveBytesBehindItsUuid) {
  firmware.config.surroundings.wired.link_up = true;
  firmware.config.surroundings.reset_reason = protocol::fwu::ResetReason::system_reset;
  EXPECT_EQ(ask("01 01 0000  01000001  10000000  00000000000000000000000000000001"),
            packed("01 01 0000  01008001  1d000000  00000000  00000000000000000000000000000001 "
                   "05000000 01 00 01 01 02"));
}

TEST_F(Amthi, OtherAmtStateVariablesDoNotExist) {
  EXPECT_EQ(ask("01 01 0000  01000001  10000000  00000000000000000000000000000002"),
            packed("01 01 0000  01008001  04000000  24000000"));
}

TEST_F(Amthi, LengthThatIsNotTheMessagesIsRefused) {
  EXPECT_EQ(ask("01 01 0000  1a000004  01000000"),
            packed("01 01 0000  1a008004  04000000  04000000"));
  EXPECT_EQ(ask("01 01 0000  1a000004  00000000 ff"),
            packed("01 01 0000  1a008004  04000000  04000000"));
}

TEST_F(Amthi, OperationWithTooLittleBehindItIsRefused) {
  EXPECT_EQ(ask("01 01 0000  48000004  00000000"),
            packed("01 01 0000  48008004  04000000  04000000"));
}

TEST_F(Amthi, UnknownOperationIsUnsupported) {
  EXPECT_EQ(ask("01 01 0000  99000004  00000000"),
            packed("01 01 0000  99008004  04000000  12080000"));
}

TEST_F(Amthi, OtherMajorVersionOrReservedBitsAreInvalid) {
  EXPECT_EQ(ask("02 01 0000  1a000004  00000000"),
            packed("01 01 0000  1a008004  04000000  24000000"));
  EXPECT_EQ(ask("01 01 0100  1a000004  00000000"),
            packed("01 01 0000  1a008004  04000000  24000000"));
}

TEST_F(Amthi, MessageShorterThanItsHeaderIsNotAnswered) {
  EXPECT_EQ(ask("01 01 0000  1a000004  000000"), "none");
}

}  // namespace
}  // namespace emulator::clients
