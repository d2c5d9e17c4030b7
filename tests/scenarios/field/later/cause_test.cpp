// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/cause.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "protocol/tools/newer_error.h"
#include "updater/report/explanations.h"

namespace scenarios::field {
namespace {

TEST(Causes, EachHasANameOfItsOwnAndANumberThatIsKnown) {
  std::set<std::string_view> names;
  for (const Cause& row : causes()) {
    EXPECT_TRUE(names.insert(row.id).second) << row.id;
    const bool newer = row.first >= kFirstNewer;
    EXPECT_TRUE(newer ? protocol::tools::find_newer_error(row.error).has_value()
                      : updater::report::find_tool_error(row.error) != nullptr)
        << row.id;
  }
}

TEST(Causes, OfAToolAreThoseOfItsGeneration) {
  const auto older = causes_of(std::array{357u, 8719u}, 9);
  ASSERT_EQ(older.size(), 1u);
  EXPECT_EQ(older[0]->id, "local-update-closed");
  const auto newer = causes_of(std::array{357u, 8719u}, 15);
  ASSERT_EQ(newer.size(), 1u);
  EXPECT_EQ(newer[0]->id, "older-control-12");
}

}  // namespace
}  // namespace scenarios::field
