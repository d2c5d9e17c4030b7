// SPDX-License-Identifier: BSD-3-Clause
// A log beside ours, in words.
#pragma once

#include <string>

#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

/// "reproduced", "reproduced but for 2 lines missing in the paste"
std::string reproduced_words(const Comparison& c);
/// "23 lines, 1 blanked by the owner"
std::string line_count(const Comparison& c);
/// Lines that only one side has, or that nobody can read, one each, begun with six blanks; empty
/// where the log differs.
std::string missing_lines(const Comparison& c);

}  // namespace scenarios::field
