// SPDX-License-Identifier: BSD-3-Clause
// How far an update had come, in the forms that owners' posts show.
#include "scenarios/field/reading/update_stage.h"

#include <gtest/gtest.h>

#include "tests/scenarios/field/reports.h"

namespace scenarios::field {
namespace {

TEST(UpdateStage, IsReadWithAndWithoutAColon) {
  EXPECT_EQ(stage_in("45% (Stage: 6 of 19)] Do not Interrupt"), "45%, stage 6 of 19");
  EXPECT_EQ(stage_in("45% (Stage 6 of 19)"), "45%, stage 6 of 19");
  EXPECT_EQ(stage_in("100 % ( Stage: 12 of 12 )"), "");  // nobody prints a blank there
  EXPECT_EQ(stage_in("45% of owners"), "");
  EXPECT_EQ(stage_in("1000% (Stage: 6 of 19)"), "");
  EXPECT_EQ(stage_in("45% (Stage: six of 19)"), "");
}

TEST(UpdateStage, OfARunIsTheLast) {
  const FieldReport report = reading(
      "Intel (R) Firmware Update Utility Version: 11.8.50.3425\n"
      "Communication Mode: MEI\n"
      "FW Update:  [  10% (Stage: 2 of 12)] /\n"
      "45% (Stage 6 of 12)\n");
  ASSERT_EQ(report.runs.size(), 1u);
  EXPECT_EQ(last_stage(report.runs.front()), "45%, stage 6 of 12");
  EXPECT_EQ(outline(report.runs.front()), "the tool says 45%, stage 6 of 12");
}

}  // namespace
}  // namespace scenarios::field
