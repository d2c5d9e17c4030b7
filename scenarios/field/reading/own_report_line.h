// SPDX-License-Identifier: BSD-3-Clause
// What `meupdate info` and `meupdate --log` print, as a text, as JSON and as a log. Its labels are
// ordinary words, and some are MEInfo's: they are its own only among others of it.
#pragma once

#include <optional>
#include <string_view>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// A line that nobody else prints, and with which such a report begins. Nothing: it is none.
std::optional<Recognised> begins_own_report(std::string_view line);

/// A line of one that is open.
std::optional<Recognised> as_own_report_line(std::string_view line);

}  // namespace scenarios::field
