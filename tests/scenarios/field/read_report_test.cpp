// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/read_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/scenarios/field/reports.h"
#include "tests/temporary_folder.h"

namespace scenarios::field {
namespace {

FieldReport reading(const std::string& text) {
  FieldReport report;
  read_text(text, "pasted.txt", report);
  return report;
}

/// `text` with `change` applied to every line.
template <class Change>
std::string each_line(const std::string& text, Change change) {
  std::istringstream in(text);
  std::string line;
  std::string out;
  for (int number = 1; std::getline(in, line); ++number) out += change(number, line);
  return out;
}

std::string value(const ToolRun& run, Fact fact) {
  const Observation* found = run.find(fact);
  return found == nullptr ? "(not there)" : found->value;
}

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

std::string tried_in(const std::string& text) {
  std::string tried;
  for (const TriedLine& line : reading(text).tried) tried += std::string(name(line.what)) + "; ";
  return tried;
}

TEST(ReadReport, WhatIsAskedDeniedOrProposedWasNotTried) {
  for (const char* line :
       {"Did you clear the TPM?", "I have not cleared the TPM.", "AMT is not provisioned",
        "I haven't cleared the TPM", "I haven\xE2\x80\x99t cleared the TPM",
        "You should clear the TPM.", "Maybe one could disable the TPM",
        "Nothing works. Did you enable the TPM?"})
    EXPECT_EQ(tried_in(line), "") << line;
}

TEST(ReadReport, WhatIsFearedRequiredOrTrueUnderAConditionWasNotTried) {
  for (const char* line : {"I've never cleared the TPM.",
                           "I have tried everything except clearing the TPM.",
                           "Clearing the TPM is not an option for me",
                           "I am afraid to clear the TPM.",
                           "If I clear the TPM I lose my keys.",
                           "If I cleared the TPM I would lose my keys.",
                           "Someone told me to clear the TPM but I did not want to",
                           "The manual says the TPM must be disabled before the update.",
                           "The manual says the TPM is disabled before the update.",
                           "I have never unplugged it, it is a server.",
                           "WARNING: Never unplug the computer while the update runs!",
                           "After that clear the TPM and start again",
                           "First clear the TPM, then run it",
                           "Have you tried clearing the TPM?",
                           "I have to clear the TPM",
                           "I unplugged the monitor",
                           "The TPM was enabled when I bought it",
                           "TPM: Enabled, Owned, Active",
                           "I waited ten minutes, it hangs",
                           "I changed the MEBx password",
                           "TPM ist deaktiviert",
                           "TPM nicht geloescht",
                           "TPM gel\xC3\xB6scht: nein",
                           "Ich h\xC3\xA4tte das TPM gel\xC3\xB6scht, aber"})
    EXPECT_EQ(tried_in(line), "") << line;
}

TEST(ReadReport, WhatDidNotHelpWasTried) {
  EXPECT_EQ(tried_in("I cleared the TPM, that did not help"), "TPM cleared; ");
  EXPECT_EQ(tried_in("Clearing the TPM didn't help."), "TPM cleared; ");
  EXPECT_EQ(tried_in("I disabled the TPM. What should I do?"), "TPM disabled; ");
  EXPECT_EQ(tried_in("I could not update but I cleared the TPM"), "TPM cleared; ");
}

TEST(ReadReport, PeopleHaveManyWordsForWhatTheyTried) {
  EXPECT_EQ(tried_in("Activated the TPM in the BIOS"), "TPM activated; ");
  EXPECT_EQ(tried_in("Enabled ME Firmware Local Update in MEBx"), "local update switched on; ");
  EXPECT_EQ(tried_in("I turned off the TPM"), "TPM disabled; ");
  EXPECT_EQ(tried_in("I switched the TPM on again"), "TPM enabled; ");
  EXPECT_EQ(tried_in("I pulled the plug overnight"), "power taken away; ");
  EXPECT_EQ(tried_in("I pulled the mains plug too"), "power taken away; ");
  EXPECT_EQ(tried_in("Removed the battery and unplugged the laptop"), "power taken away; ");
  EXPECT_EQ(tried_in("I gave the correct owner password"), "TPM owner password given; ");
  EXPECT_EQ(tried_in("I waited until the lockout was over"), "lockout waited out; ");
  EXPECT_EQ(tried_in("Set deferred physical presence in the BIOS"),
            "update of the unowned TPM allowed; ");
  EXPECT_EQ(tried_in("I tried to clear the TPM"), "TPM cleared; ");
  EXPECT_EQ(tried_in("after TPM clear:"), "TPM cleared; ");
  EXPECT_EQ(tried_in("TPM habe ich gel\xC3\xB6scht (Clear)"), "TPM cleared; ");
}

TEST(ReadReport, ALineOfATableOrOfATornLogIsNobodysWords) {
  EXPECT_EQ(tried_in("TPM Operational Mode Enabled Owned Inactive"), "");
  EXPECT_EQ(tried_in("Local FWUpdate Enabled, allowed"), "");
  EXPECT_EQ(tried_in("Error (8721): Firmware update through\nTPM is enabled. Use -tpm switch"), "");
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

TEST(ReadReport, WhatTheOwnerTriedIsHeard) {
  const auto report = read_report({kReports + "esprimo-e5730"});
  ASSERT_TRUE(report);
  std::string tried;
  for (const TriedLine& line : report->tried) tried += std::string(name(line.what)) + "; ";
  EXPECT_EQ(tried, "AMT un-provisioned; AMT provisioned; TPM cleared; TPM disabled; TPM enabled; ");
}

class Pasted : public testing::Test {
 protected:
  const std::string original_ = contents("esprimo-e5730/fwupdlcl-win81.txt");

  void expect_same_runs(const std::string& text) {
    const FieldReport plain = reading(original_);
    const FieldReport marked = reading(text);
    ASSERT_EQ(marked.runs.size(), plain.runs.size());
    for (std::size_t i = 0; i < plain.runs.size(); ++i) {
      EXPECT_EQ(marked.runs[i].command, plain.runs[i].command);
      const auto want = plain.runs[i].of_kind(LineKind::content);
      const auto got = marked.runs[i].of_kind(LineKind::content);
      ASSERT_EQ(got.size(), want.size());
      for (std::size_t k = 0; k < want.size(); ++k) EXPECT_EQ(got[k]->text, want[k]->text);
    }
  }
};

TEST_F(Pasted, CarriageReturnsChangeNothing) {
  expect_same_runs(
      each_line(original_, [](int, const std::string& line) { return line + "\r\n"; }));
  expect_same_runs(each_line(original_, [](int, const std::string& line) { return line + "\r"; }));
}

TEST_F(Pasted, QuotationChangesNothing) {
  expect_same_runs(
      each_line(original_, [](int, const std::string& line) { return "> > " + line + "\n"; }));
}

TEST_F(Pasted, LineNumbersOfASpoilerChangeNothing) {
  expect_same_runs(each_line(original_, [](int n, const std::string& line) {
    return std::to_string(n) + ". " + line + "\n";
  }));
  expect_same_runs(each_line(original_, [](int n, const std::string& line) {
    return "> " + std::to_string(n) + "\t" + line + "\n";
  }));
}

TEST_F(Pasted, LineNumbersInABlockOfTheirOwnChangeNothing) {
  std::string numbers;
  for (int n = 1; n <= 46; ++n) numbers += std::to_string(n) + "\n";
  expect_same_runs(numbers + original_);
}

TEST_F(Pasted, TimesChangeNothing) {
  expect_same_runs(each_line(original_, [](int n, const std::string& line) {
    return "[12:34:" + std::to_string(n + 10) + "] " + line + "\n";
  }));
}

TEST_F(Pasted, Utf16ChangesNothing) {
  std::string wide = "\xFF\xFE";
  for (const char c : original_) wide += {c, '\0'};
  expect_same_runs(wide);
}

TEST_F(Pasted, Utf16WithoutItsMarkChangesNothing) {
  std::string little;
  std::string big;
  for (const char c : original_) {
    little += {c, '\0'};
    big += {'\0', c};
  }
  expect_same_runs(little);
  expect_same_runs(big);
}

TEST_F(Pasted, NamesOfAChatDiffsAndQuotesChangeNothing) {
  const std::string info = contents("esprimo-e5730/meinfo-dos-5.0.1.1111.txt");
  const auto content = [](const std::string& text) {
    const FieldReport report = reading(text);
    std::string lines;
    for (const ToolRun& run : report.runs) {
      for (const LogLine* line : run.of_kind(LineKind::content)) lines += line->text + "\n";
    }
    return lines;
  };
  const std::string plain = content(info);
  for (const std::string before : {"+", "<peter> ", "Peter Miller: ", "`", "\""}) {
    const std::string after = before.size() == 1 && before != "+" ? before : "";
    EXPECT_EQ(content(each_line(info,
                                [&](int, const std::string& line) {
                                  return line.empty() ? "\n" : before + line + after + "\n";
                                })),
              plain)
        << before;
  }
  EXPECT_EQ(
      content(each_line(info, [](int, const std::string& line) { return line + "\x1b[K\n"; })),
      plain);
}

TEST_F(Pasted, ALogThatAForumHasPutIntoOneLineIsReadLineByLine) {
  for (const char* file :
       {"esprimo-e5730/meinfo-dos-5.0.1.1111.txt", "thinkpad-t400/meinfo-windows-4.0.3.1124.txt"}) {
    const std::string log = contents(file);
    std::string flowed = log;
    std::replace(flowed.begin(), flowed.end(), '\n', ' ');
    const FieldReport plain = reading(log);
    const FieldReport one = reading("My log:\n" + flowed + "\nThanks\n");
    ASSERT_EQ(one.runs.size(), 1u) << file;
    const auto want = plain.runs.back().of_kind(LineKind::content);
    const auto got = one.runs[0].of_kind(LineKind::content);
    ASSERT_EQ(got.size(), want.size()) << file;
    for (std::size_t i = 0; i < want.size(); ++i) EXPECT_EQ(got[i]->text, want[i]->text);
  }
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

TEST_F(Pasted, ForeignLinesAreKeptAndNamed) {
  const FieldReport report = reading("Hello,\nplease help\n" + original_ + "thank you\n");
  ASSERT_EQ(report.runs.size(), 2u);
  ASSERT_EQ(report.prose.size(), 2u);
  EXPECT_EQ(report.prose[0].text, "Hello,");
  const auto unknown = report.runs[1].of_kind(LineKind::unknown);
  ASSERT_EQ(unknown.size(), 1u);
  EXPECT_EQ(unknown[0]->text, "thank you");
}

TEST_F(Pasted, LogsOfBothToolsInOneFileComeApart) {
  const std::string info = contents("esprimo-e5730/meinfo-win81-5.0.1.1111.txt");
  const FieldReport report = reading(original_ + info + info + original_);
  std::string tools;
  for (const ToolRun& run : report.runs) tools += std::string(name(run.tool)) + " ";
  EXPECT_EQ(tools, "FWUpdLcl FWUpdLcl MEInfo MEInfo FWUpdLcl FWUpdLcl ");
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

TEST(ReadReport, ABinaryFileIsNamedAsOne) {
  FieldReport report;
  read_text(std::string("MZ\0\1\2\3", 6), "me.bin", report);
  ASSERT_EQ(report.unusable.size(), 1u);
  EXPECT_EQ(report.unusable[0].why, "is a binary file, not a text log");
  EXPECT_TRUE(report.runs.empty());
}

TEST_F(Pasted, AFewNulsAmongTextAreDropped) {
  std::string text = original_;
  text.insert(text.size() / 2, 1, '\0');
  text.insert(0, 2, '\0');
  expect_same_runs(text);
  text.append(4096, '\0');
  expect_same_runs(text);
}

TEST(ReadReport, BinariesWithFewNulsAreBinaries) {
  std::string erased(5000, '\xFF');
  for (const std::size_t at : {10u, 4999u}) erased[at] = '\0';
  std::string dotted;
  for (int i = 0; i < 500; ++i) dotted += std::string("readable ") + '\0';
  for (const std::string& bytes : {erased, dotted, std::string(9, '\0')}) {
    FieldReport report;
    read_text(bytes, "me.bin", report);
    ASSERT_EQ(report.unusable.size(), 1u);
    EXPECT_EQ(report.unusable[0].why, "is a binary file, not a text log");
  }
}

TEST(ReadReport, AFileOfAHundredMegabytesIsNamedAndNotRead) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.file("large.txt");
  std::ofstream(path).seekp(100 << 20) << '.';
  const auto report = read_report({path});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->unusable.size(), 1u);
  EXPECT_NE(report->unusable[0].why.find("has 100 MiB"), std::string::npos);
}

TEST(ReadReport, EscapesInALogAreMadeVisible) {
  const FieldReport report = reading("BIOS Version: \x1b]0;owned\x07<script>alert(1)</script>\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].lines[0].text,
            "BIOS Version: \\x1b]0;owned\\x07<script>alert(1)</script>");
}

TEST(ReadReport, APathThatIsNotThereIsAnError) {
  const auto report = read_report({"/nowhere/at/all"});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, base::Errc::not_found);
}

}  // namespace
}  // namespace scenarios::field
