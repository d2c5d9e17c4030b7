// SPDX-License-Identifier: BSD-3-Clause
// What choices promise one another, broken on purpose.
#include <gtest/gtest.h>

#include "scenarios/field/explain/choice.h"

namespace scenarios::field {
namespace {

TEST(ChoicePromisesDeathTest, ChoicesAreAmongTheSameQuestions) {
  EXPECT_DEATH((void)merged(Choice(1), Choice(2)), "both choose among the same questions");
  EXPECT_DEATH((void)answers_in({}, Choice(1), 0), "a place for each question");
}

}  // namespace
}  // namespace scenarios::field
