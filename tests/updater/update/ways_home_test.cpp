// SPDX-License-Identifier: BSD-3-Clause
// The table of all ways in which an update can stop: nothing is missing, nothing contradicts
// itself.
#include "updater/update/ways_home.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace {

using namespace updater::update;

template <class Row>
int rows_for(std::span<const Row> rows, Stopped stopped, Way way, Seen seen) {
  return static_cast<int>(std::count_if(rows.begin(), rows.end(), [&](const Row& row) {
    return row.seen == seen && row.stopped.has(stopped) && row.ways.has(way);
  }));
}

TEST(WaysHome, EveryCellHasOneRowOrOneReasonWhyItCannotBe) {
  int cells = 0;
  for (std::size_t i = 0; i < kStoppedCount; ++i) {
    for (std::size_t j = 0; j < kWayCount; ++j) {
      for (std::size_t k = 0; k < kSeenCount; ++k, ++cells) {
        const auto stopped = static_cast<Stopped>(i);
        const auto way = static_cast<Way>(j);
        const auto seen = static_cast<Seen>(k);
        const int there = rows_for(ways_home(), stopped, way, seen);
        const int cannot = rows_for(impossible_ways(), stopped, way, seen);
        EXPECT_EQ(there + cannot, 1) << name(stopped) << ", " << name(way) << ", " << name(seen);
        if (there == 1) {
          EXPECT_EQ(way_home(stopped, way, seen).seen, seen);
        }
      }
    }
  }
  EXPECT_EQ(cells, 80);
}

TEST(WaysHome, NobodyIsToldToTakePowerAwayThatHasToStayOn) {
  for (const WayHome& home : ways_home()) {
    const auto steps = steps_of(home.next);
    const bool keeps = std::find(steps.begin(), steps.end(), Step::keep_power) != steps.end();
    const bool cycles = std::find(steps.begin(), steps.end(), Step::power_cycle) != steps.end();
    EXPECT_FALSE(keeps && cycles) << words(home.next);
    if (home.seen == Seen::failed || home.seen == Seen::busy) {
      EXPECT_FALSE(cycles) << name(home.seen);
    }
  }
}

TEST(WaysHome, NobodyIsLeftWithoutACommandOnABoardThatIsNotAsItWas) {
  for (const WayHome& home : ways_home()) {
    const auto steps = steps_of(home.next);
    const bool runs = !steps.empty() && steps.back() == Step::run;
    const bool done = home.seen == Seen::declined || home.seen == Seen::waiting;
    EXPECT_NE(runs, done) << name(home.seen);
    EXPECT_LE(steps.size(), 3u);
  }
}

TEST(WaysHome, RecoveryCodeIsNeverSentToTheTpm) {
  for (const WayHome& home : ways_home())
    EXPECT_EQ(home.seen == Seen::recovery, home.next == Next::run_over_heci);
}

TEST(WaysHome, EveryRowSaysWhyItIsSafe) {
  for (const WayHome& home : ways_home()) EXPECT_GT(std::string(home.safe_because).size(), 10u);
  for (const NoWay& none : impossible_ways()) EXPECT_GT(std::string(none.because).size(), 10u);
}

template <class Enum>
void expect_words(std::size_t count) {
  std::set<std::string> names;
  std::set<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    names.insert(name(static_cast<Enum>(i)));
    texts.insert(words(static_cast<Enum>(i)));
  }
  EXPECT_EQ(names.size(), count);
  EXPECT_EQ(texts.size(), count);
  EXPECT_EQ(names.count("unknown") + texts.count(""), 0u);
}

TEST(WaysHome, EverythingHasANameAndWordsOfItsOwn) {
  expect_words<Stopped>(kStoppedCount);
  expect_words<Seen>(kSeenCount);
  expect_words<Next>(kNextCount);
}

}  // namespace
