// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/html_text.h"

#include <fmt/format.h>

#include "scenarios/field/log_line.h"

namespace scenarios::field {

std::string escaped(std::string_view text) {
  std::string out;
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
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view tag, std::string_view text, std::string_view attributes) {
  return fmt::format("<{0}{1}>{2}</{0}>", tag, attributes, escaped(visible(text)));
}

}  // namespace scenarios::field
