// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/log_line.h"

#include <fmt/format.h>

namespace scenarios::field {
namespace {

/// A decoded UTF-8 sequence: its length, or 0 where the bytes are none.
struct Sequence {
  std::size_t length = 0;
  char32_t code = 0;
};

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

Sequence sequence_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {1, first};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return {};
  char32_t code = first & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[at + i])) return {};
    code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  constexpr char32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (code < lowest[length] || code > 0x10FFFF || surrogate) return {};
  return {length, code};
}

bool is_blank(char32_t code) {
  return code == ' ' || code == '\t' || code == 0xA0 || code == 0x202F || code == 0x3000;
}

/// Characters nobody sees: zero width, byte order mark.
bool is_nothing(char32_t code) {
  return code == 0x200B || code == 0xFEFF || code == 0x2060;
}

/// Control characters, and those that turn or isolate the writing direction.
bool is_dangerous(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

const char* name(LineKind kind) {
  switch (kind) {
    case LineKind::blank:
      return "blank";
    case LineKind::command:
      return "command";
    case LineKind::banner:
      return "banner";
    case LineKind::copyright:
      return "copyright";
    case LineKind::complaint:
      return "complaint";
    case LineKind::ornament:
      return "ornament";
    case LineKind::content:
      return "content";
    case LineKind::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string place_of(const LogLine& line) {
  return fmt::format("{}:{}", line.file ? *line.file : "", line.number);
}

std::string visible(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Sequence sequence = sequence_at(text, at);
    if (sequence.length == 0) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
      ++at;
      continue;
    }
    if (is_blank(sequence.code)) {
      safe += ' ';
    } else if (sequence.code < 0x80 && is_dangerous(sequence.code)) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned>(sequence.code));
    } else if (is_dangerous(sequence.code)) {
      safe += fmt::format("\\u{:04x}", static_cast<unsigned>(sequence.code));
    } else if (!is_nothing(sequence.code)) {
      safe += text.substr(at, sequence.length);
    }
    at += sequence.length;
  }
  return safe;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string collapsed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : trimmed(text)) {
    if (c == ' ' && !out.empty() && out.back() == ' ') continue;
    out += c;
  }
  return out;
}

}  // namespace scenarios::field
