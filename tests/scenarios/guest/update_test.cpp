// SPDX-License-Identifier: BSD-3-Clause
// The board updated from inside the guest: restarted, switched off, and losing its power half way.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;

constexpr const char* kOpen = "--set settings.enabled_update_interfaces=1";

/// The image is small, so that the guest's serial line and the ring are what is exercised, not
/// patience.
std::string image() {
  const std::string file = tests::scratch() + "/5.2.70.1046.bin";
  const BootedGuest built = tests::run_program(fmt::format(
      "{} image build --machine esprimo-e5730 --version 5.2.70.1046 --size 65536 --output {}",
      MESIM, file));
  EXPECT_EQ(built.status, 0) << built.output;
  return file;
}

std::string board(const std::string& more) {
  return fmt::format("--machine esprimo-e5730 {} --state {}/board --file {} {}", kOpen,
                     tests::scratch(), image(), more);
}

constexpr const char* kVersion = "meupdate info | grep 'running version'\n";
constexpr std::string_view kNew = "  running version         5.2.70.1046\n\n";
constexpr std::string_view kOld = "  running version         5.0.1.1111\n\n";

std::string version_simulated() {
  return tests::run_program(fmt::format("{} info --device sim:esprimo-e5730 --state {}/board "
                                        "| grep 'running version'",
                                        MEUPDATE, tests::scratch()))
             .output +
         "\n";
}

TEST(GuestUpdate, TheNewVersionRunsAfterTheUpdateAfterARestartAndAfterPowerOff) {
  const BootedGuest guest = tests::boot_guest(board(""), std::string(R"(
if [ "$MESIM_BOOT" = 1 ]; then
section before
)") + kVersion + R"(
section update
meupdate update 5.2.70.1046.bin -y --log /tmp/log
section status
echo $?
section after
)" + kVersion + R"(
reboot -f
sleep 100
fi
section restarted
)" + kVersion + R"(
section end
)");
  EXPECT_EQ(guest.status, 0);
  EXPECT_EQ(guest["before"], kOld);
  EXPECT_EQ(guest["after"], kNew) << guest.output;
  EXPECT_EQ(guest["restarted"], kNew) << guest.output;
  EXPECT_EQ(version_simulated(), kNew);
}

TEST(GuestPowerCut, AnUpdateThatLostItsPowerIsDoneByTheCommandThatWasPrinted) {
  // The tenth data message, far from both ends.
  const BootedGuest cut = tests::boot_guest(board("--faults fwu_data@10=power_cut_inside"), R"(
section update
meupdate update 5.2.70.1046.bin -y
section end
)");
  EXPECT_EQ(cut.status, 137) << cut.output;
  EXPECT_EQ(cut.sections.count("end"), 0u);
  EXPECT_EQ(version_simulated(), kOld);
  const BootedGuest again = tests::boot_guest(
      board(""), std::string("section before\n") + kVersion + "section update\n" +
                     tests::printed_command(cut.output) + " || exit 1\nsection after\n" + kVersion);
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_EQ(again["before"], kOld);
  EXPECT_EQ(again["after"], kNew.substr(0, kNew.size() - 1));
}

TEST(GuestPowerCut, AGuestCanTakeItsOwnPower) {
  const BootedGuest guest = tests::boot_guest("--machine esprimo-e5730 --no-tpm", R"(
section before
power-cut
section after
)");
  EXPECT_EQ(guest.status, 137) << guest.output;
  EXPECT_EQ(guest.sections.count("before"), 1u);
  EXPECT_EQ(guest.sections.count("after"), 0u);
}

// The code partition is written in the middle: the board comes up on its recovery code.
TEST(GuestTornFlash, ABoardOnItsRecoveryCodeIsRepairedByTheCommandThatWasPrinted) {
  const BootedGuest cut = tests::boot_guest(board("--faults flash_operation@500=power_cut_inside"),
                                            "meupdate update 5.2.70.1046.bin -y\n");
  EXPECT_EQ(cut.status, 137) << cut.output;
  const BootedGuest again = tests::boot_guest(
      board(""), "section before\nmeupdate info\nsection update\n" +
                     tests::printed_command(cut.output) + " || exit 1\nsection after\n" + kVersion);
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_NE(again["before"].find("RUNS ITS RECOVERY CODE"), std::string::npos);
  EXPECT_EQ(again["after"], kNew.substr(0, kNew.size() - 1));
}

}  // namespace
