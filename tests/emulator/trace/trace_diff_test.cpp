// SPDX-License-Identifier: BSD-3-Clause
// Two traces side by side: what only one of them has.
#include "emulator/trace/trace_diff.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace emulator::trace {
namespace {

using Lines = std::vector<TraceLine>;

/// A line a letter, a second apart.
Lines letters_of(const std::string& letters) {
  Lines lines;
  for (const char letter : letters) {
    lines.push_back({.at = std::chrono::seconds(lines.size()),
                     .kind = sim::TraceKind::link,
                     .text = std::string(1, letter)});
  }
  return lines;
}

/// "a-b+cd": a in both, b only in the first, c only in the second, d in both.
std::string marked(const std::string& first, const std::string& second) {
  const Lines a = letters_of(first);
  const Lines b = letters_of(second);
  std::string text;
  for (const DiffLine& each : diff(a, b, Times::ignored).lines) {
    if (each.in == DiffLine::In::first) text += '-';
    if (each.in == DiffLine::In::second) text += '+';
    text += each.line->text;
  }
  return text;
}

TEST(TraceDiff, FindsTheFewestChanges) {
  EXPECT_EQ(marked("abcd", "abcd"), "abcd");
  EXPECT_EQ(marked("abcd", "acd"), "a-bcd");
  EXPECT_EQ(marked("acd", "abcd"), "a+bcd");
  EXPECT_EQ(marked("", "ab"), "+a+b");
  EXPECT_EQ(marked("ab", ""), "-a-b");
  EXPECT_EQ(marked("axb", "ayb"), "a-x+yb");
  // The example of Myers' paper: no way has fewer than five changes.
  const Lines a = letters_of("abcabba");
  const Lines b = letters_of("cbabac");
  const TraceDiff found = diff(a, b, Times::ignored);
  EXPECT_EQ(found.in_first + found.in_second, 5u);
  EXPECT_EQ(found.in_both, 4u);
}

/// Whatever was changed, the way leads from the one to the other.
TEST(TraceDiff, LeadsFromTheOneToTheOther) {
  std::uint32_t state = 1;
  const auto letter = [&] {
    state = state * 1103515245u + 12345u;
    return static_cast<char>('a' + (state >> 16u) % 4);
  };
  for (int round = 0; round < 200; ++round) {
    std::string first;
    std::string second;
    for (int i = 0; i < round % 17; ++i) first += letter();
    for (int i = 0; i < round % 13; ++i) second += letter();
    const Lines a = letters_of(first);
    const Lines b = letters_of(second);
    std::string of_first;
    std::string of_second;
    for (const DiffLine& each : diff(a, b, Times::ignored).lines) {
      if (each.in != DiffLine::In::second) of_first += each.line->text;
      if (each.in != DiffLine::In::first) of_second += each.line->text;
    }
    EXPECT_EQ(of_first, first);
    EXPECT_EQ(of_second, second);
  }
}

TEST(TraceDiff, TakesTimesIntoAccountWhereItIsAsked) {
  const Lines a = letters_of("ab");
  Lines b = a;
  b[1].at += std::chrono::seconds(1);
  EXPECT_TRUE(diff(a, b, Times::ignored).same());
  EXPECT_EQ(diff(a, b, Times::compared).in_first, 1u);
}

TEST(TraceDiff, SeesBytesThatOnlyTheChecksumShows) {
  Lines a = {{.kind = sim::TraceKind::message_to_me, .size = 500, .fnv1a = 1, .text = "FWU DATA"}};
  Lines b = a;
  b[0].fnv1a = 2;
  const TraceDiff found = diff(a, b, Times::ignored);
  EXPECT_EQ(found.in_first, 1u);
  EXPECT_NE(diff_text(found, 3).find("fnv1a 0000000000000002"), std::string::npos);
  b[0].fnv1a = std::nullopt;  // the end of a trace that was kept: nobody knows
  EXPECT_TRUE(diff(a, b, Times::ignored).same());
}

/// Then nothing is found to be common between the beginning and the end, not the m either.
TEST(TraceDiff, GivesUpLookingForTheFewestWhereThereAreTooMany) {
  const auto with = [](char letter, std::size_t times) {
    const std::string many(times, letter);
    return letters_of("s" + many + "m" + many + "e");
  };
  for (const auto& [times, common] :
       {std::pair(kMostChanges / 8, std::size_t{3}), std::pair(kMostChanges / 2, std::size_t{2})}) {
    const Lines a = with('a', times);
    const Lines b = with('b', times);
    const TraceDiff found = diff(a, b, Times::ignored);
    EXPECT_EQ(found.in_both, common) << times;
    EXPECT_EQ(found.in_first + common, a.size());
  }
}

TEST(TraceDiff, IsToldWithTheEqualLinesAroundIt) {
  const Lines a = letters_of("abcdefg");
  const Lines b = letters_of("abcxefg");
  EXPECT_EQ(diff_text(diff(a, b, Times::ignored), 1),
            "  ... 2 equal\n"
            "                2s  -- link: c\n"
            "-               3s  -- link: d\n"
            "+               3s  -- link: x\n"
            "                4s  -- link: e\n"
            "  ... 2 equal\n");
  EXPECT_EQ(diff_text(diff(a, a, Times::ignored), 1), "");
}

}  // namespace
}  // namespace emulator::trace
