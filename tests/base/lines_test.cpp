// SPDX-License-Identifier: BSD-3-Clause
#include "base/lines.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using Lines = std::vector<std::string>;

TEST(LinesOf, AreWithoutTheirEnds) {
  EXPECT_EQ(lines_of("a\nb\n"), (Lines{"a", "b"}));
}

TEST(LinesOf, TheLastNeedsNoEnd) {
  EXPECT_EQ(lines_of("a\nb"), (Lines{"a", "b"}));
}

TEST(LinesOf, AnEmptyLineIsOne) {
  EXPECT_EQ(lines_of("\n\nb\n\n"), (Lines{"", "", "b", ""}));
}

TEST(LinesOf, NoTextHasNone) {
  EXPECT_EQ(lines_of(""), Lines{});
}

TEST(LinesOf, AreThoseOfUnixAlone) {
  EXPECT_EQ(lines_of("a\r\nb"), (Lines{"a\r", "b"}));
}

}  // namespace
}  // namespace base
