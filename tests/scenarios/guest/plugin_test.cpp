// SPDX-License-Identifier: BSD-3-Clause
// The plugin meets a QEMU that it was not built for, and properties that make no board.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

BootedGuest start(const std::string& plugin, const std::string& more = "") {
  return tests::run_program(
      fmt::format("timeout 60 qemu-system-x86_64 -M q35 -nodefaults -display none -plugin {} {}",
                  plugin, more));
}

TEST(GuestPlugin, AnotherVersionOfQemuIsRefusedInWords) {
  const std::string other = tests::scratch() + "/other.so";
  const BootedGuest made =
      tests::run_program(fmt::format("sed 's/{}/{}/g' {} >{}", QEMU_VERSION,
                                     "6" + std::string(QEMU_VERSION).substr(1), PLUGIN, other));
  ASSERT_EQ(made.status, 0) << made.output;
  const BootedGuest refused = start(other);
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("built for QEMU 6"), std::string::npos) << refused.output;
  EXPECT_NE(refused.output.find("this is QEMU " QEMU_VERSION), std::string::npos) << refused.output;
}

TEST(GuestPlugin, ArgumentsAreRefused) {
  EXPECT_NE(start(PLUGIN ",x=y").output.find("takes no argument (x=y)"), std::string::npos);
}

TEST(GuestPlugin, ABoardThatCannotBeMadeIsToldWithItsReason) {
  const BootedGuest refused = start(PLUGIN, "-device ich-heci,machine=/nowhere/board.toml");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("/nowhere/board.toml"), std::string::npos) << refused.output;
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

}  // namespace
