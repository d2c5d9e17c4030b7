// SPDX-License-Identifier: BSD-3-Clause
// The line of a log in which somebody starts one of the era's tools.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// Nothing: it is no command, or that of another program.
std::optional<Recognised> as_command(std::string_view line);

}  // namespace scenarios::field
