// SPDX-License-Identifier: BSD-3-Clause
// What is known of boards that said the same: what it means, what to look at next, and how it ended
// for the owners of public threads. Knowledge with a source, never a promise.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "updater/report/pasted.h"

namespace updater::report {

/// How it ended for those whose thread is the source.
enum class Ended : std::uint8_t { solved, not_solved, harmless, unknown };
const char* name(Ended ended);   ///< "solved", "not_solved", ...
const char* words(Ended ended);  ///< "solved", "not solved", "harmless", "its end is not known"

struct KnownCase {
  const char* id = nullptr;
  /// Error numbers that all stand in the text; 0: no further one.
  std::array<std::uint32_t, 2> numbers = {};
  std::array<Sign, 2> signs = {};  ///< all of them; none: no further one
  std::uint16_t first = 0;         ///< the generations in which it was seen
  std::uint16_t last = 99;
  const char* means = nullptr;      ///< what the log shows and what that means
  const char* look_next = nullptr;  ///< what to look at, or to do, next
  Ended ended = Ended::unknown;
  const char* end = nullptr;  ///< how it ended, and for whom
  const char* source = nullptr;
  /// What is meant goes before single numbers: 0 for a sign alone.
  int conditions() const;
};

std::span<const KnownCase> known_cases();

/// Those that fit, the one with the most conditions first. A generation of 0 fits each; what is
/// part of one that was named is left out.
std::vector<const KnownCase*> cases_of(const Pasted& pasted);

}  // namespace updater::report
