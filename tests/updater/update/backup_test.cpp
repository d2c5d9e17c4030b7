// SPDX-License-Identifier: BSD-3-Clause
// Which file is a backup of a board, and what is said of one that is not.
#include "updater/update/backup.h"

#include <gtest/gtest.h>

#include "emulator/factory/flash_image.h"
#include "emulator/flash/parts.h"
#include "protocol/image/manifest.h"

namespace {

using namespace updater::update;
using protocol::image::Manifest;
using updater::inventory::Inventory;

constexpr std::array<std::uint8_t, 6> kMac = {0x00, 0x19, 0x39, 0x47, 0xBB, 0xDD};
constexpr std::uint32_t kCodeSize = 0x20000;
// Of the flash below: GbE, ME region, and in it recovery and operational code.
constexpr std::size_t kGbe = 0x1000;
constexpr std::size_t kRegion = 0x3000;
constexpr std::size_t kRecovery = kRegion + 0x3000;
constexpr std::size_t kCode = kRecovery + 0x10000;

const base::Bytes& whole_flash() {
  static const base::Bytes flash = [] {
    emulator::factory::RegionRecipe recipe;
    recipe.firmware.identity.version = {5, 0, 1, 1111};
    recipe.firmware.identity.recovery_version = {5, 0, 0, 7};
    recipe.firmware.identity.sku = 2110;
    recipe.firmware.surroundings.wired.mac = kMac;
    recipe.code_size = kCodeSize;
    return emulator::factory::build_flash_image(recipe, *emulator::flash::find_part("MX25L3205D"))
        .value();
  }();
  return flash;
}

/// The board whose flash that is. Each test changes one thing.
class JudgeBackup : public testing::Test {
 protected:
  JudgeBackup() : dump(whole_flash()) {
    device.version = protocol::fwu::VersionReply{.sku = 2110, .code = {5, 0, 1, 1111}};
    device.mkhi_version = protocol::mkhi::FirmwareVersionResponse{
        .code = {5, 0, 1, 1111}, .recovery = {5, 0, 0, 7}, .fitc = {}};
    device.wired = protocol::amthi::LanInterface{.enabled = true, .mac = kMac};
  }
  void make_recovery() { device.mkhi_version->code = {}; }
  Backup judge() { return judge_backup("dump.bin", dump, device); }
  void expect_unusable(const std::string& told) {
    const Backup backup = judge();
    EXPECT_EQ(backup.is, BackupIs::unusable);
    EXPECT_NE(backup.what.find(told), std::string::npos) << backup.what;
  }

  base::Bytes dump;
  Inventory device;
};

TEST_F(JudgeBackup, TakesAWholeFlashOfTheVersionThatRuns) {
  const Backup backup = judge();
  EXPECT_EQ(backup.is, BackupIs::sound) << backup.what;
  EXPECT_EQ(backup.file, "dump.bin");
  EXPECT_EQ(backup.what, "a whole flash with the operational code 5.0.1.1111, sound");
}

TEST_F(JudgeBackup, WantsADescriptor) {
  dump.erase(dump.begin(), dump.begin() + kRegion);
  expect_unusable("offset 0x0: no flash descriptor begins here");
}

TEST_F(JudgeBackup, WantsTheWholeOfIt) {
  dump.resize(0x80000);
  expect_unusable("the file ends at 0x80000");
}

TEST_F(JudgeBackup, WantsAnMeRegion) {
  dump[kRegion + 0x10] = '#';
  expect_unusable("offset 0x3010: ME region has no $FPT");
}

TEST_F(JudgeBackup, WantsSoundCodeOfBothKinds) {
  dump[kCode + 0x9000] ^= 1;
  expect_unusable("SHA-1");
  dump[kCode + 0x9000] ^= 1;
  dump[kRecovery + 0x9000] ^= 1;
  expect_unusable("RCVY: ");
}

TEST_F(JudgeBackup, WantsTheVersionThatRuns) {
  device.version->code = {5, 0, 2, 0};
  expect_unusable("offset 0x16000: its operational code is 5.0.1.1111, the device runs 5.0.2.0");
}

TEST_F(JudgeBackup, WantsTheDevicesSku) {
  device.version->sku = 2108;
  expect_unusable("for SKU 2110, the device has SKU 2108");
}

TEST_F(JudgeBackup, WantsTheDevicesAddress) {
  device.wired->mac[5] ^= 1;
  expect_unusable("offset 0x1000: its MAC address is 00193947bbdd, the device's 00193947bbdc");
}

TEST_F(JudgeBackup, AsksForNoAddressWhereOneOfThemTellsNone) {
  device.wired = base::Error{base::Errc::not_found, "no AMT"};
  EXPECT_EQ(judge().is, BackupIs::sound);
  device.wired = protocol::amthi::LanInterface{.mac = {}};
  EXPECT_EQ(judge().is, BackupIs::sound);
  device.wired->mac = {1, 2, 3, 4, 5, 6};
  std::fill_n(dump.begin() + kGbe, 6, 0xFF);
  EXPECT_EQ(judge().is, BackupIs::sound);
}

TEST_F(JudgeBackup, WantsOfADeviceInRecoveryItsRecoveryCodeAlone) {
  make_recovery();
  dump[kCode + Manifest::at_tag] = '#';
  const Backup backup = judge();
  EXPECT_EQ(backup.is, BackupIs::sound) << backup.what;
  EXPECT_EQ(backup.what, "a whole flash with the recovery code 5.0.0.7, sound");
  dump[kRecovery + 0x9000] ^= 1;
  expect_unusable("SHA-1");
}

TEST_F(JudgeBackup, WantsTheRecoveryCodeThatRuns) {
  make_recovery();
  device.mkhi_version->recovery = {5, 0, 0, 8};
  expect_unusable("its recovery code is 5.0.0.7, the device runs 5.0.0.8");
}

}  // namespace
