// SPDX-License-Identifier: BSD-3-Clause
// How those lines of MEInfo 6 and later begin that are known from owners' posts: read, not printed.
// Generation 11 sets values apart by blanks alone.
#pragma once

#include "protocol/tools/line.h"

namespace protocol::tools {

inline constexpr std::string_view kLaterBrand = "Intel(R) ME";

inline constexpr Line kMeinfoMe6[] = {
    {.fact = Fact::later_version, .label = "FW Version"},
    {.label = "FW Status Register1"},
    {.label = "FW Status Register2"},
    {.label = "PCH Version"},
    {.label = "Gbe Version"},
    {.label = "GbE Version"},
    {.label = "GBE Region"},
    {.label = "GbE Region"},
    {.label = "CurrentState:"},
    {.label = "ManufacturingMode:"},
    {.label = "Host Read Access to ME"},
    {.label = "Windows OS Version"},
    {.label = "General FW Information"},
};

}  // namespace protocol::tools
