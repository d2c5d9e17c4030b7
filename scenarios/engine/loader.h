// SPDX-License-Identifier: BSD-3-Clause
// Scenario files into scenarios: TOML 1.0, strictly. docs/scenarios.md is the grammar.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::engine {

/// The stories of one file, one for every point of its matrix. `id` is what reports call it.
/// Errors: not_found, io, invalid ("file:line:col: what is wrong; what would be right").
base::Result<std::vector<Scenario>> load_scenarios(const std::string& path, const std::string& id);

}  // namespace scenarios::engine
