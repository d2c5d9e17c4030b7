// SPDX-License-Identifier: BSD-3-Clause
// Results for a person at a terminal: one line a story, everything about those that did not pass, a
// summary.
#pragma once

#include <string>

#include "scenarios/engine/result.h"

namespace scenarios::engine {

/// "pass  refusals/sku.toml  (2min 3s virtual, 14ms real)", and for anything else what was
/// expected, what came, when, and on what bus.
std::string line_of(const ScenarioResult& result);
std::string details_of(const ScenarioResult& result);

/// "47 scenarios: 46 passed, 1 failed, 0 script errors, 0 internal errors; 62min of virtual time,
/// 3.2s real". `wall_time` is of all of them together.
std::string summary_of(const Totals& totals, base::Duration wall_time);

}  // namespace scenarios::engine
