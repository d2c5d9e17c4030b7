// SPDX-License-Identifier: BSD-3-Clause
// A long log in few lines: what repeats is told once and counted.
#pragma once

#include <string>
#include <vector>

namespace scenarios::engine {

struct TimedLine {
  std::string at;    ///< when, as a person reads it
  std::string what;  ///< lines that say the same are repeats, whenever they were
};

struct FoldedLine {
  std::string text;
  std::size_t from = 0;  ///< which of the lines it shows, or shows the repeats of
};

/// Up to six lines that come again and again, one behind the other, are shown once, with a line
/// behind them that counts the others and tells when the last one was. Times are set flush right.
std::vector<FoldedLine> folded(const std::vector<TimedLine>& lines);

std::string to_text(const TimedLine& line);

}  // namespace scenarios::engine
