// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace scenarios::field {
namespace {

/// likeness[left][right]
using Table = std::vector<std::vector<int>>;

std::vector<Row> aligned(const Table& table, std::size_t right) {
  return align(table.size(), right, [&](std::size_t i, std::size_t k) { return table[i][k]; });
}

/// The largest sum, by trying everything.
int best(const Table& table, std::size_t right, std::size_t i, std::size_t k) {
  if (i == table.size() || k == right) return 0;
  return std::max({table[i][k] + best(table, right, i + 1, k + 1), best(table, right, i + 1, k),
                   best(table, right, i, k + 1)});
}

TEST(Alignment, NoOtherOneGoesTogetherBetter) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    const std::size_t left = random() % 6;
    const std::size_t right = random() % 6;
    Table table(left, std::vector<int>(right));
    for (auto& line : table) {
      for (int& likeness : line) likeness = random() % 2 == 0 ? 0 : static_cast<int>(random() % 5);
    }
    int sum = 0;
    for (const Row& row : aligned(table, right)) {
      if (row.left && row.right) sum += table[*row.left][*row.right];
    }
    EXPECT_EQ(sum, best(table, right, 0, 0)) << "round " << round;
  }
}

std::vector<std::size_t> first_numbers(std::size_t count) {
  std::vector<std::size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  return numbers;
}

TEST(Alignment, EveryLineIsThereOnceAndInItsOrder) {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    const std::size_t left = random() % 8;
    const std::size_t right = random() % 8;
    Table table(left, std::vector<int>(right));
    for (auto& line : table) {
      for (int& likeness : line) likeness = random() % 3 == 0 ? kAlike : 0;
    }
    std::vector<std::size_t> lefts;
    std::vector<std::size_t> rights;
    for (const Row& row : aligned(table, right)) {
      EXPECT_TRUE(row.left || row.right);
      if (row.left) lefts.push_back(*row.left);
      if (row.right) rights.push_back(*row.right);
    }
    EXPECT_EQ(lefts, first_numbers(left));
    EXPECT_EQ(rights, first_numbers(right));
  }
}

TEST(Alignment, LinesThatGoWithNoneStandOppositeOneAnother) {
  const auto rows = align(3, 2, [](std::size_t, std::size_t) { return 0; });
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].left, 1u);
  EXPECT_EQ(rows[1].right, 1u);
  EXPECT_EQ(rows[2].right, std::nullopt);
}

TEST(Alignment, NoMorePairsAreLookedAtThanPromised) {
  constexpr std::size_t kLong = 5000;
  std::size_t looked_at = 0;
  align(kLong, kLong, [&](std::size_t, std::size_t) {
    ++looked_at;
    return 0;
  });
  EXPECT_LE(looked_at, kMostCells + 2 * kLong);
}

}  // namespace
}  // namespace scenarios::field
