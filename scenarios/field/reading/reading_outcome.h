// SPDX-License-Identifier: BSD-3-Clause
// How a run ended, where its log says so in a line that was not understood: the error of another
// tool, in another language, misread from a picture. Such a log does not end there, and nothing may
// rest on its not having gone on.
#pragma once

#include <optional>

#include "scenarios/field/reading/known_lines.h"
#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// Of a run whose lines are all there. Of an update every line counts that stands right behind the
/// last known one and is neither noise of a terminal nor a person's words; behind a blank line, the
/// end of a code box or a person's words only one that speaks of a failure or of success. Of MEInfo
/// one that does, or that comes near one of its labels. Behind an outcome that is known only what
/// begins as an error does. `known`: what was read before.
std::optional<UnreadOutcome> unread_outcome(const ToolRun& run, KnownLines& known);

/// Whether the only line of `lone`, which seems to be MEInfo's, may be how the run before it ended:
/// "SKU: mismatch (8704)". Behind a blank line only where it speaks of a failure.
bool may_be_outcome_of(const ToolRun& before, const ToolRun& lone);

}  // namespace scenarios::field
