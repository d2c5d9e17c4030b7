// SPDX-License-Identifier: BSD-3-Clause
// ME client GUIDs: 16 wire bytes with the first three groups little-endian (Linux uuid_le,
// Microsoft GUID).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace protocol::mei {

struct Guid {
  std::array<std::uint8_t, 16> bytes{};  ///< wire order
  bool operator==(const Guid&) const = default;
};

namespace detail {
constexpr std::uint8_t nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  throw "not a hexadecimal digit";  // compile-time only: guid() is consteval
}
constexpr std::array<std::uint8_t, 16> kWirePlace = {3, 2, 1,  0,  5,  4,  7,  6,
                                                     8, 9, 10, 11, 12, 13, 14, 15};
}  // namespace detail

/// A GUID from its usual text, e.g. "309dcde8-ccb1-4062-8f78-600115a34327". A wrong text does
/// not compile.
consteval Guid guid(std::string_view text) {
  Guid g;
  std::size_t digit = 0;
  for (const char c : text) {
    if (c == '-') continue;
    std::uint8_t& place = g.bytes[detail::kWirePlace[digit / 2]];
    place = static_cast<std::uint8_t>(place << 4 | detail::nibble(c));
    ++digit;
  }
  if (digit != 32) throw "a GUID has 32 hexadecimal digits";
  return g;
}

/// The usual lower-case text of `g`.
std::string to_text(const Guid& g);

}  // namespace protocol::mei
