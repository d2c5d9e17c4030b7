// SPDX-License-Identifier: BSD-3-Clause
// What is promised of a guest, broken on purpose.
#include <gtest/gtest.h>

#include "scenarios/guest/alarm.h"
#include "scenarios/guest/cpio_archive.h"
#include "scenarios/guest/guest_agent.h"
#include "scenarios/guest/guest_run.h"

namespace scenarios::guest {
namespace {

TEST(GuestPromisesDeathTest, AnAlarmRings) {
  auto alarm = Alarm::make();
  ASSERT_TRUE(alarm);
  EXPECT_DEATH(alarm->set(0), "an alarm that is set rings");
}

TEST(GuestPromisesDeathTest, AGuestHasAProgramAndAnEnd) {
  EXPECT_DEATH((void)run_guest({.words = {"true"}, .limit = 0}), "a program, and an end");
  EXPECT_DEATH((void)run_guest({.words = {}, .limit = 1}), "a program, and an end");
  EXPECT_DEATH(order_to_run({}), "a program that is run has a name");
}

TEST(GuestPromisesDeathTest, NamesInAnInitramfsAreRelative) {
  CpioArchive archive;
  EXPECT_DEATH(archive.add_folder("/bin"), "a name in an initramfs is relative");
  EXPECT_DEATH(archive.add_file("", "text"), "a name in an initramfs is relative");
}

}  // namespace
}  // namespace scenarios::guest
