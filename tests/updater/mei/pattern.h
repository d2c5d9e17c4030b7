// SPDX-License-Identifier: BSD-3-Clause
// The content of messages that are only carried.
#pragma once

#include "base/bytes.h"

namespace test {

/// `size` bytes that differ from their neighbours.
inline base::Bytes pattern(std::size_t size) {
  base::Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  return bytes;
}

}  // namespace test
