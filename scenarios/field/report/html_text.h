// SPDX-License-Identifier: BSD-3-Clause
// Lines of a log as HTML: what is no printable character is made visible first.
#pragma once

#include <string>
#include <string_view>

namespace scenarios::field {

/// `text`, made visible (log_line.h), as HTML text or attribute value.
std::string escaped(std::string_view text);

/// "<tag>text</tag>", escaped. `attributes` are ours alone: " class=x".
std::string element(std::string_view tag, std::string_view text, std::string_view attributes = {});

}  // namespace scenarios::field
