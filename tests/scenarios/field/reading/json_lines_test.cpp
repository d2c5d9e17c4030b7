// SPDX-License-Identifier: BSD-3-Clause
// JSON as people paste it: a journal's, fwupd's, a chat's, an inventory's, our own.
#include "scenarios/field/reading/json_lines.h"

#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

using Texts = std::vector<std::string>;

std::optional<Texts> lines_of(const std::string& raw) {
  return JsonLines().lines_of(raw);
}

TEST(JsonLines, OfAJournalAreTheKernelsMessages) {
  EXPECT_EQ(lines_of(R"({"SYSLOG_IDENTIFIER":"kernel","MESSAGE":"mei_me 0000:00:03.0: init"})"),
            (Texts{"SYSLOG IDENTIFIER: kernel", "kernel: mei_me 0000:00:03.0: init"}));
  EXPECT_EQ(lines_of(R"({"SYSLOG_IDENTIFIER":"cron","MESSAGE":"a job"})"),
            (Texts{"SYSLOG IDENTIFIER: cron", "a job"}));
}

TEST(JsonLines, OfAFieldAreItsLabelAndItsValue) {
  EXPECT_EQ(lines_of(R"(      "UpdateError" : "failed, they \"say\"",)"),
            Texts{R"(Update Error: failed, they "say")"});
  EXPECT_EQ(lines_of(R"("fw_ver": 11,)"), Texts{"fw ver: 11"});
  EXPECT_EQ(lines_of(R"("VendorID": "8086")"), Texts{"VendorID: 8086"}) << "so MEInfo spells it";
  EXPECT_EQ(lines_of(R"(  "Devices" : [)"), Texts{});
  EXPECT_EQ(lines_of("  },"), Texts{});
}

TEST(JsonLines, OfAMessageAreTheLinesThatItHolds) {
  EXPECT_EQ(lines_of(R"({"content":"Communication Mode: TPM\nError (8729): owned"})"),
            (Texts{"Communication Mode: TPM", "Error (8729): owned"}));
}

TEST(JsonLines, OfOurOwnDocumentsStayAsTheyStand) {
  JsonLines json;
  EXPECT_EQ(json.lines_of(R"(  "schema": "meupdate-info-1",)"), std::nullopt);
  EXPECT_EQ(json.lines_of(R"(  "running_version": "5.0.1.1111",)"), std::nullopt);
  EXPECT_EQ(json.lines_of("}"), std::nullopt);
  EXPECT_EQ(json.lines_of(R"(  "running_version": "5.0.1.1111",)"),
            Texts{"running version: 5.0.1.1111"})
      << "its document has ended";
  EXPECT_EQ(json.lines_of(R"({"schema":"meupdate-info-1","running_version":"5.0.1.1111"})"),
            (Texts{R"("schema": "meupdate-info-1")", R"("running_version": "5.0.1.1111")"}));
}

/// A table of commas, a quotation, half a document, a code block's bracket with words.
TEST(JsonLines, OfOtherTextThereAreNone) {
  for (const char* raw : {R"("Field","Value")", R"("Error 8721")", R"({"a": )", "{ what now? }",
                          "[    1.5] mei_me: init", "", "[quote]"})
    EXPECT_EQ(lines_of(raw), std::nullopt) << raw;
}

TEST(JsonLines, ThatAreNestedWithoutAnEndHarmNobody) {
  constexpr std::size_t kDeep = 200'000;
  EXPECT_EQ(lines_of(std::string(kDeep, '[') + "1" + std::string(kDeep, ']')), Texts{});
}

TEST(JsonLines, AreReadAsALog) {
  const FieldReport report = reading(
      R"({"user":"joe","text":"Firmware Update Utility Version 4.2.50.1053\nError (8729): owned"})"
      "\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(report.runs[0].tool, Tool::fwupdlcl);
  EXPECT_EQ(value(report.runs[0], Fact::error), "8729");
}

}  // namespace
}  // namespace scenarios::field
