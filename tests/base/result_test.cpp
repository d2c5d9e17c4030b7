// SPDX-License-Identifier: BSD-3-Clause
// Result: one side is there, and only that side.
#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace {

using base::Errc;
using base::Error;
using base::Result;

Result<int> half(int value) {
  if (value % 2 != 0) return Error{Errc::invalid, "halving an odd number", 7};
  return value / 2;
}

Result<void> only_even(int value) {
  if (const auto h = half(value); !h) return h.error();
  return {};
}

TEST(Result, ValueIsThere) {
  const auto r = half(8);
  ASSERT_TRUE(r);
  EXPECT_EQ(*r, 4);
  EXPECT_EQ(r.value_or(9), 4);
}

TEST(Result, ErrorSaysWhy) {
  const auto r = half(3);
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error(), (Error{Errc::invalid, "halving an odd number", 7}));
  EXPECT_EQ(r.value_or(9), 9);
}

TEST(Result, VoidPassesAnErrorOn) {
  EXPECT_TRUE(only_even(2));
  ASSERT_FALSE(only_even(1));
  EXPECT_EQ(only_even(1).error().code, Errc::invalid);
}

TEST(Result, ValueThatCannotBeCopiedMovesOut) {
  Result<std::unique_ptr<int>> r = std::make_unique<int>(5);
  const std::unique_ptr<int> out = *std::move(r);
  EXPECT_EQ(*out, 5);
}

TEST(Result, EveryErrorKindHasItsOwnName) {
  std::set<std::string> names;
  for (int code = 0; code <= static_cast<int>(Errc::interrupted); ++code) {
    EXPECT_TRUE(names.insert(base::name(static_cast<Errc>(code))).second) << code;
  }
  EXPECT_EQ(names.count("unknown"), 0u);
}

#ifndef NDEBUG
TEST(ResultDeathTest, ReadingTheSideThatIsNotThereAsserts) {
  EXPECT_DEATH(static_cast<void>(half(3).value()), "has_value");
  EXPECT_DEATH(static_cast<void>(half(4).error()), "has_value");
}
#endif

}  // namespace
