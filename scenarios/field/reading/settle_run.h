// SPDX-License-Identifier: BSD-3-Clause
// What no line of a run tells by itself, but all of them do.
#pragma once

#include "scenarios/field/reading/known_lines.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// Settles, of a run whose lines are all there: where a torn log ends and what it does not tell
/// there, which of its errors is the reason, the tool's generation and dialect, the host's system,
/// and whether a line behind its last one may be how it ended. `known`: what was read before.
void settle(ToolRun& run, KnownLines& known);

}  // namespace scenarios::field
