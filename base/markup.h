// SPDX-License-Identifier: BSD-3-Clause
// Text in XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace base {

/// `text` as the content of an element or the value of an attribute in either kind of quotes. What
/// XML has no way to write (most control characters, what is not UTF-8) must be out of it.
inline std::string as_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace base
