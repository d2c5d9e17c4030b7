// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/parse_guid.h"

#include <cstddef>

namespace protocol::mei {
namespace {

constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

bool is_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

std::optional<Guid> parse_guid(std::string_view text) {
  if (text.size() != kShape.size()) return std::nullopt;
  Guid out;
  std::size_t digit = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kShape[i] == '-' && text[i] == '-') continue;
    if (kShape[i] == '-' || !is_digit(text[i])) return std::nullopt;
    std::uint8_t& place = out.bytes[detail::kWirePlace[digit / 2]];
    place = static_cast<std::uint8_t>(place << 4 | detail::nibble(text[i]));
    ++digit;
  }
  return out;
}

}  // namespace protocol::mei
