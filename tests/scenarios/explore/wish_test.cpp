// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/wish.h"

#include <gtest/gtest.h>

namespace scenarios::explore {
namespace {

using emulator::firmware::SessionState;

const Strike kFirst{FaultPoint::flash_operation, 1, Deed::power_cut_before};

TEST(Wish, OfNothingInParticularIsForEverything) {
  EXPECT_TRUE(wants({}, kFirst, SessionState::staging));
  EXPECT_EQ(count_wanted({}, {{FaultPoint::boot, 1, SessionState::idle}}),
            deeds_at(FaultPoint::boot).size());
}

TEST(Wish, NamesPointsActionsAndPhasesOfTheFirstStrike) {
  EXPECT_FALSE(wants({.points = {FaultPoint::boot}}, kFirst, SessionState::staging));
  EXPECT_TRUE(wants_later({.points = {FaultPoint::boot}}, kFirst));
  EXPECT_FALSE(wants({.deeds = {Deed::fail}}, kFirst, SessionState::staging));
  EXPECT_FALSE(wants_later({.deeds = {Deed::fail}}, kFirst));
  EXPECT_FALSE(wants({.phases = {SessionState::idle}}, kFirst, SessionState::staging));
  EXPECT_TRUE(wants({.phases = {SessionState::staging}}, kFirst, SessionState::staging));
}

TEST(Wish, DrawsBySeedAboutAsOftenAsItShould) {
  int drawn_by_one = 0;
  int other_than_by_two = 0;
  for (std::uint32_t i = 1; i <= 1000; ++i) {
    const Strike strike{FaultPoint::flash_operation, i, Deed::fail};
    const bool one = drawn(1, strike, nullptr, 0.25);
    EXPECT_EQ(one, drawn(1, strike, nullptr, 0.25));
    drawn_by_one += one ? 1 : 0;
    other_than_by_two += one != drawn(2, strike, nullptr, 0.25) ? 1 : 0;
    EXPECT_TRUE(drawn(1, strike, &kFirst, 1.0));
    EXPECT_FALSE(drawn(1, strike, &kFirst, 0.0));
  }
  EXPECT_NEAR(drawn_by_one, 250, 60);
  EXPECT_GT(other_than_by_two, 200);
}

}  // namespace
}  // namespace scenarios::explore
