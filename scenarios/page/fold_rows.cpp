// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/fold_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace scenarios::page {
namespace {

using Kind = SequenceRow::Kind;
using RowList = std::vector<SequenceRow>;

constexpr std::size_t kLongestPattern = 6;
constexpr std::size_t kBesideAFault = 2;

/// A silence and a step are told by themselves, however alike two of them are.
bool is_alike(const SequenceRow& a, const SequenceRow& b) {
  const bool tells_a_time = a.kind == Kind::silence || a.kind == Kind::step;
  return !tells_a_time && a.kind == b.kind && a.what == b.what && a.count == b.count;
}

/// How often the `length` rows at `at` stand there, one block behind the other; 1: no repeat.
std::size_t blocks_at(const RowList& rows, std::size_t at, std::size_t length) {
  std::size_t count = 1;
  for (std::size_t next = at + length; next + length <= rows.size(); next += length, ++count) {
    for (std::size_t i = 0; i < length; ++i) {
      if (!is_alike(rows[at + i], rows[next + i])) return count;
    }
  }
  return count;
}

struct RowPattern {
  std::size_t length = 1;
  std::size_t blocks = 1;
  std::size_t saved() const { return length * (blocks - 1); }
};

RowPattern best_pattern(const RowList& rows, std::size_t at) {
  RowPattern best;
  for (std::size_t length = 2; length <= kLongestPattern; ++length) {
    const RowPattern found{.length = length, .blocks = blocks_at(rows, at, length)};
    if (found.saved() > best.saved()) best = found;
  }
  return best;
}

SequenceRow again_row(const RowPattern& pattern, double last) {
  return {.kind = Kind::again,
          .at = last,
          .what = fmt::format("the {} rows above again", pattern.length),
          .count = pattern.blocks - 1};
}

/// Which rows stay.
std::vector<bool> kept_of(const RowList& rows, std::size_t most) {
  std::vector<bool> kept(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < most / 2 || i + most / 2 >= rows.size() || rows[i].kind == Kind::step) kept[i] = true;
    if (rows[i].kind != Kind::fault) continue;
    const std::size_t from = i - std::min(i, kBesideAFault);
    for (std::size_t near = from; near <= i + kBesideAFault && near < rows.size(); ++near)
      kept[near] = true;
  }
  return kept;
}

}  // namespace

std::vector<SequenceRow> folded(const std::vector<SequenceRow>& rows) {
  RowList out;
  for (std::size_t at = 0; at < rows.size();) {
    const RowPattern pattern = best_pattern(rows, at);
    const bool pays = pattern.saved() > 1;
    const std::size_t shown = pays ? pattern.length : 1;
    for (std::size_t i = at; i < at + shown; ++i) out.push_back(rows[i]);
    at += shown;
    if (!pays) continue;
    at += pattern.saved();
    out.push_back(again_row(pattern, rows[at - 1].at));
  }
  return out;
}

std::vector<SequenceRow> shortened(std::vector<SequenceRow> rows, std::size_t most) {
  if (rows.size() <= most) return rows;
  const std::vector<bool> kept = kept_of(rows, most);
  RowList out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (kept[i]) {
      out.push_back(std::move(rows[i]));
    } else if (!out.empty() && out.back().kind == Kind::left_out) {
      ++out.back().count;
    } else {
      out.push_back({.kind = Kind::left_out, .at = rows[i].at, .what = "left out"});
    }
  }
  return out;
}

}  // namespace scenarios::page
