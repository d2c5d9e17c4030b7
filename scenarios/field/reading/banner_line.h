// SPDX-License-Identifier: BSD-3-Clause
// The first lines that a tool of the era prints: its name and its version.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// Nothing: it is no banner.
std::optional<Recognised> as_banner(std::string_view line);

}  // namespace scenarios::field
