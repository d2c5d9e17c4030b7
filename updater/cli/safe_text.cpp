// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/safe_text.h"

#include <fmt/format.h>

namespace updater::cli {
namespace {

/// Bytes of the well-formed UTF-8 sequence that starts at `at`; 1 for ASCII, 0 for none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 && first < 0xF5 ? 4
                             : first >= 0xE0               ? 3
                             : first >= 0xC2               ? 2
                                                           : 0;
  if (first >= 0xF5 || length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return 0;
  }
  return length;
}

bool is_control(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 1) return (first < 0x20 && first != '\n') || first == 0x7F;
  return first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./:=,+@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string safe_text(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    const std::string_view sequence = text.substr(at, length == 0 ? 1 : length);
    if (length != 0 && !is_control(sequence)) {
      safe += sequence;
    } else {
      for (const char c : sequence) safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
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

}  // namespace updater::cli
