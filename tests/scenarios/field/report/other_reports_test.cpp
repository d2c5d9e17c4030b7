// SPDX-License-Identifier: BSD-3-Clause
// Reports of other machines than those whose real logs we have, in the shape of those.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <filesystem>

#include "scenarios/field/explain/picture.h"
#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/reproduction.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::field {
namespace {

/// MEInfo 5 under Windows on an invented desktop.
struct Board {
  std::string version = "5.1.4.1201";
  std::string capabilities = "46\nASF2\nIntel(R) AMT\nIntel(R) QST\nIntel(R) TPM";
  std::string qualifier = "Always";
  std::string local = "Enabled";
  std::string tpm = "Enabled Owned Active";

  std::string code() const { return version.substr(0, version.rfind('.')); }
  std::string build() const { return version.substr(version.rfind('.') + 1); }
};

std::string meinfo(const Board& board) {
  return fmt::format(
      "Intel(R) MEInfo Version: 5.0.0.1167\nReading Fw Status Register....\n"
      "FW Status Register: 0X1009065A\nBIOS Version: 786G1 v01.16\nIntel(R) AMT code versions:\n"
      "Flash: {0} Netstack: {0}\nApps: {0} Intel(R) AMT: {0}\nFW Capabilities: {2}\n"
      "VendorID: 8086\nBuild Number: {1}\nManageability Mode: Intel(R) AMT\n"
      "UNS Version: 5.2.0.1011\nLMS Version: 5.2.0.1014\nMEI Driver version: 5.2.0.1003\n"
      "Link status: Link up\nCryptography fuse: Enabled\nFlash protection: Enabled\n"
      "Last ME reset reason: Power up\nConfiguration state: Not started\n"
      "BIOS boot State: Post Boot\nMAC Address: 02-24-81-5a-00-7c\nFWU Override Counter: Always\n"
      "FWU Override Qualifier: {3}\nIP Address: 10.1.7.12\nMEBx Version: 5.0.1.3\n"
      "FT Version: {6}\nFT Build Number: {1}\nLocal FWUpdate: {4}\nSecure FWUpdate: Disabled\n"
      "Remote Connectivity Service Capability: False\nConfiguration Mode: Enterprise\n"
      "TPM Vendor ID: INTC\nTPM SPEC Version: 1.2.{6}\nTPM FW Version: {6}\n"
      "TPM Firmware Build Number: {1}\nTPM State: Operational\nTPM Operational Mode: {5}\n"
      "iTPM - FIPS 140-2: False\niTPM - Failed Attempts Threshold:8\n"
      "iTPM - Initial lockout period: 120\niTPM - Lockout multiplier: 2\n"
      "iTPM - Fade-out period: 7200\niTPM - Physical presence life time lock flag: False\n"
      "iTPM - Physical presence command enabled flag: True\n"
      "iTPM - Physical presence HW enabled flag: False\n"
      "TPM fuses (MCH/ICH/soft strap MCH/ soft strap ICH): Enabled\n"
      "FW behavior on Flash Descriptor Override Pin-Strap: Halt\n",
      board.code(), board.build(), board.capabilities, board.qualifier, board.local, board.tpm,
      board.code().substr(0, 3));
}

std::string sku_block(const std::string& version, unsigned sku) {
  return fmt::format("Version : {}\n", version) + "@" +
         fmt::format("SKU : ({})\n: Intel (R) QST\n: ASF2\n: Intel (R) AMT\n", sku) +
         ((sku & 0x20) != 0 ? ": Intel (R) TPM\n" : "");
}

/// FWUpdLcl 5 with -verbose under Windows up to what it says of the image.
std::string fwupdlcl(const Board& board, unsigned interfaces, const std::string& image,
                     unsigned sku = 2094) {
  std::string flash = sku_block(board.version, 2094);
  flash.replace(flash.find('@'), 1, "Last Update Staus : 0\n");
  std::string offered = sku_block(image, sku);
  offered.erase(offered.find('@'), 1);
  return "Firmware Update Utility Version 5.2.50.1042\n"
         "Trying to connect to MEI driver.Connected to HECI driver, version: 5.2.0.1003\n"
         "***** Flash Info ******\n" +
         flash + fmt::format("EnabledUpdateInterfaces : {}\n", interfaces) +
         "***** Image Info ******\n" + offered;
}

class OtherReport : public testing::Test {
 protected:
  Reproduction reproduction_of(const std::string& text) {
    FieldReport report;
    read_text(text, "post.txt", report);
    auto all = reproduce(std::move(report), folder_.path());
    EXPECT_TRUE(all);
    return std::move(*all);
  }

  void expect_all_reproduced(const Reproduction& all) {
    EXPECT_EQ(all.exit_status(), 0) << report_text(all);
    EXPECT_FALSE(all.explained.survivors.empty());
  }

  /// The best plan that needs no password, else the best.
  static std::string plan_of(const Reproduction& all) {
    std::string text;
    for (const AdvisedPlan& plan : all.advice.plans) {
      if (!text.empty() && plan.needs_secret) continue;
      text = fmt::format("{}/{}: ", plan.works_in.size(), all.advice.worlds.size());
      for (const AdvisedStep& step : plan.steps) text += step.what + "; ";
      if (!plan.needs_secret) break;
    }
    return text;
  }

  engine::StoryFolder folder_;
};

TEST_F(OtherReport, LocalUpdateIsSwitchedOffInMebxAndSwitchingItOnHelps) {
  const Board board{.qualifier = "Never", .local = "Disabled", .tpm = "Enabled Unowned Active"};
  const Reproduction all = reproduction_of(meinfo(board) + fwupdlcl(board, 1, "5.2.11.1025") +
                                           "Error (8719): Firmware update cannot be initiated "
                                           "because Local Firmware update is disabled\n");
  expect_all_reproduced(all);
  EXPECT_NE(plan_of(all).find("ME Firmware Local Update"), std::string::npos) << report_text(all);
}

TEST_F(OtherReport, WhereNothingHelpsTheUpdatersOwnReasonAndNextStepAreTold) {
  const Reproduction all =
      reproduction_of(meinfo({.tpm = "Enabled Unowned Active"}) + fwupdlcl({}, 0, "5.2.11.1025") +
                      "Error (8719): Local Firmware update is disabled\n");
  EXPECT_TRUE(all.advice.plans.empty());
  EXPECT_NE(all.advice.why_none.find("do not include the local one. Next step: "),
            std::string::npos)
      << all.advice.why_none;
}

TEST_F(OtherReport, LocalUpdateWasClosedAtTheMomentOfTheUpdateThoughMeinfoShowsItOpen) {
  const Board board{.tpm = "Enabled Unowned Active"};
  const Reproduction all = reproduction_of(meinfo(board) + fwupdlcl(board, 1, "5.2.11.1025") +
                                           "Error (8719): Local Firmware update is disabled\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.text.find("set-up had closed local update when the update was"),
            std::string::npos)
      << all.explained.best.text;
}

TEST_F(OtherReport, ALogThatEndsInATimeoutIsExplainedByAnMeThatDoesNotAnswer) {
  const Board board{.tpm = "Enabled Unowned Active"};
  const Reproduction all =
      reproduction_of(fwupdlcl(board, 1, "5.2.11.1025") +
                      "Communication Mode: HECI\nError (8718): Firmware update timed out.\n");
  expect_all_reproduced(all);
  EXPECT_EQ(all.explained.best.text, "the ME never answered the beginning of the upload");
}

TEST_F(OtherReport, AnImageForAnotherSkuIsSeenAndTheRightOneIsAdvised) {
  const Board board;
  const Reproduction all =
      reproduction_of(fwupdlcl(board, 1, "5.2.11.1025", 2062) + "Error (8704): SKU mismatch\n");
  expect_all_reproduced(all);
  EXPECT_NE(plan_of(all).find("for this very model"), std::string::npos) << report_text(all);
}

TEST_F(OtherReport, WhoeverWaitsIsToldWhatWasFoundAndThenHowFarTheSearchHasCome) {
  const Board board;
  FieldReport report;
  read_text(fwupdlcl(board, 1, "5.2.11.1025") + "Error (8719): disabled\n", "post.txt", report);
  std::vector<std::string> told;
  const auto all =
      reproduce(std::move(report), folder_.path(),
                {.found =
                     [&told](const Reproduction& so_far) {
                       EXPECT_TRUE(so_far.runs.empty());
                       told.push_back(found_text(so_far));
                     },
                 .progress = [&told](const std::string& words) { told.push_back(words); }});
  ASSERT_TRUE(all);
  ASSERT_GT(told.size(), 2u);
  EXPECT_NE(told[0].find("board1-windows-5.1.4.1201"), std::string::npos) << told[0];
  EXPECT_NE(told[0].find("post.txt:1-"), std::string::npos) << told[0];
  EXPECT_EQ(told[1], "explanations: 1 combinations tried, 0 reproduce every log");
  EXPECT_TRUE(told.back().starts_with("advice: ")) << told.back();
}

TEST_F(OtherReport, AnImageOfAnotherGenerationIsSeen) {
  const Board board;
  const Reproduction all =
      reproduction_of(fwupdlcl(board, 1, "4.2.11.1025") + "Error (8705): Version mismatch\n");
  expect_all_reproduced(all);
  EXPECT_NE(plan_of(all).find("for this very model"), std::string::npos) << report_text(all);
}

TEST_F(OtherReport, AnUpdateThatWentThroughIsReproducedWithTheStatesBeforeAndAfter) {
  const Board before;
  const Board after{.version = "5.2.11.1025"};
  const Reproduction all = reproduction_of(
      "before\n" + meinfo(before) + fwupdlcl(before, 1, "5.2.11.1025") +
      "Communication Mode: HECI\nFirmware update completed successfully.\nafter\n" + meinfo(after));
  expect_all_reproduced(all);
  EXPECT_EQ(all.states.size(), 2u);
  EXPECT_EQ(all.states[0].board, all.states[1].board);
  EXPECT_TRUE(all.advice.plans.empty());
}

TEST_F(OtherReport, ThePasswordWasGivenInTheSecondRunOnly) {
  const std::string head =
      "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n"
      "Communication Mode: TPM\n";
  const Reproduction all = reproduction_of(
      "C:\\DRIVERS\\ME>MEUPD.CMD\n" + head +
      "Error (8729): TPM in owned state, owner password is required\n"
      "C:\\DRIVERS\\ME>MEUPD.CMD secret\n" +
      head + "FW image is uploading through TPM.\nFirmware update completed successfully.\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.text.find("the TPM owner's password was given (in post.txt:6-"),
            std::string::npos)
      << all.explained.best.text;
}

/// One board updates through the TPM, of the other local update is closed: neither tells anything
/// of the other.
TEST_F(OtherReport, TwoBoardsAreExplainedEachByItself) {
  const std::string board =
      "Intel(R) MEInfo Win Version: 4.2.50.1053\nBIOS Version: 7UET93WW (3.23 )\n"
      "Intel(R) AMT code versions:\nFlash: 4.0.3\nNetstack: 4.0.3\nApps: 4.0.3\n"
      "Intel(R) AMT: 4.0.3\n";
  std::string other = board;
  for (std::size_t at = other.find("4.0.3"); at != other.npos; at = other.find("4.0.3"))
    other.replace(at, 5, "4.1.3");
  const std::string head =
      "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n";
  const Reproduction all =
      reproduction_of(board + head + "Communication Mode: TPM\nError (8729): TPM in owned state\n" +
                      "On my other PC I get:\n" + other + head +
                      "Error (8719): Local Firmware update is disabled\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.text.find("set-up had closed local update, on board 2"),
            std::string::npos)
      << all.explained.best.text;
  EXPECT_EQ(all.explained.best.text.find("closed local update, on board 1"), std::string::npos);
  EXPECT_EQ(all.advice.worlds.size(), 2u);
}

TEST_F(OtherReport, WhatTheWordsBesideALogTellIsToldBesideIt) {
  const std::string log =
      "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n"
      "Communication Mode: TPM\nError (8729): TPM in owned state, owner password is required\n";
  const std::string words =
      "My T480 says \"Me FW Downgrade - Request MeSpiLock Failed\" each time.\n";
  const std::string text = report_text(reproduction_of(words + "\nOn the T400:\n" + log));
  EXPECT_NE(text.find("Beside the logs the text tells"), std::string::npos) << text;
  EXPECT_NE(text.find("did not let it write"), std::string::npos) << text;
  EXPECT_EQ(report_text(reproduction_of(log)).find("Beside the logs"), std::string::npos);
}

TEST_F(OtherReport, AnMeThatHangsIsWokenByTakingThePowerAway) {
  const Board board{.tpm = "Enabled Unowned Active"};
  const Reproduction all =
      reproduction_of(fwupdlcl(board, 1, "5.2.11.1025") +
                      "Communication Mode: HECI\nError (8741): FW Update Failed.\n");
  expect_all_reproduced(all);
  EXPECT_EQ(all.explained.best.text, "the ME never answered the beginning of the upload");
  EXPECT_NE(plan_of(all).find("take all power away"), std::string::npos) << report_text(all);
}

TEST_F(OtherReport, WhatDidNotHelpMakesItsExplanationDoubtfulAndIsNotAdvisedInALongerForm) {
  const Board board{.tpm = "Enabled Owned Active"};
  const Reproduction all =
      reproduction_of("I unplugged the power cord for 10 minutes, nothing changed.\n" +
                      fwupdlcl(board, 1, "5.2.11.1025") +
                      "Communication Mode: HECI\nError (8741): FW Update Failed.\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.doubt.find("power taken away"), std::string::npos)
      << report_text(all);
  EXPECT_TRUE(all.advice.plans.empty()) << report_text(all);
  EXPECT_NE(all.advice.why_none.find("the report says did not help"), std::string::npos)
      << all.advice.why_none;
}

TEST_F(OtherReport, NoPlanRestsOnWhatDidNotHelpWithThePassword) {
  const Board board;
  const Reproduction all =
      reproduction_of("I unplugged the power cord.\n" + fwupdlcl(board, 5, "5.2.11.1025") +
                      "Communication Mode: TPM\nFW image is uploading through TPM.\n");
  expect_all_reproduced(all);
  ASSERT_NE(all.explained.best.text.find("the TPM owner's password was given"), std::string::npos)
      << all.explained.best.text;
  EXPECT_NE(all.explained.best.doubt.find("power taken away"), std::string::npos)
      << report_text(all);
  EXPECT_TRUE(all.advice.plans.empty()) << report_text(all);
}

TEST_F(OtherReport, AfterAnUpdateThatWentThroughNoAdviceIsNeeded) {
  const Board board;
  const std::string once = fwupdlcl(board, 5, "5.2.11.1025");
  const Reproduction all = reproduction_of(
      once + "Error (8721): Firmware update through TPM is enabled. Use -tpm switch\n" + once +
      "Communication Mode: TPM\nFW image is uploading through TPM.\n"
      "Firmware update completed successfully.\n");
  EXPECT_NE(all.advice.why_none.find("None is needed"), std::string::npos) << report_text(all);
  EXPECT_NE(report_text(all).find("None is needed"), std::string::npos);
}

TEST_F(OtherReport, AWrongUpdatePasswordIsSeenAndTheRightOneAdvised) {
  const Board board;
  const Reproduction all =
      reproduction_of("C:\\ME>FWUpdLcl.exe 5.2.11.1025.bin -generic -verbose -pass admin\n" +
                      fwupdlcl(board, 1, "5.2.11.1025") + "Communication Mode: HECI\n" +
                      "Error (8766): Wrong password.\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.text.find("the update password given was not the board's"),
            std::string::npos)
      << all.explained.best.text;
  EXPECT_NE(report_text(all).find("--password-file FILE"), std::string::npos) << report_text(all);
}

TEST_F(OtherReport, AnIch9DesktopOfGeneration3IsReadInTheWordingOf4) {
  const Reproduction all = reproduction_of(
      "Intel(R) MEInfo Win Version: 3.0.0.1018\nBIOS Version: 786F1 v01.28\n"
      "Intel(R) AMT code versions:\nFlash: 3.2.1\nNetstack: 3.2.1\nApps: 3.2.1\nIntel(R) AMT: "
      "3.2.1\n"
      "SKU: ASF IAMT\nVendorID: 8086\nBuild Number: 1014\nIntel(R) AMT Mode: Enterprise\n"
      "Link status: Link up\nCryptography fuse: Enabled\nFlash protection: Enabled\n"
      "Last ME reset reason: Power up\nConfiguration state: Not started\nBIOS boot State: Post "
      "Boot\n"
      "Host Mac Address: 02-1a-4b-11-22-33\nFWU Override Counter: Always\n"
      "FWU Override Qualifier: Never\nMEBx Version: 3.0.2.4\nFT Version: 3.2\n"
      "C:\\ME>FWUpdLcl.exe 3.2.3.1007.BIN -generic\nFirmware Update Utility Version 3.2.1.1022\n"
      "Trying to connect to MEI driver.\nError (8719): Local Firmware update is disabled\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.text.find("set-up had closed local update"), std::string::npos)
      << all.explained.best.text;
}

TEST_F(OtherReport, LaterGenerationsComeAboutAndAreNamedWithWhatTheyTell) {
  const Reproduction all = reproduction_of(
      "Intel(R) MEInfo Version:\nIntel(R) ME code versions:\nBIOS Version: F7\n"
      "FW Version: 9.0.31.1487 H\nIntel (R) Firmware Update Utility Version:\n"
      "Communication Mode: MEI\nError 8746: Firmware update not initiated\n");
  EXPECT_EQ(all.exit_status(), 0);
  EXPECT_EQ(all.verdict(), "2 of 2 logs reproduced");
  EXPECT_NE(found_text(all).find("ME 9, firmware \"9.0.31.1487\""), std::string::npos)
      << found_text(all);
  const std::string text = report_text(all);
  EXPECT_NE(text.find("firmware 9.0.31.1487, BIOS F7"), std::string::npos) << text;
  EXPECT_NE(text.find("8746 (invalid length)"), std::string::npos) << text;
  EXPECT_NE(text.find("tried here: the update then goes through"), std::string::npos) << text;
}

TEST_F(OtherReport, OfLaterGenerationsANumberThatNothingBringsAboutIsNotCovered) {
  const Reproduction all = reproduction_of(
      "Intel (R) Firmware Update Utility Version: 9.1.2.1000\nCommunication Mode: MEI\n"
      "Error 8728: words\n");
  EXPECT_EQ(all.exit_status(), 2);
  const std::string text = report_text(all);
  EXPECT_NE(text.find("not covered: FWUpdLcl 9.1.2.1000 of generation 9"), std::string::npos)
      << text;
}

TEST_F(OtherReport, OfLaterGenerationsEveryErrorIsToldInItsOwnWordsAndNoStepOfMeupdates) {
  const std::string text = report_text(
      reproduction_of("Intel (R) Firmware Update Utility Version: 11.6.20.1221\n"
                      "Communication Mode: MEI\nError 8769: Polling for the update failed.\n"
                      "Error 8193: Fail to load the MEI device driver\n"));
  EXPECT_NE(text.find("it tells: Error 8769: Polling for the update failed.; "
                      "Error 8193: Fail to load the MEI device driver"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("meupdate info"), std::string::npos) << text;
  EXPECT_NE(text.find(kOfLaterBoards), std::string::npos) << text;
}

TEST_F(OtherReport, AFirmwareThatIsBusyWithAnotherUpdateTakesOneOnceItsPowerWasAway) {
  const Reproduction all =
      reproduction_of(fwupdlcl({.tpm = "Enabled Unowned Active"}, 1, "5.2.11.1025") +
                      "Error (8708): an update is in progress already\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.text.find("another update was under way"), std::string::npos)
      << all.explained.best.text;
  EXPECT_TRUE(plan_of(all).starts_with("4/4: Shut down, take all power away")) << plan_of(all);
}

TEST_F(OtherReport, AnUpdateThatTheDeviceSaysRunsIsOverOnceItsPowerWasAway) {
  std::string log = fwupdlcl({.tpm = "Enabled Unowned Active"}, 1, "5.2.11.1025");
  log.replace(log.find("Staus : 0"), 9, "Staus : 531");
  const Reproduction all = reproduction_of(log + "Error (8708): already in progress\n");
  expect_all_reproduced(all);
  EXPECT_EQ(all.explained.best.weight, 0);
  EXPECT_TRUE(plan_of(all).starts_with("1/1: Shut down, take all power away")) << plan_of(all);
}

TEST_F(OtherReport, AFirmwareThatDroppedTheUpdateTakesOneOnceItsPowerWasAway) {
  const Reproduction all =
      reproduction_of(fwupdlcl({.tpm = "Enabled Unowned Active"}, 1, "5.2.11.1025") +
                      "Communication Mode: HECI\nError (8723): no update is in progress\n");
  expect_all_reproduced(all);
  EXPECT_NE(all.explained.best.text.find("dropped the update"), std::string::npos)
      << all.explained.best.text;
  EXPECT_NE(plan_of(all).find("Shut down, take all power away"), std::string::npos) << plan_of(all);
}

TEST_F(OtherReport, ALogThatSaysAllItselfIsExplainedByNothingElse) {
  const Reproduction all =
      reproduction_of(fwupdlcl({.tpm = "Enabled Unowned Active"}, 1, "4.2.11.1025") +
                      "Error (8705): version mismatch\n");
  expect_all_reproduced(all);
  ASSERT_EQ(all.explained.survivors.size(), 1u);
  EXPECT_TRUE(all.explained.survivors[0].also.empty());
  EXPECT_EQ(all.explained.best.weight, 0);
  ASSERT_EQ(all.advice.plans.size(), 1u) << report_text(all);
  EXPECT_EQ(plan_of(all),
            "1/1: Use the image that the board's maker offers for this very model; "
            "Update over HECI; ");
  EXPECT_NE(all.advice.plans[0].steps[0].why.find("the log's image"), std::string::npos);
}

TEST_F(OtherReport, NoPlanForSomeWorldsIsListedBesideOneForAll) {
  const Reproduction all = reproduction_of(
      meinfo({.tpm = "Enabled Owned Inactive"}) + fwupdlcl({}, 5, "5.2.11.1025") +
      "Communication Mode: TPM\nError (8729): TPM in owned state, owner password is required\n");
  bool everywhere[2] = {false, false};
  for (const AdvisedPlan& plan : all.advice.plans) {
    const bool all_worlds = plan.works_in.size() == all.advice.worlds.size();
    EXPECT_TRUE(all_worlds || !everywhere[plan.needs_secret]) << report_text(all);
    everywhere[plan.needs_secret] = everywhere[plan.needs_secret] || all_worlds;
  }
  EXPECT_TRUE(everywhere[0] && everywhere[1]) << report_text(all);
}

TEST_F(OtherReport, AnErrorOfWhichAPersonSpeaksBesideALaterToolsLogIsToldWithIt) {
  const std::string text = report_text(reproduction_of(
      "The update gives error 8743 on my machine.\nHere is MEInfo:\n"
      "Intel(R) MEInfo Version: 11.6.20.1221\nErrorCode: No Error Phase: Unknown "
      "Error 86: Communication error between application and Intel(R) ME module\n"));
  EXPECT_NE(text.find("speaks of error 8743 (unknown platform)"), std::string::npos) << text;
  EXPECT_EQ(text.find("it tells: ErrorCode"), std::string::npos) << text;
}

TEST_F(OtherReport, ATextThatOnlySpeaksOfAnErrorIsToldWhatTheNumberMeans) {
  const Reproduction all = reproduction_of(
      "Bei mir bricht es ab (Fehlercode 8743), \xD0\x9E\xD1\x88\xD0\xB8\xD0\xB1\xD0\xBA\xD0\xB0 "
      "8719.\nMein Rechner ist ein Modell 8705, die Nummer 87190 kenne ich nicht.\n");
  EXPECT_EQ(all.exit_status(), 2);
  const std::string text = report_text(all);
  EXPECT_NE(text.find("speaks of error 8743 (unknown platform)"), std::string::npos) << text;
  EXPECT_NE(text.find("speaks of error 8719"), std::string::npos) << text;
  EXPECT_EQ(text.find("8705"), std::string::npos) << text;
}

TEST_F(OtherReport, WithNothingToReplayThereIsNothingToExplain) {
  const Reproduction all = reproduction_of("C:\\>FWUpdLcl.exe x.bin\nError (8719): words\n");
  EXPECT_EQ(all.explained.tried, 0u);
  EXPECT_TRUE(all.explained.survivors.empty());
}

TEST(ReportText, NoLineIsToldOfAnExplanationThatIsNotListed) {
  Reproduction all;
  all.report.runs.emplace_back();
  all.explained.questions.emplace_back();
  all.explained.survivors.resize(14);
  Distinction lines{"MEInfo", {}};
  for (int i = 1; i <= 14; ++i)
    lines.lines.push_back({fmt::format("line {}", i), fmt::format("explanation {}", i)});
  all.explained.distinctions.push_back(lines);
  const std::string text = report_text(all);
  EXPECT_NE(text.find("explanation 12"), std::string::npos) << text;
  EXPECT_EQ(text.find("explanation 13"), std::string::npos) << text;
}

TEST_F(OtherReport, WorldsThatAreNotTriedAreCountedAndSaid) {
  FieldReport report;
  read_text(fwupdlcl(Board{}, 1, "5.2.11.1025") + "Error (8719): disabled\n", "post.txt", report);
  auto bench = FieldBench::make(std::move(report), folder_.path());
  ASSERT_TRUE(bench);
  Reproduction all;
  const auto with = [](ProfileKey key, const KeysValue& value) {
    Circumstances made;
    made.set.emplace(key, value);
    return made;
  };
  for (std::uint32_t i = 1; i <= 7; ++i) {
    all.explained.survivors.push_back({.circumstances = {with(ProfileKey::failed_attempts, i)}});
  }
  all.explained.survivors.push_back({.circumstances = {with(ProfileKey::device_id, 0x1234u)}});
  // One that was seen above, and one of its own.
  all.explained.survivors[0].also = {{"the same", {with(ProfileKey::failed_attempts, 2u)}},
                                     {"another", {with(ProfileKey::failed_attempts, 9u)}}};
  all.explained.questions.emplace_back();
  all.report = bench->report();
  all.advice = advise(*bench, all.explained);
  EXPECT_EQ(all.advice.worlds_not_tried, 3u);
  EXPECT_NE(report_text(all).find("3 more worlds were not tried."), std::string::npos);
  EXPECT_NE(report_html(all).find("3 more worlds were not tried."), std::string::npos);
}

TEST_F(OtherReport, AWorldThatCannotBeMadeIsOneThatIsNotTried) {
  FieldReport report;
  read_text(fwupdlcl(Board{}, 1, "5.2.11.1025") + "Error (8719): disabled\n", "post.txt", report);
  auto bench = FieldBench::make(std::move(report), folder_.path());
  ASSERT_TRUE(bench);
  Explained explained;
  Circumstances no_machine;
  no_machine.set = {{ProfileKey::device_id, 0x1234u}};
  explained.survivors.push_back({.circumstances = {no_machine}});
  EXPECT_EQ(advise(*bench, explained).worlds_not_tried, 1u);
}

/// What the model prints where an answer holds in the update alone is explained by that or by
/// something lighter: no answer is there that no log could show. One that MEInfo would show as well
/// (the recovery code runs) changed from run to run then, and weighs 1 more for it.
TEST_F(OtherReport, EveryAnswerExplainsTheLogItLeads) {
  const Board board;
  const std::string head = meinfo(board) + "FWUpdLcl.exe -tpm -verbose\n";
  FieldReport report;
  read_text(head + fwupdlcl(board, 5, "5.2.11.1025") + "Communication Mode: TPM\n", "post.txt",
            report);
  auto bench = FieldBench::make(std::move(report), folder_.path());
  ASSERT_TRUE(bench);
  const FieldBench::Place update = bench->covered().at(1);
  const std::vector<Question> questions = open_questions(*bench);
  for (std::size_t asked = 0; asked < questions.size(); ++asked) {
    const Question& question = questions[asked];
    if (question.scope != Scope::run || !question.is_about(1)) continue;
    for (std::size_t index = 0; index < question.answers.size(); ++index) {
      const Answer& answer = question.answers[index];
      Picture only_there(*bench, questions, Choice(questions.size()));
      Choice choice(questions.size());
      choice[asked] = index;
      only_there.answer(1, choice);
      const ReplayedRun& played = bench->replay_run(update, answer.circumstances);
      ASSERT_EQ(played.failure, "") << answer.id;
      const std::filesystem::path folder = std::filesystem::path(folder_.path()) / answer.id;
      std::filesystem::create_directory(folder);
      FieldReport other;
      read_text(head + "Firmware Update Utility Version 5.2.50.1042\n" + played.replay.printed,
                "post.txt", other);
      auto again = FieldBench::make(std::move(other), folder.string());
      ASSERT_TRUE(again);
      const Explained explained = explain(*again);
      ASSERT_FALSE(explained.survivors.empty()) << answer.id << "\n" << played.replay.printed;
      EXPECT_LE(explained.best.weight, only_there.weight()) << answer.id;
    }
  }
}

}  // namespace
}  // namespace scenarios::field
