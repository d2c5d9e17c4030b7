// SPDX-License-Identifier: BSD-3-Clause
// What a person's own words say was done to the board already. A deed that is not heard costs a
// needless piece of advice; one that is heard and was not done hides the right piece: when in doubt
// nothing is heard.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/field/reading/run_log.h"

namespace scenarios::field {

/// The deeds that `line` tells, each once. Not heard is what is asked, denied, feared, proposed,
/// required or true only under a condition, and what tells a state and no deed ("the TPM is
/// enabled"). English, and the participles that German and French owners use of a TPM.
std::vector<Tried> tried_in(std::string_view line);

}  // namespace scenarios::field
