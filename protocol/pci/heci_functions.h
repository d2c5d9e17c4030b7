// SPDX-License-Identifier: BSD-3-Clause
// PCI device ids of the HECI function, vendor 8086 (Linux hw-me-regs.h, coreboot intelmetool.h).
#pragma once

#include <array>
#include <cstdint>

namespace protocol::pci {

inline constexpr std::uint16_t kVendorIntel = 0x8086;
/// Of the host firmware status register in configuration space (Linux hw-me-regs.h, PCI_CFG_HFS_1).
inline constexpr std::uint32_t kFirmwareStatusAt = 0x40;

enum class Generation : std::uint8_t { ich8, ich9, ich10, pch };

struct HeciFunction {
  std::uint16_t device;
  Generation generation;
  const char* chipset;
  /// Whether Linux reads a host firmware status register (cfg 40h) on it; it does from ICH10 on.
  bool has_firmware_status;
};

inline constexpr std::array<HeciFunction, 26> kHeciFunctions = {{
    {.device = 0x2974,
     .generation = Generation::ich8,
     .chipset = "82946GZ",
     .has_firmware_status = false},
    {.device = 0x2984,
     .generation = Generation::ich8,
     .chipset = "82G35",
     .has_firmware_status = false},
    {.device = 0x2994,
     .generation = Generation::ich8,
     .chipset = "82Q965",
     .has_firmware_status = false},
    {.device = 0x29A4,
     .generation = Generation::ich8,
     .chipset = "82G965",
     .has_firmware_status = false},
    {.device = 0x2A04,
     .generation = Generation::ich8,
     .chipset = "82GM965",
     .has_firmware_status = false},
    {.device = 0x2A14,
     .generation = Generation::ich8,
     .chipset = "82GME965",
     .has_firmware_status = false},
    {.device = 0x29B4,
     .generation = Generation::ich9,
     .chipset = "82Q35",
     .has_firmware_status = false},
    {.device = 0x29C4,
     .generation = Generation::ich9,
     .chipset = "82G33",
     .has_firmware_status = false},
    {.device = 0x29D4,
     .generation = Generation::ich9,
     .chipset = "82Q33",
     .has_firmware_status = false},
    {.device = 0x29E4,
     .generation = Generation::ich9,
     .chipset = "82X38",
     .has_firmware_status = false},
    {.device = 0x29F4,
     .generation = Generation::ich9,
     .chipset = "3200",
     .has_firmware_status = false},
    {.device = 0x28B4,
     .generation = Generation::ich9,
     .chipset = "Bearlake",
     .has_firmware_status = false},
    {.device = 0x28C4,
     .generation = Generation::ich9,
     .chipset = "Bearlake",
     .has_firmware_status = false},
    {.device = 0x28D4,
     .generation = Generation::ich9,
     .chipset = "Bearlake",
     .has_firmware_status = false},
    {.device = 0x28E4,
     .generation = Generation::ich9,
     .chipset = "Bearlake",
     .has_firmware_status = false},
    {.device = 0x28F4,
     .generation = Generation::ich9,
     .chipset = "Bearlake",
     .has_firmware_status = false},
    {.device = 0x2A44,
     .generation = Generation::ich9,
     .chipset = "Cantiga",
     .has_firmware_status = false},
    {.device = 0x2A54,
     .generation = Generation::ich9,
     .chipset = "Cantiga",
     .has_firmware_status = false},
    {.device = 0x2A64,
     .generation = Generation::ich9,
     .chipset = "Cantiga",
     .has_firmware_status = false},
    {.device = 0x2A74,
     .generation = Generation::ich9,
     .chipset = "Cantiga",
     .has_firmware_status = false},
    {.device = 0x2E04,
     .generation = Generation::ich10,
     .chipset = "Eaglelake",
     .has_firmware_status = true},
    {.device = 0x2E14,
     .generation = Generation::ich10,
     .chipset = "82Q45/Q43",
     .has_firmware_status = true},
    {.device = 0x2E24,
     .generation = Generation::ich10,
     .chipset = "82G45/G43/P45",
     .has_firmware_status = true},
    {.device = 0x2E34,
     .generation = Generation::ich10,
     .chipset = "82G41",
     .has_firmware_status = true},
    {.device = 0x3B64,
     .generation = Generation::pch,
     .chipset = "Ibex Peak",
     .has_firmware_status = true},
    {.device = 0x3B65,
     .generation = Generation::pch,
     .chipset = "Ibex Peak",
     .has_firmware_status = true},
}};

/// The row of `device`, or null for a function that is not a known HECI.
constexpr const HeciFunction* find_heci_function(std::uint16_t device) {
  for (const HeciFunction& f : kHeciFunctions) {
    if (f.device == device) return &f;
  }
  return nullptr;
}

}  // namespace protocol::pci
