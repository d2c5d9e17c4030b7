// SPDX-License-Identifier: BSD-3-Clause
// What every page begins and ends with: its style, for light, dark, narrow and wide screens and for
// paper. Nothing is loaded and no script runs.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::page {

/// Up to and with <body>. `title` is text; `rules` are a page's own, behind those of all pages.
std::string page_head(std::string_view title, std::string_view rules = {});
inline constexpr std::string_view kPageEnd = "</body>\n</html>\n";

}  // namespace scenarios::page
