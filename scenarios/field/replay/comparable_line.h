// SPDX-License-Identifier: BSD-3-Clause
// One line of a log, or of ours, as lines are compared.
#pragma once

#include <string>

#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

/// One line with all that is compared of it, made once: the alignment looks at every pair.
struct ComparableLine {
  explicit ComparableLine(std::string shown);

  std::string text;
  std::string label;       ///< in lower case
  std::string comparable;  ///< blanks as one, none around a colon
  std::string respelled;
  std::string unbranded;  ///< respelled, too
  std::string outcome;    ///< the number of an error, "0" for success; empty: neither
};

bool share_label(const ComparableLine& log, const ComparableLine& ours);
/// What stands opposite one another.
LineVerdict verdict_of(const ComparableLine& log, const ComparableLine& ours);

}  // namespace scenarios::field
