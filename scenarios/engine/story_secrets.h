// SPDX-License-Identifier: BSD-3-Clause
// The passwords and passphrases that a story gives: no program may tell them, and no report shows
// them where one of somebody else's does.
#pragma once

#include <string>
#include <vector>

#include "scenarios/engine/scenario.h"
#include "scenarios/engine/step_outcome.h"

namespace scenarios::engine {

/// Secret values of the story's [set], and the texts of its files: which of them is a
/// passphrase nobody can tell. Words of fewer than four letters are in every text, and left out.
std::vector<std::string> secrets_of(const Scenario& story);

/// "(not shown)" stands for each of `secrets`, in what was printed and in what was got. The word
/// "owner" stays, which is every board's passphrase where none is given.
void hide(const std::vector<std::string>& secrets, StepOutcome& outcome);

}  // namespace scenarios::engine
