// SPDX-License-Identifier: BSD-3-Clause
// The plugin meets a QEMU that it was not built for, and properties that make no board.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "booted_guest.h"
#include "tests/source_dir.h"

namespace {

using tests::BootedGuest;

BootedGuest start_in(const std::string& qemu, const std::string& plugin,
                     const std::string& more = "") {
  return tests::run_program(fmt::format(
      "timeout 60 {} -M q35 -nodefaults -display none -plugin {} {}", qemu, plugin, more));
}

BootedGuest start(const std::string& plugin, const std::string& more = "") {
  return start_in("qemu-system-x86_64", plugin, more);
}

/// The plugin as if it were built for another QEMU of the same era.
void expect_refused_for_its_version(const std::string& qemu, const std::string& plugin,
                                    const std::string& version) {
  const std::string other = tests::scratch() + "/other.so";
  const BootedGuest made = tests::run_program(
      fmt::format("sed 's/{}/{}/g' {} >{}", version, "6" + version.substr(1), plugin, other));
  ASSERT_EQ(made.status, 0) << made.output;
  const BootedGuest refused = start_in(qemu, other);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("built for QEMU 6"), std::string::npos) << refused.output;
  EXPECT_NE(refused.output.find("this is QEMU " + version), std::string::npos) << refused.output;
}

TEST(GuestPlugin, AnotherVersionOfQemuIsRefusedInWords) {
  expect_refused_for_its_version("qemu-system-x86_64", PLUGIN, QEMU_VERSION);
}

TEST(GuestPlugin, AQemuOfAnotherConfigurationIsRefusedInWords) {
  const BootedGuest refused = start(MISFIT);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("it was configured differently"), std::string::npos)
      << refused.output;
}

/// The plugin as if the device by which it looks at QEMU's structures had another name.
TEST(GuestPlugin, AQemuWithoutTheDeviceThatIsLookedAtIsRefusedInWords) {
  const std::string other = tests::scratch() + "/nothing.so";
  const BootedGuest made =
      tests::run_program("sed 's/pci-testdev/pci-nothing/g' " PLUGIN " >" + other);
  ASSERT_EQ(made.status, 0) << made.output;
  const BootedGuest refused = start(other);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("this QEMU has no device pci-nothing"), std::string::npos)
      << refused.output;
}

TEST(GuestPlugin, ArgumentsAreRefused) {
  EXPECT_NE(start(PLUGIN ",x=y").output.find("takes no argument (x=y)"), std::string::npos);
}

TEST(GuestPlugin, ABoardThatCannotBeMadeIsToldWithItsReason) {
  const BootedGuest refused = start(PLUGIN, "-device ich-heci,machine=/nowhere/board.toml");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("/nowhere/board.toml"), std::string::npos) << refused.output;
}

TEST(GuestPlugin, AMachinesNameIsLookedForInTheFolderThatIsGiven) {
  const std::string folder = ",machines=" MEBENCH_SOURCE_DIR "/scenarios/machines";
  EXPECT_NE(start(PLUGIN, "-device ich-heci,machine=nonesuch" + folder)
                .output.find("no machine \"nonesuch\"; known: desktop-h170, desktop-h67, "
                             "desktop-h87, desktop-h87-9.1, desktop-q35, desktop-tgl, "),
            std::string::npos);
  // It comes as far as to the TPM that this machine does not have.
  EXPECT_NE(start(PLUGIN,
                  "-device ich-heci,id=me,machine=desktop-q35" + folder + " -device itpm-tis,me=me")
                .output.find("the machine of \"me\" has no TPM"),
            std::string::npos);
}

TEST(GuestPlugin, AMachineThatShipsNeedsNoFolder) {
  EXPECT_NE(start(PLUGIN, "-device ich-heci,id=me,machine=desktop-q35 -device itpm-tis,me=me")
                .output.find("the machine of \"me\" has no TPM"),
            std::string::npos);
}

TEST(GuestPlugin, AnAcpiHardwareIdHasTheFormOfOne) {
  const std::string board =
      "-device ich-heci,id=me,machine=" MEBENCH_SOURCE_DIR "/scenarios/machines/esprimo-e5730.toml";
  for (const char* wrong :
       {"X", "PNP0C31ZZ", "PNP0c31", "pnp0C31", "P1P0C31", "INTC010G", "INT-0102"}) {
    const BootedGuest refused = start(PLUGIN, board + " -device itpm-tis,me=me,hid=" + wrong);
    EXPECT_EQ(refused.status, 1) << wrong;
    EXPECT_NE(refused.output.find("is an ACPI hardware ID"), std::string::npos) << refused.output;
  }
}

TEST(GuestPlugin, ABoardHasOneTpm) {
  const BootedGuest refused = start(PLUGIN, "-device ich-heci,id=me,machine=" MEBENCH_SOURCE_DIR
                                            "/scenarios/machines/esprimo-e5730.toml "
                                            "-device itpm-tis,me=me -device itpm-tis,me=me");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("only one itpm-tis"), std::string::npos) << refused.output;
}

TEST(GuestPlugin, ATpmWithoutItsBoardIsRefused) {
  EXPECT_NE(start(PLUGIN, "-device itpm-tis,me=nobody").output.find("no ich-heci is \"nobody\""),
            std::string::npos);
}

TEST(GuestPlugin, ThereIsOneBoardInAProcess) {
  const std::string board =
      " -device ich-heci,machine=" MEBENCH_SOURCE_DIR "/scenarios/machines/desktop-q35.toml";
  EXPECT_NE(start(PLUGIN, board + board).output.find("only one ich-heci"), std::string::npos);
}

TEST(GuestPluginDebian13, AnotherVersionOfQemuIsRefusedInWords) {
  expect_refused_for_its_version(DEBIAN13_QEMU, DEBIAN13_PLUGIN, DEBIAN13_VERSION);
}

// QEMU itself compares the eras of its plugin interface, before it asks the plugin anything.
TEST(GuestPluginDebian13, ThePluginOfAnotherEraIsRefusedInWords) {
  for (const BootedGuest& refused :
       {start_in(DEBIAN13_QEMU, PLUGIN), start_in("qemu-system-x86_64", DEBIAN13_PLUGIN)}) {
    EXPECT_EQ(refused.status, 1);
    EXPECT_NE(refused.output.find("requires API version"), std::string::npos) << refused.output;
  }
}

}  // namespace
