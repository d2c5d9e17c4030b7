// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/fold_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace scenarios::engine {
namespace {

constexpr std::size_t kLongestPattern = 6;

/// How often the `length` lines at `at` stand there, one block behind the other; 1: no repeat.
std::size_t times(const std::vector<TimedLine>& lines, std::size_t at, std::size_t length) {
  std::size_t count = 1;
  const auto what = [&](std::size_t i) -> const std::string& { return lines[i].what; };
  for (std::size_t next = at + length; next + length <= lines.size(); next += length, ++count) {
    for (std::size_t i = 0; i < length; ++i) {
      if (what(at + i) != what(next + i)) return count;
    }
  }
  return count;
}

struct Repeat {
  std::size_t length = 1;  ///< lines of a block
  std::size_t times = 1;
  /// Lines that need not be shown; one more takes their place.
  std::size_t saved() const { return length * (times - 1); }
};

Repeat best_repeat(const std::vector<TimedLine>& lines, std::size_t at) {
  Repeat best;
  for (std::size_t length = 1; length <= kLongestPattern; ++length) {
    const Repeat found{.length = length, .times = times(lines, at, length)};
    if (found.saved() > best.saved()) best = found;
  }
  return best;
}

std::string counted(const Repeat& repeat, const std::string& last) {
  const std::string what =
      repeat.length == 1 ? "the same" : fmt::format("the same {} lines", repeat.length);
  const std::size_t more = repeat.times - 1;
  return fmt::format("{:>18}  ... {} {} more time{}, until then", last, what, more,
                     more == 1 ? "" : "s");
}

}  // namespace

std::vector<FoldedLine> folded(const std::vector<TimedLine>& lines) {
  std::vector<FoldedLine> out;
  for (std::size_t at = 0; at < lines.size();) {
    const Repeat repeat = best_repeat(lines, at);
    const bool pays = repeat.saved() > 1;
    const std::size_t shown = pays ? repeat.length : 1;
    for (std::size_t i = at; i < at + shown; ++i)
      out.push_back({.text = to_text(lines[i]), .from = i});
    at += shown;
    if (!pays) continue;
    const std::size_t end = at + repeat.saved();
    out.push_back({.text = counted(repeat, lines[end - 1].at), .from = at});
    at = end;
  }
  return out;
}

std::string to_text(const TimedLine& line) {
  return fmt::format("{:>18}  {}", line.at, line.what);
}

}  // namespace scenarios::engine
