// SPDX-License-Identifier: BSD-3-Clause
// A machine profile for a board's state, every value marked observed, derived or assumed. What no
// log tells comes from a table of defaults for the generation, never from another board's profile:
// its observations would look like this one's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/field/boards/profile_key.h"
#include "scenarios/field/boards/profile_value.h"
#include "scenarios/field/boards/reported_board.h"

namespace scenarios::field {

/// `states[index]` as a profile. What it does not tell is taken from the same board's other states,
/// where it may.
std::vector<ProfileValue> build_profile(const std::vector<ReportedBoard>& states, std::size_t index,
                                        const FieldReport& report);

/// As a file that load_profile() reads. `title` becomes its description.
std::string profile_toml(const std::vector<ProfileValue>& values, const std::string& title);

/// The line of `key`; null where the profile has none.
const ProfileValue* find(const std::vector<ProfileValue>& values, ProfileKey key);
/// The same of a key that no circumstances change.
const ProfileValue* find(const std::vector<ProfileValue>& values, std::string_view dotted_key);

}  // namespace scenarios::field
