// SPDX-License-Identifier: BSD-3-Clause
// Results for a person at a terminal: one line a story, everything about those that did not pass, a
// summary.
#pragma once

#include <string>

#include "scenarios/engine/result.h"

namespace scenarios::engine {

/// "pass  refusals/sku.toml  (2min 3s)", and for anything else what was expected, what came, when,
/// and on what bus.
std::string line_of(const ScenarioResult& result);
std::string details_of(const ScenarioResult& result);

/// "47 scenarios: 46 passed, 1 failed, 0 script errors, 0 internal errors; 1h 2min of virtual time"
std::string summary_of(const Totals& totals);

}  // namespace scenarios::engine
