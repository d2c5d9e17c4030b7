// SPDX-License-Identifier: BSD-3-Clause
// What is told of runs whose boards are not simulated: never only that they are not.
#include "scenarios/field/report/case_of_run.h"

#include <gtest/gtest.h>

#include <string>

#include "scenarios/field/reading/read_report.h"

namespace scenarios::field {
namespace {

/// Of every run in a post that is not covered, what the terminal's page says.
std::string told(const std::string& post) {
  FieldReport report;
  read_text(post, "post.txt", report);
  std::string text;
  for (const ToolRun& run : report.runs) {
    if (!is_covered(run)) text += case_text(case_of(report, run));
  }
  return text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(CaseOfRun, ExplainsEveryErrorAndWhatTheyMeanTogether) {
  const std::string text = told(
      "Intel (R) Firmware Update Utility Version: 11.8.90.3987\n"
      "Error 8769: Polling for FW Update Failed.\n"
      "Error 8193: Fail to load MEI device driver (PCI access for Windows)\n");
  for (const char* part :
       {"that means: The ME stopped in the middle of writing", "8193 (no ME device)",
        "8769 (polling failed)", "look next: Do not switch off while it writes", "winraid 40162"})
    EXPECT_TRUE(holds(text, part)) << part << "\n" << text;
  EXPECT_LT(text.find("8193 (no"), text.find("8769 (polling")) << text;
}

TEST(CaseOfRun, NamesTheMajorVersionsOfBoardAndImage) {
  const std::string text = told(
      "ME firmware now: 7.1.86.1221\nC:\\>FWUpdLcl64.exe -f 81651568.bin -generic\n"
      "Intel (R) Firmware Update Utility Version: 7.1.50.1166\n"
      "Error 8727: Firmware update tool failed to get the firmware parameters.\n");
  EXPECT_TRUE(holds(text, "board 7.1, image 8.1")) << text;
  EXPECT_TRUE(holds(text, "of different major versions")) << text;
  EXPECT_FALSE(holds(text, "Run the same command again")) << text;
}

TEST(CaseOfRun, KnowsAnInvalidFileByItsVersion) {
  const std::string text = told(
      "Intel (R) Firmware Update Utility Version: 9.5.62.3002\nCommunication Mode: MEI\n"
      "Local FWUpdate is Enabled\n*****   Image Info      ******\n"
      "Version                 : 278.5888.528.528\nError 8771: Invalid File\n");
  EXPECT_TRUE(holds(text, "makes no sense: the file was changed")) << text;
  EXPECT_TRUE(holds(text, "solved: the unchanged image was taken")) << text;
}

TEST(CaseOfRun, JoinsAnErrorWithWhatAnotherToolOfThePostShows) {
  const std::string text = told(
      "Intel(R) MEInfo Version: 11.8.55.3510\n"
      "FW Version: 11.0.0.1173 H\n"
      "Local FWUpdate: Disabled\n"
      "Intel (R) Firmware Update Utility Version: 11.8.55.3510\nCommunication Mode: MEI\n"
      "Error 8719: Firmware update cannot be initiated because Local Firmware update is "
      "disabled\n");
  EXPECT_TRUE(holds(text, "which is the reason for 8719")) << text;
  EXPECT_TRUE(holds(text, "Who switched it off is not known")) << text;
}

TEST(CaseOfRun, ReadsTheStatusWordsOfALog) {
  const std::string text = told(
      "Intel(R) MEInfo Version: 11.8.50.3448\nFW Status Register1: 0x8030404E\n"
      "FW Status Register2: 0x340D0006\nCurrentState: Unknown (14)\n"
      "Error 86: Communication error between application and Intel(R) ME module (FWU client)\n"
      "Error 81: Internal error (Could not determine FW features information)\n");
  EXPECT_TRUE(holds(text, "its status words: 8030404E 340D0006")) << text;
  EXPECT_TRUE(holds(text, "The engine has halted")) << text;
  EXPECT_LT(text.find("86 (no answer"), text.find("81 (features")) << text;
}

TEST(CaseOfRun, AlwaysHasSomethingToLookAtNext) {
  for (const char* post : {"Intel(R) MEInfo Version: 9.1.0.1120\nBIOS Version: A18\n",
                           "Intel(R) MEInfo Version: 12.0.70.1652\nBIOS Version: A18\n",
                           "Intel(R) MEInfo Version: 2.5.2.1009\nBIOS Version: A18\n",
                           "Intel (R) Firmware Update Utility Version: 8.1.40.1456\n"
                           "Communication Mode: MEI\nError 4711: a number of no list\n"}) {
    const std::string text = told(post);
    EXPECT_TRUE(holds(text, "look next: ")) << post << text;
  }
}

TEST(CaseOfRun, TellsProgramsTheSameAsFields) {
  FieldReport report;
  read_text(
      "Intel (R) Firmware Update Utility Version: 11.8.90.3987\n"
      "Error 8769: Polling for FW Update Failed.\nError 8193: Fail to load MEI device driver\n",
      "post.txt", report);
  ASSERT_EQ(report.runs.size(), 1u);
  const auto json = case_json(case_of(report, report.runs.front()));
  ASSERT_EQ(json["numbers"].size(), 2u);
  EXPECT_EQ(json["numbers"][0]["number"], 8193);
  EXPECT_EQ(json["known_cases"][0]["id"], "gone-while-writing");
  EXPECT_FALSE(json["look_next"].empty());
}

}  // namespace
}  // namespace scenarios::field
