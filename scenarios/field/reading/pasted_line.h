// SPDX-License-Identifier: BSD-3-Clause
// What a pasted line is among the lines before it, and whether two lines were one.
#pragma once

#include <optional>

#include "scenarios/field/reading/known_lines.h"
#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// What `line` is, and is once more of the paste is off, or misread letters are put right: its text
/// becomes that for which it is one. `run`: the open one; null: none is. `known`: read before.
Recognised recognise_pasted(LogLine& line, const ToolRun* run, KnownLines& known);

/// Whether its label stands there and its value does not.
bool lacks_value(const Recognised& found);

/// A line that may go on in the next one.
struct HeldLine {
  LogLine line;
  Recognised found;
};
/// Whether it may: nobody's line, a label without its value, the driver's line without its version,
/// the beginning of a longer label.
bool may_go_on(const LogLine& line, const Recognised& found, const ToolRun* run);

/// `held` and `next` as one line; nothing: they are none. What comes back may go on again.
std::optional<HeldLine> joined(const HeldLine& held, const LogLine& next, const Recognised& found,
                               KnownLines& known);

/// Whether `next`, which is nobody's, is the rest of the last line of `run`, and adds it: the end
/// of a value that a narrow window has broken, further switches of a command.
bool extends_last(const LogLine& next, ToolRun& run);

}  // namespace scenarios::field
