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

/// Whether a line of pasted text begins a quotation, a code box or a paragraph, or ends one.
bool begins_block(std::string_view line);
bool ends_block(std::string_view line);

}  // namespace scenarios::field
