// SPDX-License-Identifier: BSD-3-Clause
// The board updated from inside the guest: restarted, switched off, and losing its power half way.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "booted_guest.h"

namespace {

using tests::BootedGuest;
using tests::kNew;
using tests::kOld;
using tests::kVersion;
using tests::same_everywhere;

constexpr const char* kOpen = "--set settings.enabled_update_interfaces=1";

/// The image is small, so that the guest's serial line and the ring are what is exercised,
/// not patience.
std::string open_board(const std::string& more) {
  return fmt::format("--machine esprimo-e5730 {} --state {}/board --file {} {}", kOpen,
                     tests::scratch(), tests::built_image(0x10000), more);
}

TEST(GuestUpdate, TheNewVersionRunsAfterTheUpdateAfterARestartAndAfterPowerOff) {
  const BootedGuest guest = tests::boot_guest(open_board(""), std::string() + R"(
if [ "$MESIM_BOOT" = 1 ]; then
section info
meupdate info
section update
meupdate update 5.2.70.1046.bin -y --log /tmp/log
section status
echo $status
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
  EXPECT_EQ(same_everywhere(guest["info"]),
            same_everywhere(tests::simulated_info("esprimo-e5730", kOpen)));
  EXPECT_EQ(guest["status"], "0\n\n");
  EXPECT_EQ(guest["after"], kNew) << guest.output;
  EXPECT_EQ(guest["restarted"], kNew) << guest.output;
  EXPECT_EQ(tests::version_simulated("board"), kNew);
}

TEST(GuestPowerCut, AnUpdateThatLostItsPowerIsDoneByTheCommandThatWasPrinted) {
  // The tenth data message, far from both ends.
  const BootedGuest cut = tests::boot_guest(open_board("--faults fwu_data@10=power_cut_inside"), R"(
section update
meupdate update 5.2.70.1046.bin -y
section end
)");
  EXPECT_EQ(cut.status, 137) << cut.output;
  EXPECT_EQ(cut.sections.count("end"), 0u);
  EXPECT_EQ(tests::version_simulated("board"), kOld);
  const BootedGuest again = tests::boot_guest(
      open_board(""), std::string("section before\n") + kVersion + "section update\n" +
                          tests::printed_command(cut.output) + " || exit 1\nsection after\n" +
                          kVersion);
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_EQ(again["before"], kOld);
  EXPECT_EQ(again["after"], kNew.substr(0, kNew.size() - 1));
}

/// No driver has ever bound to the function: meupdate finds it as the BIOS left it.
TEST(GuestBareUpdate, WithoutAnyDriverMeupdateUpdatesThroughTheFunctionsRegisters) {
  const BootedGuest guest = tests::boot_guest(open_board("--no-driver --no-tpm"), R"(
section module
ls -d /sys/module/mei_me /dev/mei0
section tpm
ls /dev/tpm0
section update
meupdate update 5.2.70.1046.bin --device pci:0000:00:03.0 -y
section status
echo $status
section after
meupdate info --device pci:0000:00:03.0 | grep 'running version'
section end
)");
  EXPECT_EQ(guest.status, 0) << guest.output;
  EXPECT_EQ(guest["module"].find("\n/"), std::string::npos) << guest["module"];
  EXPECT_NE(guest["tpm"].find("No such file"), std::string::npos) << guest["tpm"];
  EXPECT_EQ(guest["status"], "0\n\n");
  EXPECT_EQ(guest["after"], kNew) << guest.output;
}

/// Every line of a trace as JSON; the last one's time in seconds.
double end_of_whole_trace(const std::string& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_TRUE(text.ends_with("}\n"))
      << text.substr(text.size() - std::min<std::size_t>(99, text.size()));
  std::istringstream lines(text);
  double end = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) {
      ADD_FAILURE() << line;
      return 0;
    }
    end = json["t_ns"].get<double>() / 1e9;
  }
  return end;
}

TEST(GuestPowerCut, AGuestCanTakeItsOwnPowerAndTheTraceGoesOnUntilThen) {
  const std::string trace = tests::scratch() + "/trace.jsonl";
  const BootedGuest guest = tests::boot_guest("--machine thinkpad-t400 --trace " + trace, R"(
section info
meupdate info
section uptime
cat /proc/uptime
section last
meupdate tpm status
power-cut
section after
)");
  EXPECT_EQ(guest.status, 137) << guest.output;
  EXPECT_EQ(guest.sections.count("last"), 1u);
  EXPECT_EQ(guest.sections.count("after"), 0u);
  EXPECT_EQ(same_everywhere(guest["info"]),
            same_everywhere(tests::simulated_info("thinkpad-t400")));
  // The board's time is ahead of the guest's: that of its BIOS comes before.
  EXPECT_GT(end_of_whole_trace(trace), std::stod(guest["uptime"])) << "the last command is in it";
}

// The code partition is written in the middle: the board comes up on its recovery code.
TEST(GuestTornFlash, ABoardOnItsRecoveryCodeIsRepairedByTheCommandThatWasPrinted) {
  const BootedGuest cut =
      tests::boot_guest(open_board("--faults flash_operation@500=power_cut_inside"),
                        "meupdate update 5.2.70.1046.bin -y\n");
  EXPECT_EQ(cut.status, 137) << cut.output;
  const BootedGuest again =
      tests::boot_guest(open_board(""), "section before\nmeupdate info\nsection update\n" +
                                            tests::printed_command(cut.output) +
                                            " || exit 1\nsection after\n" + kVersion);
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_NE(again["before"].find("RUNS ITS RECOVERY CODE"), std::string::npos);
  EXPECT_EQ(again["after"], kNew.substr(0, kNew.size() - 1));
}

}  // namespace
