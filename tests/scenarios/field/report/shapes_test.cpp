// SPDX-License-Identifier: BSD-3-Clause
// Pastes in the shapes that the world writes, each with what its answer has to say: written by hand
// from the tools' and the kernel's words, and from what these say.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scenarios/field/report/reproduction.h"
#include "scenarios/field/report/summary.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

struct Shape {
  const char* name;
  const char* text;
  std::vector<const char*> wrong;  ///< parts of what is wrong, in this order
  const char* to_do;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all = {
      {"an update that hangs",
       "Intel (R) Firmware Update Utility Version: 11.8.50.3425\nCommunication Mode: MEI\n"
       "FW Update:  [  21% (Stage: 4 of 12)] -\nFW Update:  [  45% (Stage: 6 of 12)] \\\n",
       {"middle of an update", "45%, stage 6 of 12"},
       "Do not switch off"},
      {"one that failed, and then hung",
       "Intel (R) Firmware Update Utility Version: 9.1.45.3000\nCommunication Mode: MEI\n"
       "Error 8741: FW Update Failed.\n"
       "Error 8707: Firmware update failed due to an internal error.\n"
       "C:\\>FWUpdLcl.exe -f new.bin\n"
       "Intel (R) Firmware Update Utility Version: 9.1.45.3000\nCommunication Mode: MEI\n"
       "Error 8769: Polling for FW Update Failed.\n"
       "Error 8193: Fail to load MEI device driver (PCI access for Windows)\n",
       {"First: ", "broke off by a fault of its own", "Then: ", "gone from the bus"},
       "Do not switch off"},
      {"one that was refused, and then stood still",
       "Intel (R) Firmware Update Utility Version: 8.1.40.1456\nCommunication Mode: MEI\n"
       "Error 8746: FW update not initiated due to an invalid image length\n"
       "C:\\>FWUpdLcl.exe -f other.bin\n"
       "Intel (R) Firmware Update Utility Version: 8.1.40.1456\nCommunication Mode: MEI\n"
       "FW Update:  [  30% (Stage: 3 of 10)]\n",
       {"First: ", "8746", "Then: ", "30%, stage 3 of 10"},
       "Do not switch off"},
      {"a disabled TPM",
       "[1.5] tpm tpm0: A TPM error (7) occurred attempting to read a pcr value\n",
       {"The TPM is disabled"},
       "Enable it"},
      {"an engine that restarts",
       "[  512.1] mei_me 0000:00:03.0: FW not ready: resetting.\n",
       {"restarted while Linux spoke"},
       "comes again"},
      {"an answer out of turn",
       "mei 0000:00:03.0: reset: unexpected enumeration response hbm.\n",
       {"had not asked"},
       "stands behind it"},
      {"a connect without an answer",
       "[    9.1] mei_me 0000:00:03.0: timer: connect/disconnect timeout.\n",
       {"did not answer Linux' connect"},
       "power away"},
      {"a driver that gave up, in sysfs",
       "$ grep . /sys/class/mei/mei0/*\n/sys/class/mei/mei0/dev_state:DISABLED\n",
       {"given the engine up"},
       "dmesg"},
      {"the same in debugfs",
       "# cat /sys/kernel/debug/mei0/devstate\ndev: DISABLED\nhbm: IDLE\n",
       {"given the engine up"},
       "dmesg"},
      {"three tries of the driver are one fault",
       "mei_me 0000:00:16.0: wait hw ready failed\n"
       "mei_me 0000:00:16.0: reset: reached maximal consecutive resets: disabling the device\n",
       {"three times", "never became ready"},
       "power away"},
  };
  return all;
}

Reproduction reproduction_of(const std::string& text) {
  const engine::StoryFolder folder;
  auto all = reproduce(reading(text), folder.path());
  EXPECT_TRUE(all) << text;
  return std::move(*all);
}

TEST(Shapes, AreAnswered) {
  for (const Shape& shape : shapes()) {
    const Summary told = summary_of(reproduction_of(shape.text));
    std::size_t at = 0;
    for (const char* part : shape.wrong) {
      at = told.wrong.find(part, at);
      EXPECT_NE(at, std::string::npos) << shape.name << ": \"" << part << "\" in " << told.wrong;
      if (at == std::string::npos) break;
    }
    EXPECT_NE(told.what_to_do.find(shape.to_do), std::string::npos)
        << shape.name << ": " << told.what_to_do;
  }
}

/// What stands beside it contradicts it: no engine runs unsoundly that does not run at all.
TEST(Shapes, AreToldOneCause) {
  const Reproduction all = reproduction_of(shapes().back().text);
  EXPECT_EQ(report_text(all).find("runs, and not soundly"), std::string::npos);
}

TEST(Shapes, OfMarkdownAreTheToolsLines) {
  const Reproduction all = reproduction_of(
      "**Firmware Update Utility Version** 4.2.50.1053\n"
      "**Trying to connect to MEI driver.**\n"
      "- *Communication Mode:* TPM\n"
      "**Error (8729):** TPM in owned state, owner password is required\n");
  ASSERT_EQ(all.report.runs.size(), 1u);
  EXPECT_EQ(all.exit_status(), 0) << report_text(all);
  EXPECT_TRUE(all.report.runs.front().guessed().empty());
}

/// A table with an output a column.
TEST(Shapes, OfWideTablesAreAnOutputAColumn) {
  const FieldReport report = reading(
      "| Field | Before | After |\n|---|---|---|\n"
      "| BIOS Version | 7UET93WW (3.23 ) | 7UET94WW (3.24 ) |\n"
      "| Intel(R) AMT code versions | | |\n"
      "| Flash | 4.0.3 | 4.2.0 |\n| Netstack | 4.0.3 | 4.2.0 |\n");
  ASSERT_EQ(report.runs.size(), 2u);
  EXPECT_EQ(value(report.runs[0], Fact::flash_version), "4.0.3");
  EXPECT_EQ(value(report.runs[1], Fact::flash_version), "4.2.0");
  EXPECT_EQ(report.runs[0].place(), "pasted.txt:3-6");
  EXPECT_EQ(value(report.runs[1], Fact::bios_version), "7UET94WW (3.24 )");
}

TEST(Shapes, OfOtherTablesStayAsTheyAre) {
  const FieldReport report = reading("| a | b | c |\n| Flash | 1 | 2 |\n");
  EXPECT_TRUE(report.runs.empty() || report.runs.front().lines.size() == 1);
}

TEST(Shapes, OfIntelmetoolTellAnUpdateUnderWay) {
  const char* begin = "MEI found: [8086:1c3a] 6 Series/C200 Series Chipset Family\n";
  const auto tells = [&](const std::string& line) {
    return outline(reproduction_of(begin + line).report.runs.front()).find("Update In Progress");
  };
  EXPECT_NE(tells("ME: Update In Progress      : YES\n"), std::string::npos);
  EXPECT_EQ(tells("ME: Update In Progress      : NO\n"), std::string::npos);
}

}  // namespace
}  // namespace scenarios::field
