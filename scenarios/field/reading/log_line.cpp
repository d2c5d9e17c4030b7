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
