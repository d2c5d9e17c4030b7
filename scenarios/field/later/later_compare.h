// SPDX-License-Identifier: BSD-3-Clause
// A log of ME 6 or later beside what comes out here. Owners paste of these tools what they take for
// the outcome, and MEInfo prints much that no engine holds (docs/fidelity.md, later-missing and
// later-besides).
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

/// compare(), and then: lines that no engine tells, and the update tool's of itself and of the
/// file, are elsewhere's; an error that only announces another is laid beside ours; what ours alone
/// has counts as missing in the paste, however much that is.
Comparison compare_later(const ToolRun& run, const std::string& printed);

/// Of a BIOS's screen: lines go on behind their beginnings, with a percentage or a request.
Comparison compare_screen(const ToolRun& run, const std::string& shown);

/// Of tools whose lines are read, and printed by nobody here.
struct ComparedFact {
  Fact fact = Fact::none;
  std::string log;
  std::string ours;
  LogLine line;

  bool same() const { return log == ours; }
};

/// Each fact of `run` that a board tells, too: its status words and its version.
std::vector<ComparedFact> compare_facts(const ToolRun& run, const std::vector<std::uint32_t>& words,
                                        const std::string& version);

}  // namespace scenarios::field
