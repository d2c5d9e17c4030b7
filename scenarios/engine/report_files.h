// SPDX-License-Identifier: BSD-3-Clause
// Results for programs: JUnit XML as CI servers read it, and JSON (docs/scenarios.md lists the
// members).
#pragma once

#include <string>
#include <vector>

#include "scenarios/engine/result.h"

namespace scenarios::engine {

/// As Jenkins' junit-10.xsd has it: one test case a story; `time` is virtual. `wall_time`, what all
/// took together, and that of each story are properties of the suite, and all that differs from one
/// run to the next.
std::string junit_xml(const std::vector<ScenarioResult>& results, base::Duration wall_time);

/// {"schema": 1, "totals": {...}, "scenarios": [...]}
std::string results_json(const std::vector<ScenarioResult>& results, base::Duration wall_time);

}  // namespace scenarios::engine
