// SPDX-License-Identifier: BSD-3-Clause
// Whose line one cleaned line of a log is, recognised by itself.
#pragma once

#include <string_view>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// `line` without the paste's marks (paste_marks.h), trimmed. What nobody is known to print
/// is LineKind::unknown.
Recognised recognise(std::string_view line);

/// Whether `text` is the beginning of a line of `tool` and long enough to be told from a person's.
bool begins_a_line_of(Tool tool, std::string_view text);

}  // namespace scenarios::field
