// SPDX-License-Identifier: BSD-3-Clause
// The lines of the tools from ME 6 on, as the logs in scenarios/field-reports/owners have them:
// each is known, and what it tells is what it says there. Values were typed from the logs.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "protocol/tools/meinfo.h"
#include "scenarios/field/reading/error_words.h"
#include "scenarios/field/reading/later_labels.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/update_stage.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

FieldReport owner(const std::string& name) {
  return reading(contents("owners/" + name + ".txt"));
}

/// What stands in no table: of all runs, and beside them.
std::vector<std::string> not_known(const FieldReport& report) {
  std::vector<std::string> lines;
  for (const ToolRun& run : report.runs) {
    for (const LogLine* line : run.of_kind(LineKind::unknown)) lines.push_back(line->text);
  }
  for (const LogLine& line : report.prose) lines.push_back(line.text);
  return lines;
}

using Lines = std::vector<std::string>;

TEST(LaterLines, OfAWholeLogAreAllKnown) {
  for (const char* name : {"optiplex-7060-meinfo-12", "hap-meinfo-11-fwsts",
                           "optiplex-5050-meinfo-11", "framework-fwupdlcl-15", "t7600-jumper"})
    EXPECT_EQ(not_known(owner(name)), Lines{}) << name;
  EXPECT_EQ(not_known(owner("hm70-meinfo-8-cleaned")),
            (Lines{"After me_cleaner:", "Before me_cleaner:"}));
  // A forum's markup tore the address from its label.
  EXPECT_EQ(not_known(owner("e7250-meinfo-10")), (Lines{"20-47-47-00-00-00", "FPF ME"}));
}

TEST(LaterLines, OfTwelveTellWhatTheySay) {
  const FieldReport report = owner("optiplex-7060-meinfo-12");
  ASSERT_EQ(report.runs.size(), 1u);
  const ToolRun& run = report.runs.front();
  EXPECT_EQ(run.generation, 12);
  EXPECT_EQ(value(run, Fact::later_version), "12.0.24.1314");
  EXPECT_EQ(value(run, Fact::bios_version), "1.3.4");
  EXPECT_EQ(value(run, Fact::local_update), "Enabled");
  EXPECT_EQ(value(run, Fact::reset_reason), "Unknown");
  EXPECT_EQ(value(run, Fact::boot_state), "Post Boot");
  EXPECT_EQ(value(run, Fact::progress_phase), "HOSTCOMM Module");
  EXPECT_EQ(value(run, Fact::file_system), "No");
  EXPECT_EQ(value(run, Fact::status_word_6), "0x47C00BC9");
}

/// With -verbose MEInfo asks what MEManuf asks, and says so.
TEST(LaterLines, OfAVerboseRunAreOneRun) {
  const FieldReport report = owner("e7250-meinfo-10");
  ASSERT_EQ(report.runs.size(), 1u);
  const ToolRun& run = report.runs.front();
  EXPECT_EQ(run.tool, Tool::meinfo);
  EXPECT_EQ(value(run, Fact::later_version), "10.0.60.3000");
  EXPECT_EQ(value(run, Fact::configuration_state), "Not started");
  EXPECT_EQ(value(run, Fact::link_status), "Link down");
}

TEST(LaterLines, OfMemanufAreItsOwnWhereNoOtherToolSpeaks) {
  const FieldReport report = reading("Get ME FWU info command...done\nMEManuf Test Passed\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs.front().tool, Tool::memanuf);
}

TEST(LaterLines, OfTheFlashToolMayShowTheRegisters) {
  const FieldReport report = owner("vaio-greset-217");
  ASSERT_EQ(report.runs.size(), 2u);
  const ToolRun& run = report.runs.back();
  EXPECT_EQ(run.tool, Tool::fpt);
  EXPECT_EQ(value(run, Fact::status_word_2), "0x153B0100");
  EXPECT_EQ(value(run, Fact::error), "217");
}

TEST(LaterLines, OfFwupdlclFifteenTellItsVersionAndItsEnd) {
  const FieldReport report = owner("framework-fwupdlcl-15");
  ASSERT_EQ(report.runs.size(), 1u);
  const ToolRun& run = report.runs.front();
  ASSERT_TRUE(run.tool_version);
  EXPECT_EQ(to_text(*run.tool_version), "15.0.35.1951");
  EXPECT_EQ(run.generation, 15);
  EXPECT_EQ(value(run, Fact::tool_says), "update at 100%");
  EXPECT_EQ(last_stage(run), "") << "it came to its end";
}

TEST(LaterLines, OfAnUpdateThatBreaksOffTellHowFarItCame) {
  const FieldReport report = reading(
      "Intel (R) FW Update Version: 15.0.35.1951\n"
      "FW Update:  [  45% (|)]\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(last_stage(report.runs.front()), "45%");
}

/// The form is that of Slim Bootloader's CsmeFwUpdate.c.
TEST(LaterLines, OfTheNewerErrorTellItsNumber) {
  const FieldReport report = reading(
      "Intel (R) FW Update Version: 15.0.35.1951\n"
      "FW Error Code: 280.\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs.front(), Fact::error), "280");
}

/// FWUpdLcl64 -FWVER: the first line is the tool's own version, the second the board's.
TEST(LaterLines, OfFwupdlclMayTellTheBoardsVersion) {
  const FieldReport report = reading(
      ".\\FWUpdLcl64.exe -FWVER\n"
      "Intel (R) Firmware Update Utility Version: 11.8.70.3626\n"
      "FW Version: 11.0.0.1202\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs.front().tool, Tool::fwupdlcl);
  EXPECT_EQ(value(report.runs.front(), Fact::later_version), "11.0.0.1202");
}

TEST(LaterLines, OfTheDriversClientsTellTheirNames) {
  const FieldReport report = reading(
      "  |id|fix|         UUID                       |con|msg len|sb|refc|vt|\n"
      " 0|34|  0|309dcde8-ccb1-4062-8f78-600115a34327|  1|   4096| 0|   1| 0|\n"
      " 1|39|  0|082ee5a7-7c25-470a-9643-0c06f0466ea1|  1|   8196| 0|   1| 0|\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(outline(report.runs.front()),
            "the tool says client FWU (updates); client 082ee5a7-7c25-470a-9643-0c06f0466ea1");
}

TEST(LaterLines, OfOneMachineAtTwoTimesAreTwoOutputsOfIt) {
  const FieldReport report = reading(
      "| | Before | After |\n|---|---|---|\n"
      "| BIOS Version | N1EET75W | N1EET79W |\n"
      "| FW Version | 11.8.50.3425 | 11.8.55.3510 |\n"
      "| Serial number of mine | 1 | 2 |\n"
      "| Local FWUpdate | Enabled | Disabled |\n");
  ASSERT_EQ(report.runs.size(), 2u);
  EXPECT_EQ(value(report.runs[0], Fact::later_version), "11.8.50.3425");
  EXPECT_EQ(value(report.runs[1], Fact::later_version), "11.8.55.3510");
  EXPECT_EQ(value(report.runs[1], Fact::local_update), "Disabled");
  EXPECT_EQ(report.runs[0].machine, kSameMachine);
  EXPECT_EQ(report.runs[1].machine, kSameMachine);
  ASSERT_EQ(report.runs[0].of_kind(LineKind::unknown).size(), 1u) << "a row of the owner's own";
  EXPECT_EQ(report.runs[0].of_kind(LineKind::unknown)[0]->text, "Serial number of mine: 1");
}

/// "DISABLED" beneath "BIOS Config Lock:"; a sentence there is a person's.
TEST(LaterLines, OfALabelMayHaveTheirValueBeneath) {
  const FieldReport report = reading(
      "Intel(R) MEInfo Version: 9.1.45.3000\n"
      "BIOS Config Lock:\nDISABLED\n"
      "OEM Tag:\nThanks a lot for any help with this\n");
  EXPECT_EQ(not_known(report), (Lines{"Thanks a lot for any help with this"}));
}

/// A forum leaves one blank; a sentence that begins with the same word stays a person's.
TEST(LaterLines, OfElevenHaveOneBlankBehindTheirLabels) {
  const FieldReport report = reading(
      "Intel(R) MEInfo Version: 11.6.29.3287\n"
      "TLS Disabled\nLast ME reset reason Firmware reset\n"
      "TLS is what I do not need\n");
  EXPECT_EQ(not_known(report), (Lines{"TLS is what I do not need"}));
  EXPECT_EQ(value(report.runs.at(0), Fact::reset_reason), "Firmware reset");
}

TEST(LaterLines, OfALetterMayHaveTheNumberBeforeTheWord) {
  EXPECT_EQ(known_errors_in(reading("I tried an older one and got an 8805 error.\n").prose),
            (std::vector<std::uint32_t>{8805}));
  EXPECT_TRUE(
      known_errors_in(reading("In 2018 errors were many, says page 18805 error.\n").prose).empty());
}

/// Each row of the tables is read as it is printed, whoever pastes it.
TEST(LaterLines, OfTheTablesAreReadByTheTables) {
  for (const protocol::tools::Line& line : protocol::tools::kMeinfoBesides) {
    const bool whole = line.form != protocol::tools::Form::labelled;
    const std::string text = std::string(line.label) + (whole ? "" : ": x");
    EXPECT_EQ(recognise(text).kind, LineKind::content) << text;
    EXPECT_TRUE(recognise(text).told.empty()) << text;
  }
  EXPECT_GT(later_labels().size(), 60u);
}

}  // namespace
}  // namespace scenarios::field
