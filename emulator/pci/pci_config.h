// SPDX-License-Identifier: BSD-3-Clause
// What a board decides about the HECI function's configuration space.
#pragma once

#include <array>
#include <cstdint>

namespace emulator::pci {

struct PciConfig {
  std::uint16_t device_id = 0x2E14;
  std::uint8_t revision = 0x03;
  std::uint8_t prog_if = 0x00;
  std::uint16_t subsystem_vendor = 0x8086;
  std::uint16_t subsystem_id = 0x0000;
  std::uint32_t firmware_status = 0;  ///< HFS at 40h, opaque on ME 5
  /// Of later generations: 48h, 60h, 64h, 68h, 6Ch.
  std::array<std::uint32_t, 5> later_status{};
  std::uint32_t bar_size = 16;  ///< bytes of BAR0: 16 or 4096
};

}  // namespace emulator::pci
