// SPDX-License-Identifier: BSD-3-Clause
#include "os/safe_text.h"

#include "base/hex.h"
#include "base/utf8.h"

namespace os {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./:=,+@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string safe_text(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::code_point_at(text, at);
    const std::string_view sequence = text.substr(at, point.length == 0 ? 1 : point.length);
    const bool shown = point.value == '\n' || !base::is_control(point.value);
    if (point.length != 0 && shown) {
      safe += sequence;
    } else {
      for (const char c : sequence) safe += "\\x" + base::to_hex(base::as_bytes({&c, 1}));
    }
    at += sequence.size();
  }
  return safe;
}

std::string shell_quoted(std::string_view argument) {
  bool plain = !argument.empty();
  for (const char c : argument) plain = plain && is_plain(c);
  if (plain) return std::string(argument);
  std::string quoted = "'";
  for (const char c : argument) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

}  // namespace os
