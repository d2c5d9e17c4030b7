// SPDX-License-Identifier: BSD-3-Clause
// The answer in three lines: what is wrong, what to do, how sure that is. Everything else of a
// report is evidence for it.
#pragma once

#include <string>

#include "scenarios/field/report/reproduction.h"

namespace scenarios::field {

struct Summary {
  std::string wrong;
  std::string what_to_do;
  std::string how_sure;
};

/// Where the logs tell nothing at all, all three say so.
Summary summary_of(const Reproduction& all);

/// Three lines of the terminal's page, without an empty one around them.
std::string summary_text(const Summary& summary);

}  // namespace scenarios::field
