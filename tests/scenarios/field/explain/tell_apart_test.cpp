// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/tell_apart.h"

#include <gtest/gtest.h>

#include <set>

#include "scenarios/field/reading/read_report.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::field {
namespace {

const std::string kFlash =
    "C:\\ME>FWUpdLcl.exe 5.2.11.1025.bin -tpm -verbose\n"
    "Firmware Update Utility Version 5.2.50.1042\nTrying to connect to MEI driver.\n"
    "***** Flash Info ******\nVersion : 5.1.4.1201\nLast Update Staus : 0\nSKU : (2094)\n"
    ": Intel (R) QST\n: ASF2\n: Intel (R) AMT\n: Intel (R) TPM\nEnabledUpdateInterfaces : 5\n"
    "***** Image Info ******\nVersion : 5.2.11.1025\nSKU : (2094)\n: Intel (R) QST\n";

TEST(LinesOnce, NamesAllThatALineMeans) {
  const auto once = lines_once(
      {"MEInfo", {{"a", "explanation 1"}, {"b", "explanation 2"}, {"a", "explanation 3", true}}});
  ASSERT_EQ(once.size(), 2u);
  EXPECT_EQ(once[0].means, "explanation 1, explanation 3");
  EXPECT_EQ(once[1].means, "explanation 2");
}

class TellApart : public testing::Test {
 protected:
  FieldBench bench_of(const std::string& text) {
    FieldReport report;
    read_text(text, "post.txt", report);
    auto bench = FieldBench::make(std::move(report), folder_.path());
    EXPECT_TRUE(bench);
    EXPECT_EQ(bench->covered().size(), 1u);
    return std::move(*bench);
  }

  static Explained told_apart(FieldBench& bench, std::vector<Explanation> survivors) {
    Explained explained;
    explained.survivors = std::move(survivors);
    tell_apart(bench, explained);
    return explained;
  }

  static Explanation explanation(FieldBench& bench, const Circumstances& circumstances) {
    Explanation made;
    made.circumstances = {circumstances};
    made.runs = {bench.replay_run(bench.covered()[0], circumstances)};
    EXPECT_EQ(made.runs[0].failure, "");
    return made;
  }

  engine::StoryFolder folder_;
};

Circumstances with_password() {
  Circumstances made;
  made.files = {owner_passphrase()};
  made.arguments = with_owner_passphrase(owner_passphrase().name);
  return made;
}

Circumstances with_inactive_tpm() {
  Circumstances made;
  made.set = {{ProfileKey::tpm_active, false}};
  return made;
}

TEST_F(TellApart, TheFirstLineThatDiffersBehindWhatAllSayAlike) {
  FieldBench bench = bench_of(kFlash);
  const auto found =
      told_apart(bench, {explanation(bench, {}), explanation(bench, with_password())}).distinctions;
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].lines.size(), 2u);
  EXPECT_TRUE(found[0].command.starts_with("the command of post.txt:1-16 again"))
      << found[0].command;
  EXPECT_TRUE(found[0].lines[0].line.starts_with("Error (8729)")) << found[0].lines[0].line;
  EXPECT_EQ(found[0].lines[0].means, "explanation 1");
  EXPECT_EQ(found[0].lines[1].line, "FW image is uploading through TPM.");
  EXPECT_EQ(found[0].lines[1].means, "explanation 2");
}

TEST_F(TellApart, AnotherCommandWhereTheReportedOneEndsAlike) {
  FieldBench bench = bench_of(kFlash);
  const auto found =
      told_apart(bench, {explanation(bench, {}), explanation(bench, with_inactive_tpm())})
          .distinctions;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].command, "MEInfo");
  ASSERT_EQ(found[0].lines.size(), 2u);
  EXPECT_EQ(found[0].lines[0].line, "TPM Operational Mode: Enabled Owned Active");
  EXPECT_EQ(found[0].lines[1].line, "TPM Operational Mode: Enabled Owned Inactive");
  EXPECT_EQ(found[0].lines[1].means, "explanation 2");
}

TEST_F(TellApart, WhatForetellsTheSameIsToldApartByWhatItAssumes) {
  FieldBench bench = bench_of(kFlash);
  Explanation plain = explanation(bench, {});
  plain.also = {{"the TPM was inactive", {with_inactive_tpm()}}};
  const auto found = told_apart(bench, {plain}).distinctions;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].lines[0].means, "explanation 1");
  EXPECT_EQ(found[0].lines[1].means, "explanation 1a");
}

TEST_F(TellApart, WhatWasTypedBeforeDoesNotTellBoardsApart) {
  FieldBench bench = bench_of(kFlash);
  Explanation plain = explanation(bench, {});
  plain.also = {{"the password was given", {with_password()}}};
  const Explained alike = told_apart(bench, {plain});
  EXPECT_TRUE(alike.distinctions.empty());
  EXPECT_EQ(alike.not_told_apart, std::vector<std::string>{"explanation 1, explanation 1a"});
}

TEST_F(TellApart, WhatCannotBeRunTellsNothingApart) {
  FieldBench bench = bench_of(kFlash);
  Circumstances no_machine;
  no_machine.set = {{ProfileKey::device_id, 0x1234u}};
  Explanation plain = explanation(bench, {});
  plain.also = {{"a machine that cannot be made", {no_machine}}};
  const Explained alike = told_apart(bench, {plain});
  EXPECT_TRUE(alike.distinctions.empty());
  EXPECT_EQ(alike.not_told_apart, std::vector<std::string>{"explanation 1, explanation 1a"});
}

Circumstances with_disabled_tpm() {
  Circumstances made;
  made.set = {{ProfileKey::tpm_enabled, false}};
  return made;
}

TEST_F(TellApart, EveryOneOfThreeHasALineOfItsOwn) {
  FieldBench bench = bench_of(kFlash);
  const Explained found =
      told_apart(bench, {explanation(bench, {}), explanation(bench, with_inactive_tpm()),
                         explanation(bench, with_disabled_tpm())});
  EXPECT_TRUE(found.not_told_apart.empty());
  std::set<std::string> lines;
  std::set<std::string> means;
  for (const Distinction& each : found.distinctions) {
    for (const Distinction::Line& line : each.lines) {
      lines.insert(line.line);
      means.insert(line.means);
    }
  }
  EXPECT_GE(lines.size(), 3u);
  EXPECT_EQ(means, (std::set<std::string>{"explanation 1", "explanation 2", "explanation 3"}));
}

TEST_F(TellApart, WordsThatNoLogShowsAreCalledOurs) {
  FieldBench bench = bench_of(kFlash);
  Circumstances inactive = both(with_inactive_tpm(), with_password());
  const auto found =
      told_apart(bench, {explanation(bench, {}), explanation(bench, inactive)}).distinctions;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].lines[0].in_our_words) << found[0].lines[0].line;
  EXPECT_TRUE(found[0].lines[1].in_our_words) << found[0].lines[1].line;
}

TEST_F(TellApart, AVersionThatNobodyKnowsIsNoLineToLookFor) {
  FieldBench bench = bench_of(
      "C:\\ME>MEUPD.CMD -tpm -verbose\nFirmware Update Utility Version 5.2.50.1042\nTrying to "
      "connect to MEI driver.\n***** Flash Info ******\nVersion : 5.1.4.1201\nLast Update Staus : "
      "0\nSKU : (2094)\n: Intel (R) QST\n: ASF2\n: Intel (R) AMT\n: Intel (R) "
      "TPM\nEnabledUpdateInterfaces : 5\n");
  Circumstances older;
  older.image = Circumstances::Image::older;
  const auto found =
      told_apart(bench, {explanation(bench, {}), explanation(bench, older)}).distinctions;
  for (const Distinction& each : found) {
    for (const Distinction::Line& line : each.lines)
      EXPECT_FALSE(line.line.starts_with("Version :")) << line.line;
  }
}

}  // namespace
}  // namespace scenarios::field
