// SPDX-License-Identifier: BSD-3-Clause
// The last generation with a row in generation.h, for the tables that its rows ask.
#pragma once

#include <cstdint>

namespace protocol {

inline constexpr std::uint16_t kNewestGeneration = 16;

}  // namespace protocol
