// SPDX-License-Identifier: BSD-3-Clause
// Two lists of lines laid side by side, so that one line more or less on one side does not make all
// that follow differ.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace scenarios::field {

/// How well two lines go together: 0 not at all, kAlike at best. The sum over all pairs is made as
/// large as it can be.
inline constexpr int kAlike = 4;
using Likeness = std::function<int(std::size_t left, std::size_t right)>;

/// A pair, or one line alone. In the order of both sides.
struct Row {
  std::optional<std::size_t> left;
  std::optional<std::size_t> right;
};

/// Lines between two pairs that go with none are put opposite one another, as far as both sides
/// have some. Lines that are alike from the beginning cost nothing; the rest takes time and room in
/// proportion to the product of both lengths, of which no more than kMostCells are looked at: lines
/// on the left beyond that stay alone.
inline constexpr std::size_t kMostCells = 1u << 22;
std::vector<Row> align(std::size_t left, std::size_t right, const Likeness& alike);

}  // namespace scenarios::field
