// SPDX-License-Identifier: BSD-3-Clause
// Bytes: kept, and looked at.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace mebench {

using Bytes = std::vector<std::uint8_t>;
/// Good only during the call that it is given to, unless said otherwise.
using ByteView = std::span<const std::uint8_t>;

}  // namespace mebench
