// SPDX-License-Identifier: BSD-3-Clause
// UTF-8, one code point at a time (RFC 3629): strict, so that every character has one spelling.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <string_view>

namespace base {

struct CodePoint {
  std::size_t length = 0;  ///< in bytes; 0: what stands there is not UTF-8
  char32_t value = 0;
};

/// The code point that begins at byte `at` of `text`; `at` is less than text.size(). Longer
/// spellings than need be, surrogates and what lies beyond U+10FFFF are not UTF-8.
inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  assert(at < text.size());
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {.length = 1, .value = first};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() - at < length) return {};
  char32_t value = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> lowest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  if (value < lowest[length] || value > 0x10FFFF || surrogate) return {};
  return {.length = length, .value = value};
}

/// What a terminal or a page obeys and does not show: control characters, line and paragraph
/// separators, and marks that turn or isolate the writing direction; and U+FFFE and U+FFFF, which
/// are no characters and cannot stand in XML 1.0 (section 2.2).
constexpr bool is_control(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0x061C || value == 0x200E ||
         value == 0x200F || (value >= 0x2028 && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069) || value == 0xFFFE || value == 0xFFFF;
}

}  // namespace base
