// SPDX-License-Identifier: BSD-3-Clause
// The board in a process of its own, `mesim serve`, updated by a guest behind the vfio-user and
// swtpm sockets of an unmodified QEMU.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;
using tests::kNew;
using tests::kOld;
using tests::kVersion;

constexpr std::string_view kNewLine = kNew.substr(0, kNew.size() - 1);

/// A small partition and quick firmware: time is real here. `name` is that of its folder; the image
/// has `size` bytes of code.
std::string served_board(const std::string& name, unsigned size) {
  return fmt::format(
      "--attach vfio-user --machine esprimo-e5730 --set settings.enabled_update_interfaces=1 "
      "--set flash.code_size=0x40000 --set 'update.data_processing=\"2ms\"' "
      "--state {}/{} --file {}",
      tests::scratch(), name, tests::built_image(size));
}

/// The machine that the folder has; nothing else is said of it.
std::string kept_board(const std::string& name) {
  return fmt::format("--attach vfio-user --state {0}/{1} --file {0}/5.2.70.1046.bin",
                     tests::scratch(), name);
}

TEST(GuestServed, TheNewVersionRunsAfterTheUpdateAfterARestartAndInTheFolder) {
  const BootedGuest guest = tests::boot_guest(served_board("restarted", 0x10000), std::string(R"(
if [ "$MESIM_BOOT" = 1 ]; then
section before
)") + kVersion + R"(
section update
meupdate update 5.2.70.1046.bin -y || exit 1
section after
)" + kVersion + R"(
reboot -f
sleep 100
fi
section restarted
)" + kVersion + "\nsection end\n");
  EXPECT_EQ(guest.status, 0) << guest.output;
  EXPECT_EQ(guest["before"], kOld);
  EXPECT_EQ(guest["after"], kNew) << guest.output;
  EXPECT_EQ(guest["restarted"], kNew) << guest.output;
  EXPECT_EQ(tests::version_simulated("restarted"), kNew);
}

// QEMU and the board's process are both killed while the firmware writes. Time is real here: how
// much is written by then differs; GuestTornFlash has the moment exact.
TEST(GuestServedPowerCut, AnUpdateThatWasKilledIsDoneByTheCommandThatWasPrinted) {
  const BootedGuest cut = tests::boot_guest(served_board("cut", 0x40000), R"(
meupdate update 5.2.70.1046.bin -y >/tmp/said 2>&1 &
until grep -q 'writes the new code' /tmp/said || [ ! -d /proc/$! ]; do sleep 0.1; done
section update
cat /tmp/said
power-cut
)");
  EXPECT_EQ(cut.status, 137) << cut.output;
  EXPECT_EQ(tests::version_simulated("cut").find(kNewLine), std::string::npos);
  const BootedGuest again = tests::boot_guest(
      kept_board("cut"), "section before\nmeupdate info\nsection update\n" +
                             tests::printed_command(cut.output) + " || exit 1\nsection after\n" +
                             kVersion + "\nsection end\n");
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_EQ(again["before"].find(kNewLine), std::string::npos) << again["before"];
  EXPECT_EQ(again["after"], kNew);
}

}  // namespace
