// SPDX-License-Identifier: BSD-3-Clause
// A line that MEInfo prints.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// Nothing: MEInfo prints no such line.
std::optional<Recognised> as_info_line(std::string_view line);

/// Whether `text` is less than a line of MEInfo, and begins it.
bool begins_an_info_line(std::string_view text);

}  // namespace scenarios::field
