// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/read_report.h"

#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

TEST(ReadReport, TheEsprimoFolderHoldsSixRuns) {
  const auto report = read_report({kReports + "esprimo-e5730"});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->runs.size(), 6u);
  EXPECT_TRUE(report->unusable.empty());
  EXPECT_EQ(report->runs[0].tool, Tool::fwupdlcl);
  EXPECT_EQ(to_text(*report->runs[0].tool_version), "5.2.50.1042");
  EXPECT_TRUE(report->runs[0].command.empty());
  EXPECT_EQ(report->runs[1].command,
            (std::vector<std::string>{"FWUpdLcl.exe", "5.2.70.1046.bin", "-generic", "-verbose"}));
  EXPECT_EQ(report->runs[2].command[2], "-tpm");
  EXPECT_EQ(report->runs[3].tool, Tool::meinfo);
  EXPECT_EQ(to_text(*report->runs[3].tool_version), "5.0.0.1167");
  for (const ToolRun& run : report->runs) EXPECT_EQ(run.generation, 5);
}

TEST(ReadReport, EveryContentLineOfTheEsprimoLogsIsRecognised) {
  const auto report = read_report({kReports + "esprimo-e5730"});
  ASSERT_TRUE(report);
  for (const ToolRun& run : report->runs) {
    for (const LogLine* line : run.of_kind(LineKind::unknown))
      ADD_FAILURE() << place_of(*line) << line->text;
  }
}

TEST(ReadReport, TheGeneration4DialectIsRead) {
  const auto report = read_report({kReports + "thinkpad-t400"});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->runs.size(), 2u);
  const ToolRun& update = report->runs[0];
  EXPECT_EQ(update.tool, Tool::fwupdlcl);
  EXPECT_EQ(update.generation, 4);
  EXPECT_EQ(update.command, (std::vector<std::string>{"MEUPD.CMD", "<passwd>"}));
  EXPECT_EQ(value(update, Fact::error), "8729");
  EXPECT_EQ(value(update, Fact::communication_mode), "TPM");
  const ToolRun& info = report->runs[1];
  EXPECT_EQ(info.tool, Tool::meinfo);
  EXPECT_EQ(info.generation, 4);
  EXPECT_EQ(value(info, Fact::sku_names), "ASF IAMT ITPM");
  EXPECT_EQ(value(info, Fact::mac_address), "00-xx-yy-zz-aa-bb--cc");
  EXPECT_EQ(value(info, Fact::host_system), "windows");
  EXPECT_EQ(value(info, Fact::amt_mode), "");
}

TEST(ReadReport, FactsCarryTheirPlace) {
  const auto report = read_report({kReports + "esprimo-e5730/meinfo-dos-5.0.1.1111.txt"});
  ASSERT_TRUE(report);
  const Observation* mode = report->runs[0].find(Fact::tpm_mode);
  ASSERT_NE(mode, nullptr);
  EXPECT_EQ(mode->value, "Enabled Owned Inactive");
  EXPECT_EQ(mode->line.number, 40u);
  EXPECT_TRUE(mode->line.file->ends_with("meinfo-dos-5.0.1.1111.txt"));
}

TEST(ReadReport, WindowsAndDosAreTold) {
  const auto report = read_report({kReports + "esprimo-e5730"});
  ASSERT_TRUE(report);
  EXPECT_EQ(value(report->runs[0], Fact::host_system), "dos");
  EXPECT_EQ(value(report->runs[1], Fact::host_system), "windows");
  EXPECT_EQ(value(report->runs[1], Fact::mei_driver_version), "5.2.0.1008");
  EXPECT_EQ(value(report->runs[3], Fact::host_system), "dos");
  EXPECT_EQ(value(report->runs[4], Fact::registers_blocked), "service error 1275");
  EXPECT_EQ(value(report->runs[4], Fact::lms_version), "5.2.0.1018");
  EXPECT_EQ(value(report->runs[4], Fact::uns_version), "5.0.5.1018");
}

TEST(ReadReport, AnUpdatesLoneErrorBehindMeinfosLogIsNoLineOfIt) {
  const FieldReport report = reading(
      "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\nError 8719: Firmware update cannot be "
      "initiated\n");
  ASSERT_EQ(report.runs.size(), 2u);
  EXPECT_EQ(report.runs[0].generation, 5);
  EXPECT_EQ(report.runs[0].find(Fact::error), nullptr);
  EXPECT_EQ(report.runs[1].tool, Tool::fwupdlcl);
  const FieldReport own = reading("VendorID: 8086\nError 9460: Unknown or unsupported platform\n");
  EXPECT_EQ(own.runs.size(), 1u);
}

TEST(ReadReport, ABarMayStandForTheColonOfALabel) {
  const FieldReport report = reading(
      "| Intel(R) MEInfo Version | 5.0.0.1167 |\n| VendorID | 8086 |\n"
      "| Flash | 5.0.2 Netstack: 5.0.2 |\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(to_text(*report.runs[0].tool_version), "5.0.0.1167");
  EXPECT_EQ(value(report.runs[0], Fact::vendor), "8086");
  EXPECT_EQ(value(report.runs[0], Fact::flash_version), "5.0.2");
}

TEST(ReadReport, APersonsSentenceBehindAColonIsNoLine) {
  EXPECT_TRUE(reading("My board: it is an old one\nNote: I run Windows\n").runs.empty());
}

TEST(ReadReport, ALogWithoutItsHeadIsStillARun) {
  const std::string log = contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt");
  const FieldReport report = reading(log.substr(log.find("MAC Address")));
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].tool, Tool::meinfo);
  EXPECT_FALSE(report.runs[0].from_its_beginning);
}

TEST(ReadReport, LaterGenerationsAreNamedAndNotCovered) {
  const FieldReport report = reading(
      "Intel(R) MEInfo Version: 7.1.20.1119\nCopyright(C) 2005 - 2011, Intel Corporation.\n"
      "BIOS Version: X\n\n"
      "Intel (R) Firmware Update Utility Version: 9.1.45.3000\nCommunication Mode: MEI\n"
      "Error 8741: FW Update Failed.\n");
  ASSERT_EQ(report.runs.size(), 2u);
  EXPECT_EQ(report.runs[0].generation, 7);
  EXPECT_FALSE(is_covered(report.runs[0]));
  EXPECT_EQ(report.runs[1].generation, 9);
  EXPECT_EQ(value(report.runs[1], Fact::error), "8741");
  EXPECT_FALSE(is_covered(report.runs[1]));
}

TEST(ReadReport, TheErrorThatTellsWhyIsHeardBeforeTheOneThatAnnouncesIt) {
  const FieldReport report = reading(
      "Intel (R) Firmware Update Utility Version: 9.1.45.3000\nError 8741: FW Update Failed.\n"
      "Error 8707: Firmware update failed due to an internal error\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs[0], Fact::error), "8707");
}

TEST(ReadReport, APersonsVersionOfSomethingElseIsNoRun) {
  const FieldReport report = reading("VERSION: 3.03 Rev. A\nthe BIOS upgrade succeeded\n");
  EXPECT_TRUE(report.runs.empty());
  EXPECT_EQ(report.prose.size(), 2u);
  EXPECT_TRUE(reading("My MEInfo says version 5.0.0.1167\n").runs.empty());
}

TEST(ReadReport, ALineMayBeWrappedTwice) {
  const FieldReport report = reading(
      "Firmware Update Utility Version 5.2.50.1042\nTrying to connect to MEI\n"
      "driver.Connected to HECI driver,\nversion: 5.2.0.1008\n***** Flash Info ******\n"
      "Version : 5.0.2.1121\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs[0], Fact::mei_driver_version), "5.2.0.1008");
  EXPECT_EQ(value(report.runs[0], Fact::firmware_version), "5.0.2.1121");
  EXPECT_EQ(value(report.runs[0], Fact::host_system), "windows");
  EXPECT_TRUE(reading("version: 5.2.0.1008\n").runs.empty()) << "nobody's, alone";
}

TEST(ReadReport, BlanksBeforeAColonChangeNothing) {
  const FieldReport report =
      reading("Intel(R) AMT code versions :\nFlash : 5.0.1 Netstack : 5.0.1\nVendorID : 8086\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs[0], Fact::brand), "Intel(R) AMT");
  EXPECT_EQ(value(report.runs[0], Fact::flash_version), "5.0.1");
  EXPECT_EQ(value(report.runs[0], Fact::netstack_version), "5.0.1");
  EXPECT_EQ(value(report.runs[0], Fact::vendor), "8086");
}

TEST(ReadReport, AnErrorRightBehindALaterToolsLinesIsThatTools) {
  const FieldReport info = reading(
      "Intel(R) MEInfo Version: 7.1.13.1088\nCopyright(C) 2005, Intel Corporation.\n"
      "Error 8193: Fail to load MEI device driver\n");
  ASSERT_EQ(info.runs.size(), 1u);
  EXPECT_EQ(info.runs[0].tool, Tool::meinfo);
  EXPECT_EQ(value(info.runs[0], Fact::error), "8193");
  const FieldReport later = reading(
      "Intel(R) MEInfo Version: 7.1.13.1088\nFW Version: 7.1.13.1088\nthe update says\n"
      "Error 8743: Unknown Platform\n");
  EXPECT_EQ(later.runs.size(), 2u);
}

TEST(ReadReport, MemanufPrintsTheRegistersOfMeinfo) {
  const FieldReport report = reading(
      "Intel(R) MEManuf Version: 8.1.40.1456\nFW Status Register1: 0x1E000245\n"
      "CurrentState: Normal\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].tool, Tool::memanuf);
}

TEST(ReadReport, MeinfosOwnErrorsAreALaterToolsLines) {
  const FieldReport report = reading(
      "Error 86: Communication error between application and Intel(R) ME module (FWU client)\n"
      "Error 81: Internal error (Could not determine FW features information)\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].tool, Tool::meinfo);
  EXPECT_FALSE(is_covered(report.runs[0]));
}

TEST(ReadReport, Generation2HasErrorsWithoutANumber) {
  const FieldReport report =
      reading("C:\\ME>FWUpdLcl.exe 221_1034.BIN -generic\nError: Failed to receive last update\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].generation, 2);
  EXPECT_FALSE(is_covered(report.runs[0]));
  EXPECT_EQ(outline(report.runs[0]), "Error: Failed to receive last update");
}

TEST(ReadReport, ARunInOneLineIsHeardToItsErrorAndItsCommandEndsAtTheBanner) {
  const FieldReport report = reading(
      "C:\\FW>FWUpdLcl64.exe -f a.bin Intel (R) Firmware Update Utility Version: "
      "11.8.50.3425 Copyright Intel Communication Mode: MEI Error 561: Get Platform\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].title(), "FWUpdLcl 11.8.50.3425 -f a.bin");
  EXPECT_EQ(value(report.runs[0], Fact::error), "561");
}

TEST(ReadReport, AnErrorInAPersonsQuotationMarksIsHeard) {
  const FieldReport report = reading("\"Error 8193: Cannot locate ME device driver\"\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs[0], Fact::error), "8193");
}

TEST(ReadReport, TheWordingTellsLaterGenerationsWithoutABanner) {
  const auto generation_of = [](const std::string& text) {
    const FieldReport report = reading(text);
    return report.runs.size() == 1 ? report.runs[0].generation : 0;
  };
  EXPECT_EQ(generation_of("Error 8719: Local Firmware update is disabled\n"), 6);
  EXPECT_EQ(generation_of("C:\\>FWUpdLcl64.exe x.bin\n"), 6);
  EXPECT_EQ(generation_of("C:\\>FWUpdLcl.exe -f x.bin\n"), 6);
  EXPECT_EQ(generation_of("VendorID: 8086\nMEBx Version: 11.0.0.5\n"), 11);
  EXPECT_EQ(generation_of("Error (8719): Local Firmware update is disabled\n"), 5);
  EXPECT_EQ(generation_of("C:\\>FWUpdLcl.exe x.bin\n"), 5);
  EXPECT_EQ(generation_of("VendorID: 8086\nMEBx Version: 5.0.1.3\n"), 5);
}

TEST(ReadReport, AnErrorOfTheInformationToolBelongsToItsRun) {
  const FieldReport report =
      reading("Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\nError 9458: Communication\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].tool, Tool::meinfo);
  EXPECT_EQ(value(report.runs[0], Fact::error), "9458");
  EXPECT_TRUE(reading("Error 9458: Communication\n").runs.empty()) << "nobody's, alone";
  EXPECT_EQ(reading("VendorID: 8086\nError (8193): no device\n").runs.size(), 2u)
      << "the updater's number";
}

TEST(ReadReport, APowerShellPromptIsOne) {
  const FieldReport report = reading("PS C:\\ME> .\\MEInfoWin.exe -verbose\nVendorID: 8086\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].command.at(1), "-verbose");
}

TEST(ReadReport, EscapesInALogAreMadeVisible) {
  const FieldReport report = reading("BIOS Version: \x1b]0;owned\x07<script>alert(1)</script>\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].lines[0].text,
            "BIOS Version: \\x1b]0;owned\\x07<script>alert(1)</script>");
}

}  // namespace
}  // namespace scenarios::field
