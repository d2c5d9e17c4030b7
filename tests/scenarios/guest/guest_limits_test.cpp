// SPDX-License-Identifier: BSD-3-Clause
// Which stories make sense in a guest, and what is said of those that do not.
#include "scenarios/guest/guest_limits.h"

#include <gtest/gtest.h>

#include "tests/scenarios/engine/load.h"

namespace scenarios::guest {
namespace {

using engine::kHead;
using engine::StoryFolder;

/// "4: why", or nothing, of a story with these lines behind the head.
std::string obstacle(const std::string& steps) {
  const StoryFolder folder;
  const auto stories = folder.load(kHead + steps);
  EXPECT_TRUE(stories) << stories.error().doing;
  if (!stories) return {};
  const auto found = obstacle_in_guest(stories->front());
  return found ? std::to_string(found->place.line) + ": " + found->why : std::string();
}

TEST(GuestLimits, WhatTheUpdaterTheBoardAndAPersonInSetUpDoMakesSense) {
  EXPECT_EQ(obstacle("[[step]]\nmeupdate = [\"info\"]\n"
                     "during = [{ do = \"power_cut\", after = \"1s\" }, { do = \"stop\", after = "
                     "\"1s\" }, { do = \"reset_me\", after = \"1s\" }]\n"
                     "[[step]]\npower = \"on\"\n[[step]]\nreset = \"platform\"\n"
                     "[[step]]\nreset = \"me\"\n[[step]]\nset_up = \"unprovision\"\n"
                     "[[step]]\nbios = [\"clear\"]\n[[step]]\nwait = \"1s\"\n"
                     "[[step]]\nfault = { point = \"boot\", action = \"fail\" }\n"
                     "[[step]]\ndisarm = true\n[[step]]\ncheck = \"all\"\n"),
            "");
}

TEST(GuestLimits, TheFirstStepThatDoesNotIsNamed) {
  EXPECT_EQ(obstacle("[[step]]\nwait = \"1s\"\n[[step]]\nbus = [{ wait = \"1ms\" }]\n"
                     "[[step]]\nreset = \"link\"\n"),
            "6: bus: registers and raw messages, below the guest's driver");
}

TEST(GuestLimits, NothingIsDoneBelowTheGuestsDriver) {
  EXPECT_TRUE(obstacle("[[step]]\nfwu = [{ end = {} }]\n").starts_with("4: fwu: "));
  EXPECT_TRUE(obstacle("[[step]]\ntpm = [{ abort = true }]\n").starts_with("4: tpm: "));
  EXPECT_TRUE(obstacle("[[step]]\nreset = \"link\"\n").starts_with("4: reset = \"link\": "));
  EXPECT_TRUE(obstacle("[[step]]\nmeupdate = [\"info\"]\n"
                       "during = [{ do = \"reset_link\", after = \"1s\" }]\n")
                  .starts_with("4: during, reset_link: "));
}

TEST(GuestLimits, AnUpdaterOfOnesOwnBringsNoLibraries) {
  EXPECT_EQ(obstacle("[[step]]\nupdater = [\"sh\", \"mine.sh\", \"${device}\"]\n"), "");
  EXPECT_EQ(obstacle("[[step]]\nupdater = [\"/sbin/ldconfig\"]\n"), "") << "it is static";
  EXPECT_EQ(obstacle("[[step]]\nupdater = [\"/usr/bin/env\", \"x\"]\n"),
            "4: updater: env wants shared libraries, and the guest has none; link it statically");
  EXPECT_TRUE(obstacle("[[step]]\nupdater = [\"x\"]\nduring = [{ do = \"reset_link\", after = "
                       "\"1s\" }]\n")
                  .starts_with("4: during, reset_link: "));
}

TEST(GuestLimits, LinuxDoesNotWaitLongForAnMeThatIsAway) {
  const std::string step = "[[step]]\nmeupdate = [\"info\"]\n[[step]]\nfault = ";
  EXPECT_TRUE(obstacle(step + "{ point = \"boot\", action = \"delay\", delay = \"6s\" }\n")
                  .starts_with("6: fault, boot: "));
  EXPECT_EQ(obstacle(step + "{ point = \"boot\", action = \"delay\", delay = \"5999ms\" }\n"), "");
  EXPECT_EQ(obstacle(step + "{ point = \"fwu_end\", action = \"delay\", delay = \"20s\" }\n"), "");
}

TEST(GuestLimits, AGuestGoesBackToNoSnapshot) {
  EXPECT_TRUE(obstacle("[[step]]\nsnapshot = \"a\"\n").starts_with("4: snapshot: "));
  EXPECT_TRUE(obstacle("[[step]]\nrestore = \"a\"\n").starts_with("4: restore: "));
}

TEST(GuestLimits, TheGuestIsNotWindows) {
  EXPECT_EQ(obstacle("[set]\nhost.system = \"windows\"\n[[step]]\nwait = \"1s\"\n"),
            "3: host.system = \"windows\": the guest is Linux");
  EXPECT_EQ(obstacle("[set]\nhost.system = \"linux\"\n[[step]]\nmeupdate = [\"info\"]\n"), "");
}

TEST(GuestLimits, AStoryInWhichNoGuestHasAnythingToDoPassesNothing) {
  EXPECT_EQ(obstacle("[[step]]\npower = \"on\"\n[[step]]\nwait = \"1s\"\n"),
            "3: it needs no guest: no step runs an updater");
}

TEST(GuestLimits, NobodySitsThereAndTheDeviceIsTheBoards) {
  EXPECT_TRUE(
      obstacle("[[step]]\nmeupdate = [\"info\"]\nperson = \"yes\"\n").starts_with("4: person: "));
  EXPECT_TRUE(obstacle("[[step]]\nmeupdate = [\"info\"]\ndevice_absent = true\n")
                  .starts_with("4: device_absent: "));
  EXPECT_TRUE(obstacle("[[step]]\nmeupdate = [\"info\", \"--device=sim:x\"]\n")
                  .starts_with("4: --device=sim:x: "));
  EXPECT_TRUE(obstacle("begin = \"powered\"\n[[step]]\nwait = \"1s\"\n")
                  .starts_with("3: begin = \"powered\": "));
}

}  // namespace
}  // namespace scenarios::guest
