// SPDX-License-Identifier: BSD-3-Clause
// What a board decides about its HECI link. Values nobody published are chosen; docs/fidelity.md
// lists them.
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "protocol/generation.h"

namespace emulator::heci {

/// What BAR0 has beyond the four registers.
enum class LaterRegisters : std::uint8_t {
  none,
  d0i3,  ///< H_D0I3C, and its interrupt in H_CSR
  d0i3_and_trc,
};

struct HeciConfig {
  std::uint32_t depth = 32;  ///< slots in each ring: 2, 4, 8, 16, 32, 64 or 128
  base::Duration reset_delay = std::chrono::milliseconds(50);  ///< H_RST to ME_RDY
  base::Duration turnaround = std::chrono::microseconds(300);  ///< doorbell to the ME's turn
  std::uint8_t first_dynamic_address = 0x20;  ///< of the ME clients that have no fixed address
  /// Messages that a client takes over one connection while none of its answers is read; at
  /// least 1.
  std::uint8_t credits = 4;
  LaterRegisters later_registers = LaterRegisters::none;
  protocol::HbmVersion hbm;  ///< the newest host bus messages that it speaks
};

/// Of firmware of that generation, where a board does not say.
constexpr std::uint8_t usual_credits(std::uint16_t major) {
  return protocol::nearest_generation(major).credits.value;
}

}  // namespace emulator::heci
