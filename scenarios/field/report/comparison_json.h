// SPDX-License-Identifier: BSD-3-Clause
// A log beside ours, for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

/// docs/schema/reproduce.schema.json, "comparison".
nlohmann::ordered_json comparison_json(const Comparison& comparison);

}  // namespace scenarios::field
