// SPDX-License-Identifier: BSD-3-Clause
// MEInfo-shaped output against the owners' logs, and that every line follows from what the device
// tells.
#include "updater/report/meinfo.h"

#include "tests/updater/report/collected.h"
#include "tests/updater/report/field_log.h"

namespace {

using namespace updater;
using inventory::Inventory;
using report::meinfo;
using tests::collected;
using tests::Esprimo;

mei::HostFacts windows_host() {
  return {
      .mei_driver_version = "5.2.0.1008", .lms_version = "5.2.0.1018", .uns_version = "5.0.5.1018"};
}

constexpr inventory::EraTools kOnWindows = {.register_access_blocked = true,
                                            .lockout_read_late = 3};

/// As the Windows logs show it: active.
tests::ScriptedTpm active_tpm() {
  tests::ScriptedTpm tpm;
  tpm.permanent.deactivated = false;
  tpm.this_boot.deactivated = false;
  return tpm;
}

/// The ThinkPad T400's values, from its log; the MAC address stands for the one its owner blanked.
Inventory thinkpad() {
  Inventory i;
  i.version = protocol::fwu::VersionReply{
      .sku = 0x2C, .code = {4, 0, 3, 1124}, .enabled_update_interfaces = 5};
  i.info = protocol::fwu::InfoReply{.mebx = {},
                                    .manageability_mode = protocol::fwu::ManageabilityMode::amt,
                                    .bios_boot_state = protocol::fwu::kBiosPostBoot,
                                    .crypto_fuse = true,
                                    .flash_protection = true,
                                    .override_counter = 255};
  i.capabilities = 0x2Cu;
  i.code_versions = protocol::amthi::CodeVersions{.bios = "7UET93WW (3.23 )",
                                                  .entries = {{"Flash", "4.0.3"},
                                                              {"Netstack", "4.0.3"},
                                                              {"AMTApps", "4.0.3"},
                                                              {"AMT", "4.0.3"},
                                                              {"VendorID", "8086"},
                                                              {"Build Number", "1124"}}};
  i.provisioning_mode = protocol::amthi::ProvisioningModeReply{};
  i.provisioning_state = protocol::amthi::ProvisioningState::pre;
  i.wired = protocol::amthi::LanInterface{};
  i.wireless = base::Error{base::Errc::refused, "no wireless interface", 2};
  i.host.mei_driver_version = "4.2.0.1008";
  return i;
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Meinfo, EqualsTheOwnersLogFromDos) {
  EXPECT_EQ(meinfo(collected(Esprimo{})),
            tests::field_log("esprimo-e5730/meinfo-dos-5.0.1.1111.txt"));
}

TEST(Meinfo, EqualsTheOwnersLogFromWindowsWhereRegistersAreOutOfReach) {
  Esprimo board;
  board.host = windows_host();
  board.era_tools = kOnWindows;
  board.reset_reason = protocol::fwu::ResetReason::power_up;
  EXPECT_EQ(meinfo(collected(board, active_tpm())),
            tests::field_log("esprimo-e5730/meinfo-win81-5.0.1.1111.txt"));
}

TEST(Meinfo, EqualsTheLogOfTheOwnersOtherBoard) {
  Esprimo board;
  board.host = windows_host();
  board.era_tools = kOnWindows;
  board.version = {5, 2, 70, 1046};
  board.short_version = "5.2.70";
  board.build = "1046";
  board.mac = {0x00, 0x19, 0x39, 0x4d, 0x0d, 0xa1};
  tests::ScriptedTpm tpm = active_tpm();
  tpm.version.version.rev_minor = 2;
  tpm.version.vendor_specific = to_bytes(protocol::tpm::BuildRecord{.hotfix = 70, .build = 1046});
  EXPECT_EQ(meinfo(collected(board, tpm)),
            tests::field_log("esprimo-e5730/meinfo-win81-5.2.70.1046.txt"));
}

TEST(Meinfo, SpeaksTheDialectOfGeneration4AsFarAsTheThinkpadsLogGoes) {
  std::string log = tests::field_log("thinkpad-t400/meinfo-windows-4.0.3.1124.txt");
  const std::string blanked = "00-xx-yy-zz-aa-bb--cc";
  log.replace(log.find(blanked), blanked.size(), "00-00-00-00-00-00");
  EXPECT_EQ(meinfo(thinkpad()).substr(0, log.size()), log);
}

TEST(Meinfo, NamesAmtWhereTheSkuIsNotStandardManageability) {
  Esprimo board;
  board.capabilities = 62 - 16;
  const std::string text = meinfo(collected(board));
  EXPECT_TRUE(has_line(text, "Intel(R) AMT code versions:"));
  EXPECT_TRUE(has_line(text, "Manageability Mode: Intel(R) AMT"));
  EXPECT_TRUE(has_line(text, "FW Capabilities: 46"));
  EXPECT_FALSE(has_line(text, "Intel(R) Standard Manageability"));
}

TEST(Meinfo, ShowsALockedAndSecureDevice) {
  Esprimo board;
  board.local_update = 0;
  board.interfaces = 2;
  const std::string text = meinfo(collected(board));
  EXPECT_TRUE(has_line(text, "Local FWUpdate: Disabled"));
  EXPECT_TRUE(has_line(text, "Secure FWUpdate: Enabled"));
}

TEST(Meinfo, ChangesItsTpmLinesWithTheTpm) {
  tests::ScriptedTpm tpm;
  tpm.vendor = {'I', 'B', 'M', 0};
  tpm.owned = false;
  tpm.permanent.disable = true;
  tpm.permanent.fips = true;
  tpm.permanent.physical_presence_lifetime_lock = true;
  tpm.permanent.physical_presence_hw_enable = true;
  const std::string text = meinfo(collected({}, tpm));
  EXPECT_TRUE(has_line(text, "TPM Vendor ID: IBM"));
  EXPECT_TRUE(has_line(text, "TPM Operational Mode: Disabled Unowned Inactive"));
  EXPECT_TRUE(has_line(text, "iTPM - FIPS 140-2: True"));
  EXPECT_TRUE(has_line(text, "iTPM - Failed Attempts Threshold:Not Available"));
  EXPECT_TRUE(has_line(text, "iTPM - Physical presence life time lock flag: True"));
  EXPECT_TRUE(has_line(text, "iTPM - Physical presence HW enabled flag: True"));
}

TEST(Meinfo, ReadsTheLockoutRecordAsLateAsItsHostDoes) {
  tests::ScriptedTpm tpm;
  tpm.lockout.vendor_data = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};
  Esprimo board;
  board.era_tools.lockout_read_late = 1;
  const std::string text = meinfo(collected(board, tpm));
  EXPECT_TRUE(has_line(text, "iTPM - Failed Attempts Threshold:515"));  // 0203
  EXPECT_TRUE(has_line(text, "iTPM - Initial lockout period: 1029"));   // 0405
  EXPECT_TRUE(has_line(text, "iTPM - Lockout multiplier: 1543"));       // 0607
  EXPECT_TRUE(has_line(text, "iTPM - Fade-out period: 2048"));          // 08, then nothing
}

TEST(Meinfo, LeavesTheTpmOutWhereTheCapabilitiesHaveNone) {
  Esprimo board;
  board.capabilities = 62 - 32;
  EXPECT_EQ(meinfo(collected(board)).find("TPM"), std::string::npos);
}

TEST(Meinfo, SaysNotAvailableWhereTheTpmDoesNotAnswer) {
  tests::ScriptedTpm dead;
  dead.dead = base::Error{base::Errc::timeout, "no answer in time"};
  const std::string text = meinfo(collected({}, dead));
  EXPECT_TRUE(has_line(text, "TPM State: Not Available"));
  EXPECT_TRUE(has_line(text, "iTPM - Lockout multiplier: Not Available"));
  EXPECT_TRUE(has_line(text, "TPM fuses (MCH/ICH/soft strap MCH/ soft strap ICH): Enabled"));
}

TEST(Meinfo, SaysNotAvailableWhereTheRecoveryCodeHasNoAmt) {
  Esprimo board;
  board.recovery = true;
  const std::string text = meinfo(collected(board));
  EXPECT_TRUE(has_line(text, "BIOS Version: Not Available"));
  EXPECT_TRUE(has_line(text, "MAC Address: Not Available"));
  EXPECT_TRUE(has_line(text, "MEBx Version: 5.0.5.8"));
}

TEST(Meinfo, PrintsNoControlCharacterThatADeviceSends) {
  Inventory i = thinkpad();
  i.code_versions->bios = "x\x1b[2J\nMAC Address: forged";
  const std::string text = meinfo(i);
  EXPECT_TRUE(has_line(text, "BIOS Version: x\\x1b[2J\\x0aMAC Address: forged"));
}

}  // namespace
