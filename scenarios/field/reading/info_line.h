// SPDX-License-Identifier: BSD-3-Clause
// A line that MEInfo prints.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/field/reading/meinfo_labels.h"
#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// Nothing: MEInfo prints no such line in any of the dialects that `labels` knows.
std::optional<Recognised> as_info_line(std::string_view line,
                                       const MeinfoLabels& labels = known_labels());

/// Whether `text` is less than a line of MEInfo, and begins it.
bool begins_an_info_line(std::string_view text);

}  // namespace scenarios::field
