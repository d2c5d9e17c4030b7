// SPDX-License-Identifier: BSD-3-Clause
// Places: which were reached, kept in a file and put together.
#include "scenarios/explore/coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "os/child_process.h"
#include "scenarios/explore/branch.h"

namespace scenarios::explore {
namespace {

bool misses(const Coverage& coverage, base::Place place) {
  const auto missing = coverage.missing();
  return std::find(missing.begin(), missing.end(), place) != missing.end();
}

TEST(Coverage, EachPlaceHasANameOfItsOwn) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < base::kPlaceCount; ++i)
    names.insert(name(static_cast<base::Place>(i)));
  EXPECT_EQ(names.size(), base::kPlaceCount);
}

TEST(Coverage, APlaceIsReachedWhereSomebodySaysSoAndNowhereElse) {
  const auto all = Coverage::from_json(R"({"schema": 1, "reached": ["boot_halted"]})");
  ASSERT_TRUE(all) << all.error().doing;
  EXPECT_TRUE(all->has(base::Place::boot_halted));
  EXPECT_FALSE(all->has(base::Place::boot_recovery));
  EXPECT_FALSE(misses(*all, base::Place::boot_halted));
  EXPECT_TRUE(misses(*all, base::Place::boot_recovery));
  EXPECT_FALSE(misses(*all, base::Place::tis_read_again)) << "nobody must come there";
  EXPECT_NE(all->to_text().find("MUST BE REACHED  boot_recovery"), std::string::npos);
  EXPECT_NE(all->to_text().find("never reached    tis_read_again"), std::string::npos);
}

TEST(Coverage, PartsAreOneWhole) {
  auto all = Coverage::from_json(R"({"schema": 1, "reached": ["boot_halted"]})").value();
  all.add(Coverage::from_json(R"({"schema": 1, "reached": ["boot_recovery"]})").value());
  EXPECT_EQ(all.count(), 2u);
  const auto again = Coverage::from_json(all.to_json());
  ASSERT_TRUE(again) << again.error().doing;
  EXPECT_EQ(again->to_json(), all.to_json());
}

TEST(Coverage, WhatIsNoneOfItsFilesIsRefusedInWords) {
  for (const char* text : {"", "[]", R"({"schema": 2, "reached": []})", R"({"schema": 1})",
                           R"({"schema": 1, "reached": ["nowhere"]})"}) {
    const auto read = Coverage::from_json(text);
    ASSERT_FALSE(read) << text;
    EXPECT_TRUE(read.error().doing.starts_with("not what --reached writes: ")) << text;
  }
}

/// What a process that was forked comes to counts.
TEST(Coverage, AProcessAndItsBranchesMarkTheSamePlaces) {
  ASSERT_TRUE(share_places());
  EXPECT_FALSE(Coverage::here().has(base::Place::updater_breaks_promise));
  EXPECT_TRUE(holds_in_a_branch([] {
    base::reached(base::Place::updater_breaks_promise);
    return true;
  }));
  EXPECT_TRUE(Coverage::here().has(base::Place::updater_breaks_promise));
}

}  // namespace
}  // namespace scenarios::explore
