// SPDX-License-Identifier: BSD-3-Clause
// Profiles: the ones that ship load and boot, and every mistake in one is found where it stands.
#include "emulator/machine/profile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "emulator/factory/development_key.h"
#include "emulator/machine/machine.h"
#include "tests/emulator/machine/profile_file.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

TEST_F(ProfileFile, SmallestProfileIsAVersion) {
  const auto loaded =
      load_profile(write("tiny.toml", "schema = 1\nfirmware.version = \"5.0.1.1111\"\n"));
  ASSERT_TRUE(loaded) << loaded.error().doing;
  EXPECT_EQ(loaded.value().name, "tiny");
  EXPECT_EQ(loaded.value().firmware.identity.recovery_version.build, 1111)
      << "as the code, unless said otherwise";
}

TEST_F(ProfileFile, UnknownKeyIsNamedWithItsPlace) {
  EXPECT_EQ(error_of("[heci]\ndept = 32\n"),
            "m.toml:5:1: unknown key \"dept\" in [heci]; did you mean \"depth\"?");
}

TEST_F(ProfileFile, UnknownTableIsNamedWithItsPlace) {
  EXPECT_EQ(error_of("[hecy]\n"), "m.toml:4:2: unknown key \"hecy\"; did you mean \"heci\"?");
}

TEST_F(ProfileFile, IllegalDepthIsRefused) {
  EXPECT_EQ(error_of("[heci]\ndepth = 24\n"),
            "m.toml:5:9: depth is 24; it must be 2, 4, 8, 16, 32, 64 or 128 slots");
}

TEST_F(ProfileFile, DeviceThatIsNoHeciFunctionIsRefused) {
  EXPECT_EQ(error_of("[pci]\ndevice_id = 0x1234\n"),
            "m.toml:5:13: device_id is 0x1234; no HECI function has that id (docs/machines.md "
            "lists them)");
}

TEST_F(ProfileFile, UnknownFlashPartIsRefusedWhereItStands) {
  EXPECT_EQ(error_of("[flash]\npart = \"MX25L\"\n"),
            "m.toml:5:8: part is \"MX25L\"; known parts: MX25L3205D, MX25L6405D, MX25L12805D, "
            "W25Q64BV, BENCH-64MiB");
}

TEST_F(ProfileFile, CodeThatDoesNotFitItsPartIsRefusedWhereItStands) {
  const std::string small = "[flash]\npart = \"MX25L3205D\"\ncode_size = 0x1D0000\n";
  EXPECT_EQ(error_of(small), "");
  EXPECT_EQ(error_of(small + "[tpm]\nfitted = true\n"),
            "m.toml:6:13: code_size is 0x1D0000; twice that, and what else the ME needs, does not "
            "fit the part MX25L3205D");
}

TEST_F(ProfileFile, FirmwareStatusWithBit31IsRefused) {
  EXPECT_EQ(error_of("[pci]\nfirmware_status = 0x80000000\n"),
            "m.toml:4:1: firmware_status is 0x80000000; bit 31 must be 0 to ME 10");
}

TEST_F(ProfileFile, WrongEnumNameListsTheRightOnes) {
  EXPECT_EQ(error_of("[settings]\noverride_qualifier = \"allways\"\n"),
            "m.toml:5:22: settings.override_qualifier is \"allways\"; it must be one of "
            "\"always\", \"never\", \"restricted\"");
}

TEST_F(ProfileFile, PasswordUpdatesNeedAPassword) {
  EXPECT_EQ(
      error_of("[settings]\nlocal_update = \"password\"\n"),
      "m.toml:5:16: local_update is \"password\"; then settings.update_password must be given");
  EXPECT_EQ(error_of("[settings]\nlocal_update = \"password\"\nupdate_password = \"s3cret\"\n"),
            "");
}

TEST_F(ProfileFile, MacOfFiveBytesIsRefused) {
  EXPECT_EQ(error_of("[surroundings.wired]\nmac = \"00-19-39-47-bb\"\n"),
            "m.toml:5:7: surroundings.wired.mac holds 5 bytes; it must hold 6");
}

TEST_F(ProfileFile, VersionsHaveFourNumbers) {
  EXPECT_EQ(error_of("[surroundings]\nmebx_version = \"5.0.1\"\n"),
            "m.toml:5:16: surroundings.mebx_version is \"5.0.1\"; it must be four numbers of 0 to "
            "65535, such as \"5.2.70.1046\"");
  EXPECT_EQ(error_of("[surroundings]\nmebx_version = 5\n"),
            "m.toml:5:16: surroundings.mebx_version is an integer; it must be a version in quotes, "
            "such as \"5.2.70.1046\"");
}

TEST_F(ProfileFile, AddressOfThreePartsIsRefused) {
  EXPECT_EQ(error_of("[surroundings.wired]\nipv4 = \"10.0.0\"\n"),
            "m.toml:5:8: ipv4 is \"10.0.0\"; it must be an address such as \"192.168.0.1\"");
}

TEST_F(ProfileFile, HostThatIsNotDescribedIsRefused) {
  EXPECT_EQ(error_of("[host]\nsystem = \"beos\"\n[host.linux]\n[host.dos]\n"),
            "m.toml:5:10: host.system is \"beos\"; this profile describes linux, dos");
}

TEST_F(ProfileFile, SchemaIsAskedForAndChecked) {
  EXPECT_EQ(shortened(load_profile(write("m.toml", "[firmware]\nversion = \"5.0.1.1111\"\n"))),
            "m.toml:1:1: missing key \"schema\": write schema = 1");
  EXPECT_EQ(shortened(load_profile(write("m.toml", "schema = 2\n"))),
            "m.toml:1:10: schema is 2; this program reads schema 1");
}

TEST_F(ProfileFile, VersionIsRequired) {
  EXPECT_EQ(shortened(load_profile(write("m.toml", "schema = 1\n[firmware]\n"))),
            "m.toml:2:1: missing key \"firmware.version\": such as \"5.2.70.1046\"");
}

TEST_F(ProfileFile, ExtendsTakesWhatItDoesNotSayFromTheOther) {
  write("base.toml",
        "schema = 1\n[firmware]\nversion = \"5.0.1.1111\"\nsku = 7\n[heci]\ndepth = 16\n");
  const auto loaded = load_profile(write(
      "child.toml", "schema = 1\nextends = \"base\"\n[firmware]\nversion = \"5.2.70.1046\"\n"));
  ASSERT_TRUE(loaded) << loaded.error().doing;
  EXPECT_EQ(loaded.value().name, "child");
  EXPECT_EQ(loaded.value().firmware.identity.version.build, 1046);
  EXPECT_EQ(loaded.value().firmware.identity.sku, 7u);
  EXPECT_EQ(loaded.value().heci.depth, 16u);
}

TEST_F(ProfileFile, MistakeInTheExtendedFileIsReportedThere) {
  write("base.toml", "schema = 1\n[firmware]\nversion = \"5.0.1.1111\"\nskew = 7\n");
  EXPECT_EQ(shortened(load_profile(write("child.toml", "schema = 1\nextends = \"base\"\n"))),
            "base.toml:4:1: unknown key \"skew\" in [firmware]; did you mean \"sku\"?");
}

TEST_F(ProfileFile, ProfilesThatExtendEachOtherAreRefused) {
  write("a.toml", "schema = 1\nextends = \"b\"\n");
  const std::string b = write("b.toml", "schema = 1\nextends = \"a\"\n");
  EXPECT_NE(shortened(load_profile(b)).find("extends goes in a circle, or too deep"),
            std::string::npos);
}

TEST_F(ProfileFile, OverridesAreCheckedLikeTheFile) {
  EXPECT_EQ(error_of("", {{.key = "heci.depth", .value = "33", .where = "--set"}}),
            "--set: depth is 33; it must be 2, 4, 8, 16, 32, 64 or 128 slots");
  EXPECT_EQ(error_of("", {{.key = "settings.last_update", .value = "1", .where = "s.toml:7:3"}}),
            "s.toml:7:3: unknown key \"last_update\" in [settings]; did you mean "
            "\"last_update_status\"?");
  EXPECT_EQ(error_of("", {{.key = "firmware.version", .value = "5.2.70.1046", .where = {}}}), "");
}

TEST(Profile, UnknownNameListsTheKnownOnes) {
  const auto loaded = load_profile("esprimo-5730");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, base::Errc::not_found);
  EXPECT_EQ(loaded.error().doing,
            "no machine \"esprimo-5730\"; did you mean \"esprimo-e5730\"? known: desktop-h170, "
            "desktop-h67, desktop-h87, desktop-h87-9.1, desktop-q35, desktop-tgl, desktop-z77, "
            "desktop-z790, esprimo-e5730, esprimo-e5730-5.2.70, esprimo-e5730-windows, "
            "laptop-adl, laptop-cm236, laptop-qm67, laptop-qm77, laptop-tgl, thinkpad-t400; an own "
            "esprimo-5730.toml "
            "is found in the working folder, beside the file that names it, or in a folder of "
            "$MEBENCH_MACHINES");
}

TEST(Profile, EsprimoIsTheFieldReportsBoard) {
  const auto loaded = load_profile("esprimo-e5730");
  ASSERT_TRUE(loaded) << loaded.error().doing;
  const Profile& p = loaded.value();
  EXPECT_EQ(p.pci.device_id, 0x2E14);
  EXPECT_EQ(p.pci.firmware_status, 0x3009065Au);
  EXPECT_EQ(p.firmware.identity.sku, 2110u);
  EXPECT_EQ(p.firmware.identity.capabilities, 62u);
  EXPECT_EQ(p.firmware.surroundings.bios_version, "6.00 R1.19.2824.A1");
  EXPECT_EQ(p.firmware.surroundings.wired.mac,
            (std::array<std::uint8_t, 6>{0x00, 0x19, 0x39, 0x47, 0xBB, 0xDD}));
  EXPECT_EQ(p.host.system, "dos");
  EXPECT_EQ(p.host.mei_driver_version, "");
  EXPECT_FALSE(p.host.register_access_blocked);
  EXPECT_EQ(p.host.lockout_read_late, 0);
}

TEST(Profile, WindowsReadsTheLockoutRecordThreeBytesLate) {
  const auto loaded = load_profile("esprimo-e5730-windows");
  ASSERT_TRUE(loaded) << loaded.error().doing;
  EXPECT_EQ(loaded->host.lockout_read_late, 3);
  EXPECT_EQ(loaded->host.uns_version, "5.0.5.1018");
  EXPECT_EQ(loaded->firmware.surroundings.reset_reason, protocol::fwu::ResetReason::power_up);
  EXPECT_TRUE(loaded->tpm.state.active);
}

TEST(Profile, HostOfTheProfileCanBeChosen) {
  const auto loaded =
      load_profile("esprimo-e5730", {{.key = "host.system", .value = "windows", .where = {}}});
  ASSERT_TRUE(loaded) << loaded.error().doing;
  EXPECT_EQ(loaded.value().host.mei_driver_version, "5.2.0.1008");
  EXPECT_EQ(loaded.value().host.uns_version, "5.0.5.1018");
  EXPECT_TRUE(loaded.value().host.register_access_blocked);
}

struct EveryProfile : testing::TestWithParam<std::string> {};

TEST_P(EveryProfile, BootsItsOperationalCode) {
  const auto profile = load_profile(GetParam());
  ASSERT_TRUE(profile) << profile.error().doing;
  auto machine = Machine::build(profile.value());
  ASSERT_TRUE(machine) << machine.error().doing;
  machine.value()->power_on();
  machine.value()->clock().sleep(5s);
  EXPECT_EQ(machine.value()->firmware().boot_path(), firmware::BootPath::operational);
  EXPECT_EQ(machine.value()->firmware().running_version(),
            profile.value().firmware.identity.version);
  EXPECT_EQ(machine.value()->firmware().settings(), profile.value().firmware.settings);
}
INSTANTIATE_TEST_SUITE_P(Shipped, EveryProfile,
                         testing::Values("esprimo-e5730", "esprimo-e5730-5.2.70",
                                         "esprimo-e5730-windows", "thinkpad-t400", "desktop-q35"),
                         [](const auto& which) {
                           std::string name = which.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

base::Result<Profile> esprimo() {
  return load_profile("esprimo-e5730");
}

TEST(MachineBuild, UnknownFlashPartIsRefused) {
  Profile p = esprimo().value();
  p.flash.part = "MX25L";
  const auto built = Machine::build(p);
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().code, base::Errc::invalid);
  EXPECT_TRUE(built.error().doing.starts_with(
      "machine \"esprimo-e5730\": flash.part is \"MX25L\"; known parts: MX25L3205D,"))
      << built.error().doing;
}

TEST(MachineBuild, CodeThatDoesNotFitThePartIsRefused) {
  Profile p = esprimo().value();
  p.flash.part = "MX25L3205D";
  p.flash.code_size = 0x300000;
  const auto built = Machine::build(p);
  ASSERT_FALSE(built);
  EXPECT_TRUE(built.error().doing.starts_with("machine \"esprimo-e5730\": flash.code_size: "))
      << built.error().doing;
}

TEST(MachineBuild, IllegalDepthIsRefused) {
  Profile p = esprimo().value();
  p.heci.depth = 3;
  const auto built = Machine::build(p);
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().doing,
            "machine \"esprimo-e5730\": heci.depth is 3; it must be 2, 4, 8, 16, 32, 64 or 128");
}

TEST(MachineBuild, FlashOfAnotherSizeIsRefused) {
  const auto built = Machine::build(esprimo().value(), {.seed = 1, .flash = base::Bytes(16)});
  ASSERT_FALSE(built);
  EXPECT_EQ(
      built.error().doing,
      "machine \"esprimo-e5730\": the flash contents are 16 bytes; a MX25L6405D holds 8388608");
}

TEST(MachineBuild, FlashAsItWasLeftIsWhatRunsNext) {
  auto first = Machine::build(load_profile("thinkpad-t400").value());
  ASSERT_TRUE(first);
  first.value()->power_on();
  first.value()->clock().sleep(2s);
  first.value()->provision(protocol::amthi::ProvisioningMode::enterprise);
  first.value()->clock().sleep(5s);
  first.value()->power_cut();
  const base::ByteView left = first.value()->flash();
  auto second = Machine::build(load_profile("thinkpad-t400").value(),
                               {.seed = 1, .flash = base::Bytes(left.begin(), left.end())});
  ASSERT_TRUE(second);
  second.value()->power_on();
  second.value()->clock().sleep(2s);
  EXPECT_EQ(second.value()->firmware().settings().provisioning_mode,
            protocol::amthi::ProvisioningMode::enterprise);
}

}  // namespace
}  // namespace emulator::machine
