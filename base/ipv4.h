// SPDX-License-Identifier: BSD-3-Clause
// An IPv4 address as text, "192.168.0.1", and as a number in host byte order.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// Exactly four decimal numbers of 0 to 255, else nothing.
inline std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (!text.starts_with('.')) return std::nullopt;
      text.remove_prefix(1);
    }
    std::uint8_t number = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{}) return std::nullopt;
    address = address << 8 | number;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  }
  if (!text.empty()) return std::nullopt;
  return address;
}

/// The reverse.
inline std::string ipv4_text(std::uint32_t address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (!text.empty()) text += '.';
    text += std::to_string(address >> shift & 0xFF);
  }
  return text;
}

}  // namespace base
