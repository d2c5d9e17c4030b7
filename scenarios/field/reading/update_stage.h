// SPDX-License-Identifier: BSD-3-Clause
// How far an update of a later generation's tool had come: "45% (Stage: 6 of 19)".
#pragma once

#include <string>
#include <string_view>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// "45%, stage 6 of 19" of a line that begins so; empty: it does not.
std::string stage_in(std::string_view line);

/// "45%" of "45% (-)]"; "update at 100%" where the tool's work is done; empty: none begins it.
std::string progress_in(std::string_view line);

/// Whether it tells how far an update had come that had not ended.
bool is_stage(const Observation& seen);
/// The last stage that `run` tells; empty: none.
std::string last_stage(const ToolRun& run);

}  // namespace scenarios::field
