// SPDX-License-Identifier: BSD-3-Clause
// Which line of which command would tell explanations apart that all fit the logs.
#pragma once

#include "scenarios/field/explain/explain.h"

namespace scenarios::field {

/// First what the reported commands would go on to say; then, for explanations that foretell the
/// very same lines everywhere, what MEInfo and an update with the owner's password would show.
/// Fills in Explained::distinctions and Explained::not_told_apart.
void tell_apart(FieldBench& bench, Explained& explained);

/// For people: each line once, with all that it means ("explanation 1, explanation 3").
std::vector<Distinction::Line> lines_once(const Distinction& distinction);

}  // namespace scenarios::field
