// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/html_text.h"

#include <fmt/format.h>

#include "base/markup.h"
#include "os/safe_text.h"

namespace scenarios::page {
namespace {

bool is_inside_a_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

}  // namespace

std::string escaped(std::string_view text) {
  return base::as_markup(os::safe_text(text));
}

std::string element(std::string_view tag, std::string_view text, std::string_view attributes) {
  return fmt::format("<{0}{1}>{2}</{0}>", tag, attributes, escaped(text));
}

std::string fitted(std::string_view text, std::size_t most) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_inside_a_character(text[at])) continue;
    if (++seen > most) return std::string(text.substr(0, at)) + "\u2026";
  }
  return std::string(text);
}

}  // namespace scenarios::page
