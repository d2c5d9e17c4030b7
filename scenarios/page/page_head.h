// SPDX-License-Identifier: BSD-3-Clause
// What every page begins and ends with: its style, for light, dark, narrow and wide screens and for
// paper. Nothing is loaded and no script runs.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::page {

/// Up to and with <body>. `title` is text.
std::string page_head(std::string_view title);
inline constexpr std::string_view kPageEnd = "</body>\n</html>\n";

}  // namespace scenarios::page
