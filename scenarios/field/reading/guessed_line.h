// SPDX-License-Identifier: BSD-3-Clause
// A line that a reader of pictures, or a hand, has spoilt: taken for the known line that it comes
// nearest to, and told as a guess. Never the line of an outcome: a wrong number would do harm.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// The line of `tool` (MEInfo or FWUpdLcl; unknown: either's) that `line`, which nobody prints, was
/// taken for. Letters that look alike count as one; of the rest no more than one in six of a
/// label's is wrong, none of a short one's. Nothing: it comes near none, or near two.
std::optional<std::string> guessed_line(std::string_view line, Tool tool);

/// `line` with its value put right where letters and digits of it were confused ("Flash: 4.O.3").
/// Nothing: there is nothing to be put right.
std::optional<std::string> with_repaired_value(std::string_view line);

}  // namespace scenarios::field
