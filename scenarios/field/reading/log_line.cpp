// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/log_line.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace scenarios::field {
namespace {

bool is_blank(char32_t code) {
  return code == ' ' || code == '\t' || code == 0xA0 || code == 0x202F || code == 0x3000;
}

/// Characters nobody sees: zero width, byte order mark.
bool is_nothing(char32_t code) {
  return code == 0x200B || code == 0xFEFF || code == 0x2060;
}

/// Without a way out in the middle, and so many characters at once.
bool all_printable(std::string_view text) {
  bool all = true;
  for (const char c : text) all &= c >= ' ' && c <= '~';
  return all;
}

bool has_two_blanks_in_a_row(std::string_view text) {
  bool any = false;
  for (std::size_t i = 1; i < text.size(); ++i) any |= text[i] == ' ' && text[i - 1] == ' ';
  return any;
}

/// What stands around a line.
bool is_edge(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

/// "\x1b", "\u202e"
std::string as_escape(char32_t value) {
  const auto number = static_cast<unsigned>(value);
  return number < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{:04x}", number);
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
  // Of most lines each byte is a printable character: nothing has to be looked at twice.
  if (all_printable(text)) return std::string(text);
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::code_point_at(text, at);
    if (point.length == 0) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
      ++at;
      continue;
    }
    if (is_blank(point.value)) {
      safe += ' ';
    } else if (base::is_control(point.value)) {
      safe += as_escape(point.value);
    } else if (!is_nothing(point.value)) {
      safe += text.substr(at, point.length);
    }
    at += point.length;
  }
  return safe;
}

// By hand: find_first_not_of() asks for the set anew at each character, and every line is trimmed
// many times.
std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  return text;
}

std::string collapsed(std::string_view text) {
  const std::string_view inside = trimmed(text);
  if (!has_two_blanks_in_a_row(inside)) return std::string(inside);
  std::string out;
  out.reserve(inside.size());
  for (const char c : inside) {
    if (c == ' ' && !out.empty() && out.back() == ' ') continue;
    out += c;
  }
  return out;
}

}  // namespace scenarios::field
