// SPDX-License-Identifier: BSD-3-Clause
// Explanations in which something helps that the report says did not.
#pragma once

#include "scenarios/field/explain/explain.h"

namespace scenarios::field {

/// Tries on the model, alone and together, what the report says was tried without success, and
/// says of each explanation in which an update goes through behind it that it is doubtful
/// (Explanation::doubt). Doubtful ones stand behind the others, and the first is the best.
void doubt_what_was_tried(FieldBench& bench, Explained& explained);

}  // namespace scenarios::field
