// SPDX-License-Identifier: BSD-3-Clause
// Lines behind a tool's last known one: which may be how it ended, and which are a terminal's or a
// person's.
#include "scenarios/field/reading/reading_outcome.h"

#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

const std::string kOpenUpdate =
    "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n"
    "Communication Mode: TPM\n";

/// Of the only run in `text`.
std::optional<UnreadOutcome> unread_in(const std::string& text) {
  const FieldReport report = reading(text);
  EXPECT_EQ(report.runs.size(), 1u) << text;
  return report.runs.empty() ? std::nullopt : report.runs.front().unread;
}

TEST(UnreadOutcome, IsEveryLineRightBehindAnUpdatesLastOneThatNoToolIsKnownToPrint) {
  for (const char* line : {"Err0r (8704): SKU mismatch",
                           "Erreur (8704): SKU incompatible",
                           "Fehler (8704): falsche SKU",
                           "Error [8729) : TPM in owned state",
                           "FATAL: image does not fit this platform",
                           "2012-03-04T10:11:12+0100 Error (8704): SKU mismatch",
                           "[FAIL] update rejected",
                           "\xD0\x9E\xD1\x88\xD0\xB8\xD0\xB1\xD0\xBA\xD0\xB0 (8704): "
                           "\xD0\xBD\xD0\xB5 \xD1\x82\xD0\xBE\xD1\x82 SKU",
                           "Firmware update was unsuccessful.",
                           "The firmware update was not successful",
                           "FWUpdLcl.exe has stopped working",
                           "Error (87O4): SKU mismatch",
                           "Error 0x2200: SKU",
                           "8704",
                           "Update not performed.",
                           "FW im4ge is up1oading thr0ugh TPM.",
                           "Done.",
                           "SKU: mismatch (8704)",
                           "flash: rc=-5",
                           "Firmware Update Utility Version mismatch",
                           "Das Update wurde nicht ausgef\xC3\xBChrt",
                           "Aborted by firmware"})
    EXPECT_TRUE(unread_in(kOpenUpdate + line + "\n")) << line;
}

TEST(UnreadOutcome, IsNoLineOfTheTerminalNorOfABatchFile) {
  for (const char* line :
       {"", "C:\\DRIVERS\\WIN\\ME>", "C:\\>exit", "A:\\>dir", "$", "# ", "root@pc:~#",
        "Press any key to continue . . .",
        "Dr\xC3\xBC"
        "cken Sie eine beliebige Taste . . .",
        "*******", "------", "Please check the error message above.", "```", "[/code]"})
    EXPECT_FALSE(unread_in(kOpenUpdate + line + "\n")) << line;
}

TEST(UnreadOutcome, IsNoPersonsSentence) {
  for (const char* line :
       {"thank you", "I do not know what to do now.", "Any ideas?", "That was all.",
        "What does this mean?", "and there it hangs forever", "Nothing happens any more.",
        "Here is the output of MEInfo:", "Vielen Dank, ich bin ratlos"})
    EXPECT_FALSE(unread_in(kOpenUpdate + line + "\n")) << line;
}

TEST(UnreadOutcome, BehindABlankLineOrABoxIsOnlyWhatSpeaksOfAFailureOrOfSuccess) {
  for (const char* gap : {"\n", "```\n", "[/code]\n", "</pre>\n", "------\n"}) {
    EXPECT_FALSE(unread_in(kOpenUpdate + gap + "The board is a T400.\n")) << gap;
    EXPECT_TRUE(unread_in(kOpenUpdate + gap + "Update could not be started\n")) << gap;
    EXPECT_TRUE(unread_in(kOpenUpdate + gap + "Fehler (8704): SKU\n")) << gap;
  }
  EXPECT_FALSE(
      unread_in("[code]" + kOpenUpdate.substr(0, kOpenUpdate.size() - 1) + "[/code]\nA T400.\n"));
}

TEST(UnreadOutcome, BlankLinesBetweenAllLinesAreTheForums) {
  std::string spaced;
  for (const char c : kOpenUpdate) spaced += c == '\n' ? "\n\n" : std::string(1, c);
  EXPECT_TRUE(unread_in(spaced + "Image not for this platform\n"));
}

TEST(UnreadOutcome, BehindAPersonsWordsIsOnlyWhatLooksLikeAnError) {
  EXPECT_FALSE(unread_in(kOpenUpdate + "I am lost.\nThe update failed on the other machine\n"));
  EXPECT_TRUE(unread_in(kOpenUpdate + "I then see this:\nFATAL: wrong platform\n"));
  EXPECT_TRUE(unread_in(kOpenUpdate + "I then see this:\nErreur (8704)\n"));
}

TEST(UnreadOutcome, APersonWhoNamesTheErrorsNumberTellsOfAnOutcome) {
  const auto found = unread_in(kOpenUpdate + "Then I get error 8729, TPM in owned state\n");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->number, 8729u);
  EXPECT_FALSE(unread_in(kOpenUpdate + "\nIt is my HP Compaq 8710 from 2008\n"));
}

TEST(UnreadOutcome, ItsNumberIsReadThoughDigitsLookLikeLetters) {
  for (const char* line : {"Err0r (8704): x", "Error (87O4): x", "Erreur 8704", "FATAL [B704] x",
                           "Error 0x2200: x", "8704"}) {
    const auto found = unread_in(kOpenUpdate + line + "\n");
    ASSERT_TRUE(found) << line;
    EXPECT_EQ(found->number, 8704u) << line;
    EXPECT_EQ(found->speaks_of, UnreadOutcome::Speaks::failure) << line;
  }
  EXPECT_FALSE(unread_in(kOpenUpdate + "FATAL (1234): x\n")->number);
}

TEST(UnreadOutcome, SpeaksOfSuccessOrOfNothing) {
  EXPECT_EQ(unread_in(kOpenUpdate + "Done.\n")->speaks_of, UnreadOutcome::Speaks::success);
  const auto strange = unread_in(kOpenUpdate + "FW im4ge is up1oading thr0ugh TPM.\n");
  ASSERT_TRUE(strange);
  EXPECT_EQ(strange->speaks_of, UnreadOutcome::Speaks::unclear);
  EXPECT_EQ(strange->resembles, "FW image is uploading through");
}

TEST(UnreadOutcome, AKnownLineBehindAStrangeOneSaysThatTheToolWentOn) {
  const std::string later = "FW image is uploading through TPM.\n";
  EXPECT_FALSE(unread_in(kOpenUpdate + "Image accepted by platform\n" + later));
  EXPECT_TRUE(unread_in(kOpenUpdate + "Err0r (8704): SKU mismatch\n" + later));
}

TEST(UnreadOutcome, BehindAKnownOutcomeIsOnlyWhatLooksLikeAnotherError) {
  const std::string ended = kOpenUpdate + "Error (8729): TPM in owned state\n";
  EXPECT_FALSE(unread_in(ended + "Please check the error message above.\n"));
  EXPECT_FALSE(unread_in(ended + "The laptop is a T400\n"));
  EXPECT_TRUE(unread_in(ended + "Err0r (8704): SKU mismatch\n"));
}

TEST(UnreadOutcome, OfMeinfoIsAnErrorOrWhatComesNearALabel) {
  const std::string info = "Intel(R) MEInfo Version: 5.0.0.1167\nVendorID: 8086\n";
  EXPECT_FALSE(unread_in(info + "Model: ThinkPad T400\n"));
  EXPECT_TRUE(unread_in(info + "Err0r 9458: Communication error\n"));
  const auto garbled = unread_in(info + "Bxild Nxmxer: 1111\n");
  ASSERT_TRUE(garbled);
  EXPECT_EQ(garbled->resembles, "Build Number");
}

TEST(UnreadOutcome, ALoneLineOfMeinfoBehindABlankLineIsOne) {
  EXPECT_EQ(reading(kOpenUpdate + "\nBIOS Version: 7UET93WW (3.23 )\n").runs.size(), 2u);
  EXPECT_EQ(reading(kOpenUpdate + "\nSKU: mismatch (8704)\n").runs.size(), 1u);
  EXPECT_EQ(reading(kOpenUpdate + "BIOS Version: 7UET93WW (3.23 )\nVendorID: 8086\n").runs.size(),
            2u);
}

TEST(UnreadOutcome, IsNoLineWithinWhichTheTextEnds) {
  for (const char* torn : {"E", "Erro", "Error (", "FW im", "FW image is upl"})
    EXPECT_FALSE(unread_in(kOpenUpdate + torn)) << torn;
  EXPECT_TRUE(unread_in(kOpenUpdate + "Err0r (87"));
  EXPECT_TRUE(unread_in(kOpenUpdate + "Erro\n"));
  EXPECT_FALSE(unread_in("VendorID: 8086\nBuild Number: 1111\nManageability Mod"));
}

TEST(UnreadOutcome, NeitherFieldReportHasOne) {
  for (const char* report : {"esprimo-e5730", "thinkpad-t400"}) {
    const auto read = read_report({kReports + report});
    ASSERT_TRUE(read);
    for (const ToolRun& run : read->runs) EXPECT_FALSE(run.unread) << run.place();
  }
}

TEST(ReadReport, AnUpdateThatWasNotSuccessfulIsNoSuccess) {
  for (const char* line : {"Firmware update was unsuccessful.", "FW Update was not successful",
                           "Firmware update: completed success check failed"}) {
    const FieldReport report = reading(kOpenUpdate + line + "\n");
    ASSERT_EQ(report.runs.size(), 1u);
    EXPECT_EQ(value(report.runs[0], Fact::error), "(not there)") << line;
  }
  EXPECT_EQ(value(reading(kOpenUpdate + "Firmware update completed successfully.\n").runs[0],
                  Fact::error),
            "0");
}

TEST(ReadReport, AHexadecimalNumberIsNotRead) {
  const FieldReport report = reading(kOpenUpdate + "Error 0x2219: x\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(value(report.runs[0], Fact::error), "(not there)");
}

}  // namespace
}  // namespace scenarios::field
