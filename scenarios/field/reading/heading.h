// SPDX-License-Identifier: BSD-3-Clause
// Lines of a person that say whose output comes next: another machine's, another tool's, another
// writer's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

struct Heading {
  std::string machine;        ///< "second laptop", kSameMachine; empty: it names none
  Tool tool = Tool::unknown;  ///< whose output comes; unknown: it names none
};

/// Of `line`, which no tool prints: "Second laptop:", "On my other PC I get", "T400:", "Peter
/// wrote:", "On MEManufWin64 I get", "Before:". Nothing: it is no heading.
std::optional<Heading> heading_in(std::string_view line);

/// Whether a machine's name says that it is not the one before: "other pc", "second laptop".
bool names_another(std::string_view machine);

}  // namespace scenarios::field
