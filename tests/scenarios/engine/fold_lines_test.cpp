// SPDX-License-Identifier: BSD-3-Clause
// What repeats in a log is told once.
#include "scenarios/engine/fold_lines.h"

#include <gtest/gtest.h>

namespace scenarios::engine {
namespace {

std::vector<TimedLine> lines_of_words(const std::vector<std::string>& words) {
  std::vector<TimedLine> lines;
  for (std::size_t i = 0; i < words.size(); ++i)
    lines.push_back({.at = std::to_string(i) + "ms", .what = words[i]});
  return lines;
}

/// The folded lines without the blanks that set times flush right.
std::vector<std::string> told(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const FoldedLine& line : folded(lines_of_words(words)))
    out.push_back(line.text.substr(line.text.find_first_not_of(' ')));
  return out;
}

using Lines = std::vector<std::string>;

TEST(FoldLines, LeavesWhatDoesNotRepeatAsItIs) {
  EXPECT_EQ(told({}), Lines{});
  EXPECT_EQ(told({"a", "b", "a", "c"}), (Lines{"0ms  a", "1ms  b", "2ms  a", "3ms  c"}));
}

TEST(FoldLines, CountsALineThatComesAgain) {
  EXPECT_EQ(told({"a", "a", "a", "b"}),
            (Lines{"0ms  a", "2ms  ... the same 2 more times, until then", "3ms  b"}));
}

TEST(FoldLines, CountsSeveralThatComeAgainOneBehindTheOther) {
  EXPECT_EQ(told({"start", "data", "ok", "data", "ok", "data", "ok", "end"}),
            (Lines{"0ms  start", "1ms  data", "2ms  ok",
                   "6ms  ... the same 2 lines 2 more times, until then", "7ms  end"}));
}

TEST(FoldLines, DoesNotFoldWhereThatIsNoShorter) {
  EXPECT_EQ(told({"a", "a", "b"}), (Lines{"0ms  a", "1ms  a", "2ms  b"}));
}

TEST(FoldLines, TellsWhichLineEachStandsFor) {
  const auto lines = folded(lines_of_words({"x", "a", "a", "a", "a", "y"}));
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1].from, 1u);
  EXPECT_EQ(lines[2].from, 2u);
  EXPECT_EQ(lines[3].from, 5u);
}

}  // namespace
}  // namespace scenarios::engine
