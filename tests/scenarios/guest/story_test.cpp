// SPDX-License-Identifier: BSD-3-Clause
// Stories told in a guest: that they can fail there, too, and how one is skipped. Those of the
// library that are told there are tests of their own (CMakeLists.txt).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

BootedGuest told(const std::string& steps, const std::string& options = "") {
  const std::string file = tests::scratch() + "/story.toml";
  std::ofstream(file) << "schema = 1\ntitle = \"A story\"\nmachine = \"esprimo-e5730\"\n"
                         "set = { settings.enabled_update_interfaces = 1, "
                         "update.data_processing = \"2ms\" }\n"
                         "[[image]]\nname = \"new.bin\"\nversion = \"5.2.70.1046\"\n"
                         "size = 0x10000\n"
                      << steps;
  return tests::run_program(
      fmt::format("{} run --in guest --limit 800 {} {}", MESIM, options, file));
}

TEST(GuestStory, EveryExpectationThatDoesNotHoldIsTold) {
  const BootedGuest guest = told(
      "[[step]]\nmeupdate = [\"info\"]\n[step.expect]\nexit = 5\nstdout_contains = [\"no such "
      "line\"]\nstderr_equals = [\"nor this\"]\nflash_changed = true\ncounted = { any = 9999 }\n"
      "reached = { host_message = 0 }\ntook = [\"0s\", \"1ns\"]\ndevice = { version = "
      "\"9.9.9.9\" }\n");
  EXPECT_EQ(guest.status, 1) << guest.output;
  for (const char* what :
       {"exit status\n      expected: 5\n      got:      0",
        "a line that contains \"no such line\"", "standard error, line 1",
        "contents of the flash\n      expected: changed", "bad input counted: any",
        "points reached: host_message", "virtual time it took",
        "device: version\n      expected: 9.9.9.9\n      got:      5.0.1.1111",
        "running version         5.0.1.1111"})
    EXPECT_NE(guest.output.find(what), std::string::npos) << what << "\n" << guest.output;
}

TEST(GuestStory, APowerCutThatNobodyExpectsFailsIt) {
  const BootedGuest guest = told(
      "[[step]]\nfault = { point = \"fwu_data\", occurrence = 10, action = \"power_cut_inside\" }\n"
      "[[step]]\nmeupdate = [\"update\", \"${image:new.bin}\", \"-y\"]\n");
  EXPECT_EQ(guest.status, 1) << guest.output;
  EXPECT_NE(guest.output.find("got:      none: the host went down with it"), std::string::npos)
      << guest.output;
  EXPECT_NE(guest.output.find("5.0.1.1111 -> 5.2.70.1046"), std::string::npos)
      << "what was printed before is shown: " << guest.output;
}

// mei_me's own messages count: the updater has not run when the second one is lost.
TEST(GuestStory, APowerCutWhileItsGuestBootsInterruptsNoUpdate) {
  const BootedGuest guest = told(
      "[[step]]\nfault = { point = \"host_message\", occurrence = 2, action = \"power_cut_before\" "
      "}\n[[step]]\nmeupdate = [\"update\", \"${image:new.bin}\", \"-y\"]\n"
      "expect.exit = 7\n");
  EXPECT_EQ(guest.status, 3) << guest.output;
  EXPECT_NE(guest.output.find("the board went down while its guest booted"), std::string::npos)
      << guest.output;
}

TEST(GuestStory, AnUpdaterOfOnesOwnFindsTheBoardAtItsDriversFile) {
  std::ofstream(tests::scratch() + "/mine.sh")
      << "echo \"by hand at $1\"\nmeupdate update \"$2\" --device \"$1\" -y\n";
  const std::string run =
      "[[step]]\nupdater = [\"sh\", \"mine.sh\", \"${device}\", "
      "\"${image:new.bin}\"]\n";
  const BootedGuest guest = told(
      "[[step]]\nfault = { point = \"fwu_data\", occurrence = 10, action = \"power_cut_inside\" "
      "}\n" +
      run + "expect.exit = 137\nexpect.device = { powered = false }\n" +
      "[[step]]\npower = \"on\"\n" + run +
      "expect.stdout_contains = [\"by hand at /dev/mei0\", \"Updated: the device reports "
      "5.2.70.1046\"]\nexpect.device = { version = \"5.2.70.1046\" }\n");
  EXPECT_EQ(guest.status, 0) << guest.output;
}

TEST(GuestStory, WhatAGuestCannotDoIsSkippedByNameBeforeAnythingBoots) {
  const BootedGuest guest =
      told("[[step]]\nmeupdate = [\"info\"]\n[[step]]\nsnapshot = \"a\"\n", "--qemu /bin/false");
  EXPECT_EQ(guest.status, 2) << guest.output;
  EXPECT_NE(guest.output.find("story.toml:11:1: snapshot: "), std::string::npos) << guest.output;
  EXPECT_NE(guest.output.find("0 internal errors, 1 skipped"), std::string::npos) << guest.output;
}

TEST(GuestStory, AQemuThatIsNotThereBreaksItAndIsNamed) {
  const BootedGuest guest = told("[[step]]\nmeupdate = [\"info\"]\n", "--qemu /nowhere/qemu");
  EXPECT_EQ(guest.status, 3) << guest.output;
  EXPECT_NE(guest.output.find("/nowhere/qemu is missing"), std::string::npos) << guest.output;
}

}  // namespace
