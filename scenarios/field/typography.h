// SPDX-License-Identifier: BSD-3-Clause
// What forums and word processors make of a tool's plain ASCII, undone.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::field {

/// `line` with typographic signs, the usual HTML entities and "(R)" as the tools print them, and
/// without formatting tags of HTML or BBCode at its ends. `line` is safe to print (visible()), and
/// so is what comes back.
std::string as_printed_by_tool(std::string_view line);

}  // namespace scenarios::field
