// SPDX-License-Identifier: BSD-3-Clause
// A log that says how it ended in a line that was not understood: it is not reproduced, and no
// advice rests on it.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "base/lines.h"
#include "scenarios/field/reading/read_report.h"
#include "scenarios/field/report/reproduction.h"
#include "tests/scenarios/engine/load.h"
#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

const std::string kBegunUpdate =
    "Firmware Update Utility Version 4.2.50.1053\nTrying to connect to MEI driver.\n"
    "Communication Mode: TPM\n";
const std::string kOwned = "Error (8729): TPM in owned state, owner password is required\n";

Reproduction reproduction_of_paste(const std::string& text) {
  const engine::StoryFolder folder;
  auto all = reproduce(reading(text), folder.path());
  EXPECT_TRUE(all);
  return std::move(*all);
}

bool advises_to_destroy(const Reproduction& all) {
  return std::any_of(all.advice.plans.begin(), all.advice.plans.end(),
                     [](const AdvisedPlan& plan) { return plan.destroys(); });
}

/// As the page and the terminal tell it.
void expect_not_understood(const Reproduction& all, const std::string& line) {
  EXPECT_EQ(all.exit_status(), 1) << line;
  EXPECT_FALSE(advises_to_destroy(all)) << line;
  EXPECT_EQ(all.not_understood().size(), 1u) << line;
  const std::string text = report_text(all);
  EXPECT_NE(text.find("NOT UNDERSTOOD at pasted.txt:"), std::string::npos) << text;
  EXPECT_NE(text.find("log:  " + line), std::string::npos) << text;
  for (const char* lie : {"the log ends there", "1 of 1 log reproduced", "clear the TPM (its keys",
                          "The logs say all themselves"})
    EXPECT_EQ(text.find(lie), std::string::npos) << text;
  EXPECT_NE(report_html(all).find("not understood"), std::string::npos);
  EXPECT_NE(report_json(all).find("\"verdict\": \"not_understood\""), std::string::npos);
}

TEST(NotUnderstood, ALogThatEndsInAForeignOrMisreadErrorIsNotReproducedAndClearsNoTpm) {
  for (const char* line : {"Err0r (8704): SKU mismatch", "Erreur (8704): SKU incorrect",
                           "Error [8729) : TPM in owned state",
                           "FATAL: image does not fit this platform", "Update not performed."})
    expect_not_understood(reproduction_of_paste(kBegunUpdate + line + "\n"), line);
}

TEST(NotUnderstood, WhatWasReadOfTheLineIsToldAsAGuess) {
  const Reproduction all = reproduction_of_paste(kBegunUpdate + "Err0r (8704): SKU mismatch\n");
  const std::string text = report_text(all);
  EXPECT_NE(text.find("a guess: it speaks of a failure, perhaps of error 8704 (SKU mismatch)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("If so: Find the image that the board's maker offers"), std::string::npos);
  EXPECT_NE(report_json(all).find("\"perhaps_error\": 8704"), std::string::npos);
}

TEST(NotUnderstood, AGuessNamesNoLastResort) {
  const std::string text =
      report_text(reproduction_of_paste(kBegunUpdate + "Err0r (8729): TPM in owned state\n"));
  EXPECT_NE(text.find("perhaps of error 8729"), std::string::npos) << text;
  EXPECT_EQ(text.find("clear the TPM"), std::string::npos) << text;
}

TEST(NotUnderstood, TheSameLogWithTheLineAsTheToolPrintsItIsReproduced) {
  const Reproduction all = reproduction_of_paste(kBegunUpdate + kOwned);
  EXPECT_EQ(all.exit_status(), 0);
  EXPECT_TRUE(all.not_understood().empty());
}

TEST(NotUnderstood, ALogThatReallyEndsIsStillTheBeginningOfOurs) {
  for (const char* behind : {"", "C:\\ME>\n", "\nThank you for reading.\n"}) {
    const Reproduction all = reproduction_of_paste(kBegunUpdate + behind);
    EXPECT_EQ(all.exit_status(), 0) << behind;
    EXPECT_NE(report_text(all).find("the log ends there"), std::string::npos) << behind;
  }
}

/// The first try's error speaks for clearing the TPM; what became of the board since is not known.
TEST(NotUnderstood, ALaterUpdateOfTheBoardKeepsAnEarlierLineFromClearingTheTpm) {
  const Reproduction all =
      reproduction_of_paste(kBegunUpdate + kOwned + kBegunUpdate + "Err0r (8704): SKU mismatch\n");
  EXPECT_EQ(all.exit_status(), 1);
  EXPECT_FALSE(all.explained.survivors.empty());
  EXPECT_FALSE(advises_to_destroy(all));
  EXPECT_FALSE(all.advice.plans.empty()) << "the owner's password destroys nothing";
  ASSERT_EQ(all.advice.withheld.size(), 1u);
  EXPECT_NE(all.advice.withheld[0].why.find("pasted.txt:8"), std::string::npos)
      << all.advice.withheld[0].why;
  EXPECT_NE(report_text(all).find("Not advised, though it helps on the model"), std::string::npos);
}

TEST(NotUnderstood, AnUpdateThatWentThroughBeforeDoesNotMakeAdviceNeedless) {
  const Reproduction all = reproduction_of_paste(
      "C:\\ME>MEUPD.CMD secret\n" + kBegunUpdate +
      "FW image is uploading through TPM.\nFirmware update completed successfully.\n" +
      "C:\\ME>MEUPD.CMD secret\n" + kBegunUpdate + "Err0r (8704): SKU mismatch\n");
  EXPECT_EQ(report_text(all).find("None is needed"), std::string::npos) << report_text(all);
  EXPECT_NE(all.advice.why_none.find("nobody knows how the last update ended"), std::string::npos);
}

TEST(NotUnderstood, ARunThatShowsNoBoardNamesTheLineToo) {
  const Reproduction all =
      reproduction_of_paste("C:\\>FWUpdLcl.exe x.bin\nErr0r (8704): SKU mismatch\n");
  EXPECT_EQ(all.exit_status(), 2);
  EXPECT_NE(report_text(all).find("not understood: pasted.txt:2: Err0r"), std::string::npos)
      << report_text(all);
}

using Garble = std::function<std::string(const std::string&, std::mt19937&)>;

std::string letters_as_digits(const std::string& line, std::mt19937& random) {
  const std::string from = "olisebgzr";
  const std::string to = "01|5389 2n";
  std::string out = line;
  out[1 + random() % 4] = to[random() % to.size()];
  for (char& c : out) {
    const std::size_t at = from.find(c);
    if (at != from.npos && random() % 2 == 0) c = to[at];
  }
  return out;
}

std::string in_another_language(const std::string& line, std::mt19937& random) {
  const char* words[] = {"Erreur", "Fehler", "Errore", "Fout", "B\u0142\u0105d", "Hiba", "Virhe"};
  return words[random() % std::size(words)] + line.substr(std::string("Error").size());
}

std::string with_other_brackets(const std::string& line, std::mt19937& random) {
  std::string out = line;
  out[out.find('(')] = "[{<|"[random() % 4];
  return out;
}

std::string with_letters_missing(const std::string& line, std::mt19937& random) {
  std::string out = line;
  for (int i = 0; i < 3; ++i) out.erase(random() % 7, 1);
  return out;
}

std::string behind_a_time(const std::string& line, std::mt19937& random) {
  return "Sun Mar 04 10:11:" + std::to_string(10 + random() % 50) + " 2012 " + line;
}

std::string another_tools(const std::string&, std::mt19937& random) {
  const char* lines[] = {"FATAL: image does not fit this platform",
                         "Operation aborted by firmware",
                         "update_fw: rc=-22",
                         "E: flash write refused",
                         "Das Update wurde abgebrochen",
                         "La mise \u00E0 jour a \u00E9chou\u00E9",
                         "STATUS_INVALID_PARAMETER",
                         "Image rejected",
                         "FWUpdLcl.exe has stopped working"};
  return lines[random() % std::size(lines)];
}

/// Neither reproduced nor a reason to destroy something, however the last line was spoilt; what is
/// read rightly in spite of it is no spoilt line.
TEST(NotUnderstood, NoGarbledOutcomeIsReproducedNorClearsATpm) {
  constexpr unsigned kSeeds = 4;
  std::size_t spoilt = 0;
  std::size_t all_lines = 0;
  const Garble garbles[] = {letters_as_digits,    in_another_language, with_other_brackets,
                            with_letters_missing, behind_a_time,       another_tools};
  for (std::size_t kind = 0; kind < std::size(garbles); ++kind) {
    for (unsigned seed = 1; seed <= kSeeds; ++seed) {
      std::mt19937 random(seed);
      const std::string line = garbles[kind](kOwned.substr(0, kOwned.size() - 1), random);
      ++all_lines;
      const FieldReport read = reading(kBegunUpdate + line + "\n");
      const Observation* error = read.runs.at(0).find(Fact::error);
      if (error != nullptr && error->value == "8729") continue;
      ++spoilt;
      const Reproduction all = reproduction_of_paste(kBegunUpdate + line + "\n");
      EXPECT_EQ(all.exit_status(), 1) << kind << "/" << seed << ": " << line;
      EXPECT_FALSE(advises_to_destroy(all)) << kind << "/" << seed << ": " << line;
    }
  }
  EXPECT_GE(spoilt * 4, all_lines * 3) << "the garbling garbles too little";
}

}  // namespace
}  // namespace scenarios::field
