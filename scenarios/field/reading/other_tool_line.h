// SPDX-License-Identifier: BSD-3-Clause
// Lines of tools that are read but never replayed: MEManuf, FPT, intelmetool, fwupdmgr, lspci,
// tpm-tools, the mei driver's files, screens of set-up typed by hand, and our own meupdate.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

/// Nothing: none of them prints it.
std::optional<Recognised> as_other_tool_line(std::string_view line);

/// A line of what `meupdate` tells people, known among others of it alone: its labels are
/// ordinary words.
std::optional<Recognised> as_meupdate_line(std::string_view line);

/// The `index`-th of the bare words that the mei driver's file fw_status holds, one a line;
/// nothing: `line` is none.
std::optional<Recognised> as_status_word(std::string_view line, std::size_t index);

/// Of a set-up screen among others of it: "Firmware Version: 0.0.0.0".
std::optional<Recognised> as_screen_line(std::string_view line);

}  // namespace scenarios::field
