// SPDX-License-Identifier: BSD-3-Clause
// What is advised about a number: nothing that destroys but as the last resort, and for a real
// board nothing that this program refuses there.
#include "updater/report/owner_steps.h"
#include "updater/report/explain_query.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace updater;

std::vector<const report::KnownNumber*> all_rows() {
  return report::search("all");
}

bool holds_any(const std::string& text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

TEST(OwnerSteps, NoStepDestroysAnything) {
  ASSERT_FALSE(all_rows().empty());
  for (const auto* row : all_rows()) {
    const char* own = report::step_on_a_real_board(*row);
    const std::string steps = std::string(row->next_step) + (own == nullptr ? "" : own);
    EXPECT_FALSE(holds_any(steps, {"lear the TPM", "leared", "rovision", " erase", "Erase",
                                   "estore", "wipe", "ormat the"}))
        << row->number << ": " << steps;
  }
}

TEST(OwnerSteps, ALastResortSaysWhatItDestroysAndWhatToSaveBefore) {
  std::size_t seen = 0;
  for (const auto* row : all_rows()) {
    const auto* last = report::last_resort_of(*row);
    if (last == nullptr) continue;
    ++seen;
    const std::string text = report::explanation_text(*row);
    for (const char* part : {last->what, last->destroys, last->save_before, last->only_if})
      EXPECT_NE(text.find(part), std::string::npos) << row->number << ": " << text;
    EXPECT_LT(text.find("Next step:"), text.find("Last resort")) << text;
    EXPECT_NE(report::owner_steps(*row).find(last->destroys), std::string::npos) << row->number;
  }
  EXPECT_EQ(seen, 3u);
}

TEST(OwnerSteps, ForARealBoardNoOptionOfThisProgramIsNamed) {
  for (const report::KnownNumber& row : report::tool_errors()) {
    const std::string steps = report::owner_steps(row);
    EXPECT_FALSE(steps.empty()) << row.number;
    EXPECT_FALSE(holds_any(steps, {"meupdate update", "meupdate tpm", "--"}))
        << row.number << ": " << steps;
  }
}

TEST(DestroyingStep, IsNeverNamedWithoutItsLoss) {
  for (const update::DestroyingStep& step : update::destroying_steps()) {
    const std::string text = update::with_last_resort("Wait.", step.id);
    EXPECT_TRUE(text.starts_with("Wait. Last resort, only if ")) << text;
    EXPECT_NE(text.find(step.destroys), std::string::npos) << text;
    EXPECT_NE(text.find(step.save_before), std::string::npos) << text;
  }
  EXPECT_EQ(update::find_destroying_step("power-cycle"), nullptr);
}

}  // namespace
