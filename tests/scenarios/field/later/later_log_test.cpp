// SPDX-License-Identifier: BSD-3-Clause
// Logs of owners, and logs that come out here: each is brought about again, with what explains it.
// Lines and words are those of the threads that docs/owners-reports.md and docs/generations.md
// name.
#include "scenarios/field/later/later_log.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

class LaterLogsTest : public testing::Test {
 protected:
  const LaterLogs& logs_in(const std::string& text) {
    report_ = reading(text);
    auto made = later_logs(report_, folder_.path());
    EXPECT_TRUE(made);
    logs_ = std::move(*made);
    return logs_;
  }
  const LaterLog& only(const std::string& text) {
    EXPECT_EQ(logs_in(text).logs.size(), 1u) << text;
    static const LaterLog nothing;
    return logs_.logs.empty() ? nothing : logs_.logs.back();
  }
  /// The first explanation.
  static LaterExplanation best(const LaterLog& log) {
    return log.explanations.empty() ? LaterExplanation{.text = "(none)", .id = "(none)"}
                                    : log.explanations.front();
  }
  static std::string lines_of(const LaterLog& log) {
    std::string text = log.failure + "\n";
    for (const ComparedLine& line : log.comparison.lines)
      text += std::string(name(line.verdict)) + " | " + line.log.text + " | " + line.ours + "\n";
    for (const std::string& line : log.comparison.beyond) text += "beyond | " + line + "\n";
    return text;
  }

  engine::StoryFolder folder_;
  FieldReport report_;
  LaterLogs logs_;
};

constexpr const char* kBannerOfNine =
    "Intel (R) Firmware Update Utility Version: 9.1.45.3000\nCommunication Mode: MEI\n"
    "Checking firmware parameters...\n";
constexpr const char* kWarningLine =
    "Warning: Do not exit the process or power off the machine before the firmware update process "
    "ends.\n";

TEST_F(LaterLogsTest, AnUpdateOfNineThatFailsInStageFourOfNineteenDoesSoHere) {
  const LaterLog& log = only(std::string("FWUpdLcl64.exe -allowsv -f 9.0.20.1447.BIN\n") +
                             kBannerOfNine + kWarningLine +
                             "Sending the update image to FW for verification:  [ COMPLETE ]\n"
                             "FW Update:  [  21% (Stage: 4 of 19) (-)]\n"
                             "Error 8741: FW Update Failed.\n"
                             "Error 8707: Firmware update failed due to an internal error\n");
  EXPECT_EQ(log.status(), LogStatus::reproduced) << lines_of(log);
  EXPECT_EQ(best(log).id, "flash-refuses");
  EXPECT_TRUE(best(log).remedied);
  ASSERT_EQ(log.words.size(), 6u);
  EXPECT_EQ(log.words[1] >> 28, 7u) << "the phase \"FWUpdate\" of a real one";
}

TEST_F(LaterLogsTest, TheStageThatALogShowsIsTheOneInWhichItFails) {
  for (const int stage : {2, 7, 12, 17}) {
    const int percent = stage * 100 / 19;
    const LaterLog& log =
        only(std::string(kBannerOfNine) + kWarningLine +
             "Sending the update image to FW for verification:  [ COMPLETE ]\n" + "FW Update:  [ " +
             std::to_string(percent) + "% (Stage: " + std::to_string(stage) + " of 19) (|)]\n" +
             "Error 8741: FW Update Failed.\nError 8707: an internal error\n");
    EXPECT_TRUE(log.reproduced()) << stage << "\n" << lines_of(log);
  }
}

/// The tool's columns are as wide as they like, and people paste a line of them by hand.
TEST_F(LaterLogsTest, AMeinfoLineIsTheSameWithAColonAndWithout) {
  const std::string banner = "Intel(R) MEInfo Version: 12.0.70.1652\n";
  for (const char* lines : {"BIOS Version 1.3.4\nFW Version 12.0.24.1314\n",
                            "BIOS Version: 1.3.4\nFW Version: 12.0.24.1314\n",
                            "BIOS Version              1.3.4\nFW Version   12.0.24.1314\n"}) {
    const LaterLog& log = only(banner + lines);
    EXPECT_TRUE(log.reproduced()) << lines << lines_of(log);
    const auto& compared = log.comparison.lines;
    EXPECT_EQ(std::count_if(compared.begin(), compared.end(),
                            [](const ComparedLine& line) {
                              return line.verdict == LineVerdict::equal && !line.ours.empty();
                            }),
              2)
        << lines << lines_of(log);
  }
}

TEST_F(LaterLogsTest, AFileOfAnotherLengthIsRefusedBeforeAnythingIsSent) {
  const LaterLog& log = only(
      std::string("FWUpdLcl64.exe -F ME9.1_5M_Production.bin -allowsv -y\n") + kBannerOfNine +
      kWarningLine + "Error 8746: Firmware update not initiated due to invalid image length\n");
  EXPECT_EQ(log.status(), LogStatus::reproduced) << lines_of(log);
  EXPECT_EQ(best(log).id, "cut-file");
  EXPECT_TRUE(best(log).remedied);
}

/// What the owner of a board in recovery sees, with the words that its BIOS or Linux shows.
struct Recovered {
  const char* words;
  const char* error;
  std::string_view id;
  std::uint16_t generation;
};
TEST_F(LaterLogsTest, RecoveriesOf15And16ComeAboutWithTheNumbersThatOwnersMet) {
  const Recovered all[] = {
      {"94000242\n02F10507\n00000030\n00004004\n00001F03\nC44003C9\n", "280",
       "tool-stops-at-recovery", 15},
      {"94000242\n02F10507\n00000030\n00004004\n00001F03\nC44003C9\n", "357", "older-control-12",
       15},
      {"94000242\n02F10507\n00000030\n00004004\n00001F03\nC44003C9\n", "445", "older-part-12", 15},
      {"94000642\n00F10507\n00000030\n00004004\n02041F03\nC44003CB\n", "280",
       "tool-stops-at-recovery", 16},
      {"94000642\n00F10507\n00000030\n00004004\n02041F03\nC44003CB\n", "445", "older-part-12", 16},
  };
  for (const Recovered& each : all) {
    const std::string version = each.generation == 15 ? "15.0.55.2751" : "16.1.42.2872";
    const LaterLogs& made = logs_in(
        std::string("$ cat /sys/class/mei/mei0/fw_status\n") + each.words +
        "$ cat /sys/class/mei/mei0/fw_ver\n0:" + version + "\n0:" + version + "\n0:" + version +
        "\n$ sudo ./FWUpdLcl -F FWUpdate.bin\nIntel (R) FW Update Version: " +
        std::to_string(each.generation) +
        ".0.35.1951\nChecking firmware parameters...\nFW Error Code: " + each.error + ".\n");
    ASSERT_FALSE(made.logs.empty());
    for (const LaterLog& log : made.logs)
      EXPECT_TRUE(log.reproduced()) << each.error << "\n" << lines_of(log);
    const LaterLog& last = made.logs.back();
    EXPECT_EQ(best(last).id, each.id);
    EXPECT_TRUE(best(last).remedied) << each.error;
    EXPECT_EQ(last.version, version);
    ASSERT_EQ(last.words.size(), 6u);
    EXPECT_EQ(fmt::format("{:08X}", last.words[0]), std::string(each.words).substr(0, 8));
    EXPECT_EQ(fmt::format("{:08X}", last.words[1]), std::string(each.words).substr(9, 8));
  }
}

struct Refused {
  const char* text;
  std::string_view id;
  bool seen;  ///< a line speaks for it
};
TEST_F(LaterLogsTest, RefusalsThatOwnersMetComeAboutHere) {
  const Refused all[] = {
      {"ME firmware now: 7.1.86.1221\nC:\\>FWUpdLcl64.exe -f 81651568.bin -generic\n"
       "Error 8727: Firmware update tool failed to get the firmware parameters.\n",
       "other-generation", true},
      {"Intel(R) MEInfo Version: 11.8.55.3510\nFW Version 11.0.0.1173 H\n"
       "Local FWUpdate                               Disabled\n"
       "Intel (R) Firmware Update Utility Version: 11.8.55.3510\nCommunication Mode: MEI\n"
       "Error 8719: Firmware update cannot be initiated because Local Firmware update is "
       "disabled\n",
       "local-update-closed", true},
      {"Intel (R) Firmware Update Utility Version: 9.5.62.3002\nCommunication Mode: MEI\n"
       "Local FWUpdate is Enabled\n*****   Image Info      ******\n"
       "Version                 : 278.5888.528.528\nError 8771: Invalid File\n",
       "cleaned-file", true},
      {"FWUpdLcl64.exe -f me.bin\nIntel (R) Firmware Update Utility Version: 11.8.55.3510\n"
       "Error 8743: Unknown or Unsupported Platform\n"
       "Cannot locate hardware platform identification\n"
       "This program cannot be run on the current platform.\n",
       "never-ready", false},
      {"Intel (R) Firmware Update Utility Version: 7.1.50.1166\n"
       "Error 8193: Intel (R) ME Interface : Cannot locate ME device driver\n",
       "no-device", false},
      {"Intel (R) Firmware Update Utility Version: 11.8.90.3987\n"
       "Error 8769: Polling for FW Update Failed.\n"
       "Error 8193: Fail to load MEI device driver (PCI access for Windows)\n",
       "gone-in-the-middle", false},
  };
  for (const Refused& each : all) {
    const LaterLogs& made = logs_in(each.text);
    ASSERT_FALSE(made.logs.empty()) << each.id;
    const LaterLog& log = made.logs.back();
    EXPECT_TRUE(log.reproduced()) << each.id << "\n" << lines_of(log);
    EXPECT_EQ(best(log).id, each.id) << lines_of(log);
    EXPECT_EQ(!best(log).seen.empty(), each.seen) << each.id;
    EXPECT_TRUE(best(log).remedied) << each.id;
  }
}

TEST_F(LaterLogsTest, ANumberThatNothingHereBringsAboutIsNotReproduced) {
  EXPECT_TRUE(logs_in("Intel (R) Firmware Update Utility Version: 9.1.45.3000\n"
                      "Communication Mode: MEI\nError 8728: words\n")
                  .logs.empty());
}

TEST_F(LaterLogsTest, ALogThatShowsMoreThanItsRefusalAllowsDiffers) {
  const LaterLog& log = only(std::string(kBannerOfNine) + kWarningLine +
                             "Sending the update image to FW for verification:  [ COMPLETE ]\n"
                             "FW Update:  [  21% (Stage: 4 of 19) (-)]\n"
                             "Error 8719: Firmware update cannot be initiated\n");
  EXPECT_EQ(log.status(), LogStatus::differs) << lines_of(log);
  EXPECT_TRUE(log.explanations.empty());
}

constexpr const char* kStatusOfNine =
    "Intel(R) MEInfo Version: 9.1.45.3000\nFW Status Register1: 0x1E000245\n"
    "FW Status Register2: 0x76442312\nFW Status Register3: 0x00000000\n"
    "FW Status Register4: 0x00000000\nFW Status Register5: 0x00000000\n"
    "FW Status Register6: 0x00000000\nCurrentState: Normal\nManufacturingMode: Disabled\n"
    "FlashPartition: Valid\nOperationalState: M0 with UMA\nInitComplete: Complete\n"
    "BUPLoadState: Success\nErrorCode: No Error\nModeOfOperation: Normal\nPhase: FWUpdate\n"
    "ICC: No valid OEM data, ICC programmed with default values\nME File System Corrupted: No\n";

TEST_F(LaterLogsTest, TheWordsBehindAFailedUpdateComeFromOneThatFails) {
  const LaterLog& log = only(kStatusOfNine);
  EXPECT_EQ(log.status(), LogStatus::reproduced) << lines_of(log);
  EXPECT_EQ(best(log).id, name(EngineCondition::update_failed));
  ASSERT_EQ(log.words.size(), 6u);
  EXPECT_EQ(log.words[1], 0x76442312u);
}

TEST_F(LaterLogsTest, AStateThatItsWordsDoNotSayDiffers) {
  std::string text = kStatusOfNine;
  text.replace(text.find("CurrentState: Normal"), 20, "CurrentState: Recovery");
  const LaterLog& log = only(text);
  EXPECT_EQ(log.status(), LogStatus::differs) << lines_of(log);
}

TEST_F(LaterLogsTest, WhatAnyLegalValueOfMeinfoShowsIsTheBoards) {
  const std::string text =
      "Intel(R) MEInfo Version: 9.1.20.1035\nIntel(R) ME code versions:\n"
      "BIOS Version:                           1.12\n"
      "FW Version:                             9.1.35.1006 H\n"
      "LMS Version:                            Not Available\n"
      "MEI Driver Version:                     11.0.0.1157\n"
      "Last ME reset reason:                   Power up\n"
      "Local FWUpdate:                         Enabled\n"
      "BIOS boot State:                        Post Boot\n"
      "SPI Flash ID #1:                        EF4017\n";
  const std::pair<const char*, const char*> changes[] = {
      {"1.12", "1.12"},
      {"1.12", "N1EETA2W (1.75 )"},
      {"9.1.35.1006", "9.0.2.1345"},
      {"11.0.0.1157", "9.5.15.1730"},
      {"Power up", "Global system reset"},
      {"FWUpdate:                         Enabled", "FWUpdate:                         Disabled"},
      {"Post Boot", "Pre Boot"},
      {"EF4017", "C22018"}};
  for (const auto& [from, to] : changes) {
    std::string changed = text;
    changed.replace(changed.find(from), std::string_view(from).size(), to);
    const LaterLog& log = only(changed);
    EXPECT_TRUE(log.reproduced()) << to << "\n" << lines_of(log);
  }
}

TEST_F(LaterLogsTest, AnUpdateClientThatDoesNotAnswerIsToldAsTheToolTellsIt) {
  const LaterLog& log = only(
      "Intel(R) MEInfo Version: 8.1.56.1541\n"
      "Error 9458: Communication error between application and Intel(R) ME module (FW Update "
      "client)\nError 9459: Internal error (Could not determine FW features information)\n");
  EXPECT_TRUE(log.reproduced()) << lines_of(log);
  EXPECT_EQ(best(log).id, name(EngineCondition::not_ready));
}

TEST_F(LaterLogsTest, AnErrorOfMeinfoThatNothingBringsAboutIsNotReproduced) {
  const LaterLog& log = only(
      "Intel(R) MEInfo Version: 11.8.50.3470\nIntel(R) ME code versions:\nBIOS Version A1\n"
      "FW Version 11.8.50.3425 H\nLast ME reset reason Power up\nLocal FWUpdate Enabled\n"
      "Error 82: Communication error between application and Intel(R) ME module\n");
  EXPECT_EQ(log.status(), LogStatus::differs) << lines_of(log);
}

TEST_F(LaterLogsTest, OfToolsThatNobodyPrintsHereTheFactsComeOut) {
  const LaterLog& log = only(
      "MEI found: [8086:1e3a] 7 Series/C216\nME Status   : 0x1e003052\n"
      "ME Status 2 : 0x1632017a\n"
      "ME: Current Working State   : Recovery\n");
  EXPECT_TRUE(log.reproduced());
  ASSERT_EQ(log.facts.size(), 2u);
  EXPECT_EQ(log.facts[0].ours, "1E003052");
  EXPECT_EQ(log.facts[1].ours, "1632017A");
}

/// Whatever the tool prints here is explained by what was done: no cause is there that no log
/// could lead to.
TEST_F(LaterLogsTest, EveryCauseExplainsTheLogThatItLeadsTo) {
  for (const Cause& cause : causes()) {
    const std::uint16_t generation = cause.first < 12 ? 9 : 15;
    const std::string version = generation == 9 ? "9.0.2.1345" : "15.0.55.2751";
    const std::string banner = generation == 9
                                   ? "Intel (R) Firmware Update Utility Version: 9.1.45.3000\n"
                                   : "Intel (R) FW Update Version: 15.0.35.1951\n";
    const LaterLogs& board = logs_in("ME Firmware Version: " + version + "\n");
    ASSERT_EQ(board.boards.size(), 1u);
    const auto condition =
        cause.looks_at == LooksAt::recovery ? EngineCondition::second_lost : EngineCondition::runs;
    const auto played = play({.profile = board.boards[0].file,
                              .condition = condition,
                              .cause = &cause,
                              .image = {},
                              .info = {}},
                             folder_.path());
    ASSERT_TRUE(played) << cause.id << ": " << played.error().doing;
    const LaterLogs& again =
        logs_in("ME Firmware Version: " + version + "\n" + banner + played->printed);
    ASSERT_FALSE(again.logs.empty()) << cause.id << "\n" << played->printed;
    const LaterLog& log = again.logs.back();
    const auto same_deed = [&](std::string_view id) {
      const auto row = std::find_if(causes().begin(), causes().end(),
                                    [&](const Cause& each) { return each.id == id; });
      return row != causes().end() && row->file == cause.file && row->board == cause.board;
    };
    const bool explained =
        std::any_of(log.explanations.begin(), log.explanations.end(),
                    [&](const LaterExplanation& each) { return same_deed(each.id); });
    EXPECT_TRUE(explained) << cause.id << "\n" << played->printed << lines_of(log);
  }
}

}  // namespace
}  // namespace scenarios::field
