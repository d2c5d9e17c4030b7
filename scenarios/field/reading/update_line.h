// SPDX-License-Identifier: BSD-3-Clause
// A line that FWUpdLcl prints.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// Nothing: FWUpdLcl prints no such line.
std::optional<Recognised> as_update_line(std::string_view line);

/// "FW Version: 11.0.0.1202", which it prints when it is run with -fwver, and MEInfo, too.
std::optional<Recognised> as_asked_version(std::string_view line);

/// How its lines begin, those of an outcome left out.
std::vector<std::string_view> update_line_beginnings();

/// Whether `text` is less than a line of FWUpdLcl, and begins it.
bool begins_an_update_line(std::string_view text);

/// "***** Image Info ******", whatever stands around it
bool names_the_image(std::string_view line);
/// "Communication Mode: TPM"
bool names_its_way(std::string_view line);
/// "Trying to connect to MEI driver."
bool begins_an_update(std::string_view line);

}  // namespace scenarios::field
