// SPDX-License-Identifier: BSD-3-Clause
// By what a client of the Management Engine is called: sixteen bytes as they stand in messages, the
// first three groups of the text little-endian.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mebench {

struct Guid {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const Guid&) const = default;
};

namespace detail {
consteval std::uint8_t digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  throw "not a hexadecimal digit";
}
}  // namespace detail

/// guid("309dcde8-ccb1-4062-8f78-600115a34327"); a wrong text does not compile.
consteval Guid guid(std::string_view text) {
  constexpr std::size_t place[] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
  Guid out;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '-') continue;
    if (digits == 32) throw "a GUID has 32 hexadecimal digits";
    std::uint8_t& byte = out.bytes[place[digits / 2]];
    byte = static_cast<std::uint8_t>(byte << 4 | detail::digit(c));
    ++digits;
  }
  if (digits != 32) throw "a GUID has 32 hexadecimal digits";
  return out;
}

/// The clients that every board has (docs/protocols.md); the first one while its firmware brings
/// AMT and runs.
inline constexpr Guid kAmtClient = guid("12f80028-b4b7-4b2d-aca8-46e0ff65814c");
inline constexpr Guid kUpdateClient = guid("309dcde8-ccb1-4062-8f78-600115a34327");
inline constexpr Guid kWatchdogClient = guid("05b79a6f-4628-4d7f-899d-a91514cb32ab");
inline constexpr Guid kMkhiClient = guid("8e6a6715-9abc-4043-88ef-9e39c6f63e0f");

}  // namespace mebench
