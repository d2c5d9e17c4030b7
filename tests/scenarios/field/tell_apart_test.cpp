// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/tell_apart.h"

#include <gtest/gtest.h>

#include "scenarios/field/read_report.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::field {
namespace {

const std::string kFlash =
    "C:\\ME>FWUpdLcl.exe 5.2.11.1025.bin -tpm -verbose\n"
    "Firmware Update Utility Version 5.2.50.1042\nTrying to connect to MEI driver.\n"
    "***** Flash Info ******\nVersion : 5.1.4.1201\nLast Update Staus : 0\nSKU : (2094)\n"
    ": Intel (R) QST\n: ASF2\n: Intel (R) AMT\n: Intel (R) TPM\nEnabledUpdateInterfaces : 5\n"
    "***** Image Info ******\nVersion : 5.2.11.1025\nSKU : (2094)\n: Intel (R) QST\n";

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
  made.set = {{"tpm.state.active", "false", "a test"}};
  return made;
}

TEST_F(TellApart, TheFirstLineThatDiffersBehindWhatAllSayAlike) {
  FieldBench bench = bench_of(kFlash);
  const auto found =
      tell_apart(bench, {explanation(bench, {}), explanation(bench, with_password())});
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
      tell_apart(bench, {explanation(bench, {}), explanation(bench, with_inactive_tpm())});
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
  const auto found = tell_apart(bench, {plain});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].lines[0].means, "explanation 1");
  EXPECT_EQ(found[0].lines[1].means, "the TPM was inactive");
}

TEST_F(TellApart, WhatWasTypedBeforeDoesNotTellBoardsApart) {
  FieldBench bench = bench_of(kFlash);
  Explanation plain = explanation(bench, {});
  plain.also = {{"the password was given", {with_password()}}};
  EXPECT_TRUE(tell_apart(bench, {plain}).empty());
}

TEST_F(TellApart, WhatCannotBeRunTellsNothingApart) {
  FieldBench bench = bench_of(kFlash);
  Circumstances no_machine;
  no_machine.set = {{"flash.part", "none that is sold", "a test"}};
  Explanation plain = explanation(bench, {});
  plain.also = {{"a machine that cannot be made", {no_machine}}};
  EXPECT_TRUE(tell_apart(bench, {plain}).empty());
}

}  // namespace
}  // namespace scenarios::field
