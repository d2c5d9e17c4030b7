// SPDX-License-Identifier: BSD-3-Clause
// A refusal in a document of --format json is read back as it was: programs need not read prose.
#include <gtest/gtest.h>

#include "updater/report/json.h"
#include "updater/report/people.h"

namespace {

using namespace updater;
using protocol::update::ToolError;

update::Refusal through_tpm() {
  return {.tool_error = ToolError::tpm_update_required,
          .id = "through-tpm",
          .what = "The device takes updates through its TPM.",
          .next_step = "Leave --via heci out."};
}

TEST(RefusalDocument, IsReadBackWhole) {
  const auto read =
      report::refusal_in(report::document({{"refusal", report::refusal_json(through_tpm())}}));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->tool_error, ToolError::tpm_update_required);
  EXPECT_EQ(read->id, "through-tpm");
  EXPECT_EQ(read->what, "The device takes updates through its TPM.");
  EXPECT_EQ(read->next_step, "Leave --via heci out.");
}

TEST(RefusalDocument, MayHaveNoNumberOfTheToolFamily) {
  const auto read = report::refusal_in(
      R"({"refusal": {"id": "no-tpm", "tool_error": null, "what": "a", "next_step": "b"}})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->tool_error, std::nullopt);
}

TEST(RefusalDocument, OfAnUpdateThatWasNotRefusedHasNone) {
  EXPECT_EQ(report::refusal_in(R"({"decision": "updated"})"), std::nullopt);
  EXPECT_EQ(report::refusal_in(R"({"refusal": null})"), std::nullopt);
  EXPECT_EQ(report::refusal_in("Refused: in words\n"), std::nullopt);
  EXPECT_EQ(report::refusal_in("[1]"), std::nullopt);
}

TEST(RefusalLine, IsTheTextsFirstTwoLinesInOne) {
  EXPECT_EQ(report::refusal_line(through_tpm()),
            "Refused (error 8721): The device takes updates through its TPM. Next step: Leave "
            "--via heci out.");
  EXPECT_EQ(report::refusal_text(through_tpm()),
            "Refused (error 8721): The device takes updates through its TPM.\n"
            "Next step: Leave --via heci out.\nNothing was written.\n");
}

}  // namespace
