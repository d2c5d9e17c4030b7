// SPDX-License-Identifier: BSD-3-Clause
// HTML that cannot be broken out of: text goes in escaped, and only here.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::page {

/// `text` with what controls a terminal shown as \xNN, as HTML text or attribute value.
std::string escaped(std::string_view text);

/// "<tag>text</tag>", escaped. `attributes` are ours alone: " class=x".
std::string element(std::string_view tag, std::string_view text, std::string_view attributes = {});

/// At most `most` characters of `text`; an ellipsis stands for the rest.
std::string fitted(std::string_view text, std::size_t most);

}  // namespace scenarios::page
