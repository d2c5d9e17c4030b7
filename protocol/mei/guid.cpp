// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/guid.h"

#include "base/hex.h"

namespace protocol::mei {

std::string to_text(const Guid& g) {
  std::array<std::uint8_t, 16> text_order{};
  for (std::size_t i = 0; i < text_order.size(); ++i)
    text_order[i] = g.bytes[detail::kWirePlace[i]];
  std::string text = base::to_hex(text_order);
  for (const std::size_t place : {8U, 13U, 18U, 23U}) text.insert(place, 1, '-');
  return text;
}

}  // namespace protocol::mei
