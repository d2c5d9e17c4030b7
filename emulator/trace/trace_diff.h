// SPDX-License-Identifier: BSD-3-Clause
// Where two traces of a story differ: the shortest way from one to the other (Myers, "An O(ND)
// Difference Algorithm and Its Variations", 1986).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "emulator/trace/trace_line.h"

namespace emulator::trace {

/// A later time is mostly the consequence of what came before, and hides what else differs.
enum class Times : std::uint8_t { ignored, compared };

struct DiffLine {
  enum class In : std::uint8_t { both, first, second } in = In::both;
  const TraceLine* line = nullptr;  ///< of the traces that were compared; of both, the first's
};

struct TraceDiff {
  std::vector<DiffLine> lines;
  std::size_t in_both = 0;
  std::size_t in_first = 0;   ///< and not in the second
  std::size_t in_second = 0;  ///< and not in the first
  bool same() const { return in_first == 0 && in_second == 0; }
};

/// More than kMostChanges changes are not looked for: what is between the common beginning and the
/// common end is all different then.
inline constexpr std::size_t kMostChanges = 2000;
TraceDiff diff(const std::vector<TraceLine>& first, const std::vector<TraceLine>& second,
               Times times);

/// Changed lines with `around` equal ones on each side, marked "-", "+" and " ".
std::string diff_text(const TraceDiff& diff, std::size_t around);

}  // namespace emulator::trace
