// SPDX-License-Identifier: BSD-3-Clause
// What traces call an ME client, and how they say its messages: every client brings its own.
#pragma once

#include <algorithm>
#include <string>

#include "base/bytes.h"
#include "base/hex.h"

namespace emulator::sim {

/// Of a client's class: it outlives every trace.
struct MessageWords {
  const char* name;  ///< "FWU"
  /// "START 1572864 bytes". `message` may be only the first bytes of one of `size`; secrets in it
  /// are zeros by now.
  std::string (*says)(base::ByteView message, std::size_t size);
};

inline std::string first_bytes(base::ByteView message, std::size_t /*size*/) {
  constexpr std::size_t kShown = 16;
  return base::to_hex(message.first(std::min(message.size(), kShown)));
}

/// Of a client that brings none, or that nobody knows yet.
inline constexpr MessageWords kPlainWords = {.name = "client", .says = &first_bytes};

}  // namespace emulator::sim
