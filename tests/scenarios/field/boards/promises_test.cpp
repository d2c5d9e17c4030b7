// SPDX-License-Identifier: BSD-3-Clause
// What the runs promise the boards, broken on purpose.
#include <gtest/gtest.h>

#include "scenarios/field/boards/build_profile.h"

namespace scenarios::field {
namespace {

TEST(BoardPromisesDeathTest, AProfileIsOfAStateThatWasSeen) {
  EXPECT_DEATH((void)build_profile({}, 0, {}), "a profile is of a state that was seen");
  ReportedBoard state;
  state.board = 1;
  state.runs = {7};
  EXPECT_DEATH((void)build_profile({state}, 0, {}), "seen in is the report's");
}

}  // namespace
}  // namespace scenarios::field
