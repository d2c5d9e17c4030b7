// SPDX-License-Identifier: BSD-3-Clause
// The name of a served board: another one each time a machine is served, told by both its sockets.
// So a program that holds two sockets knows whether they are of one board (docs/serve.md). Ours.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hex.h"

namespace protocol {

struct BoardId {
  static constexpr std::size_t size = 16;
  std::array<std::uint8_t, size> bytes{};

  bool operator==(const BoardId&) const = default;
};

/// vfio-user: the capability by which a client asks for it in VERSION and a server tells it. Told
/// only to who asks: QEMU warns of a capability that it does not know.
inline constexpr const char* kBoardIdCapability = "mebench_board_id";

/// Thirty-two hexadecimal digits.
inline std::string to_text(const BoardId& id) {
  return base::to_hex(id.bytes);
}

/// What to_text() gives, and nothing else.
inline std::optional<BoardId> parse_board_id(std::string_view text) {
  const auto bytes = text.size() == 2 * BoardId::size ? base::from_hex(text) : std::nullopt;
  if (!bytes || bytes->size() != BoardId::size) return std::nullopt;
  BoardId id;
  std::ranges::copy(*bytes, id.bytes.begin());
  return id;
}

}  // namespace protocol
