// SPDX-License-Identifier: BSD-3-Clause
// PCI device ids of the HECI function, vendor 8086 (Linux hw-me-regs.h, coreboot intelmetool.h).
#pragma once

#include <array>
#include <cstdint>

#include "protocol/generation.h"

namespace protocol::pci {

inline constexpr std::uint16_t kVendorIntel = 0x8086;
/// Of the host firmware status register in configuration space (Linux hw-me-regs.h, PCI_CFG_HFS_1).
inline constexpr std::uint32_t kFirmwareStatusAt = 0x40;

struct HeciFunction {
  std::uint16_t device;
  std::uint16_t major;  ///< of its firmware: a row of generation.h
  const char* chipset;
};

inline constexpr std::array<HeciFunction, 26> kHeciFunctions = {{
    {.device = 0x2974, .major = 2, .chipset = "82946GZ"},
    {.device = 0x2984, .major = 2, .chipset = "82G35"},
    {.device = 0x2994, .major = 2, .chipset = "82Q965"},
    {.device = 0x29A4, .major = 2, .chipset = "82G965"},
    {.device = 0x2A04, .major = 2, .chipset = "82GM965"},
    {.device = 0x2A14, .major = 2, .chipset = "82GME965"},
    {.device = 0x29B4, .major = 3, .chipset = "82Q35"},
    {.device = 0x29C4, .major = 3, .chipset = "82G33"},
    {.device = 0x29D4, .major = 3, .chipset = "82Q33"},
    {.device = 0x29E4, .major = 3, .chipset = "82X38"},
    {.device = 0x29F4, .major = 3, .chipset = "3200"},
    {.device = 0x28B4, .major = 3, .chipset = "Bearlake"},
    {.device = 0x28C4, .major = 3, .chipset = "Bearlake"},
    {.device = 0x28D4, .major = 3, .chipset = "Bearlake"},
    {.device = 0x28E4, .major = 3, .chipset = "Bearlake"},
    {.device = 0x28F4, .major = 3, .chipset = "Bearlake"},
    {.device = 0x2A44, .major = 4, .chipset = "Cantiga"},
    {.device = 0x2A54, .major = 4, .chipset = "Cantiga"},
    {.device = 0x2A64, .major = 4, .chipset = "Cantiga"},
    {.device = 0x2A74, .major = 4, .chipset = "Cantiga"},
    {.device = 0x2E04, .major = 5, .chipset = "Eaglelake"},
    {.device = 0x2E14, .major = 5, .chipset = "82Q45/Q43"},
    {.device = 0x2E24, .major = 5, .chipset = "82G45/G43/P45"},
    {.device = 0x2E34, .major = 5, .chipset = "82G41"},
    {.device = 0x3B64, .major = 6, .chipset = "Ibex Peak"},
    {.device = 0x3B65, .major = 6, .chipset = "Ibex Peak"},
}};

/// The row of `device`, or null for a function that is not a known HECI.
constexpr const HeciFunction* find_heci_function(std::uint16_t device) {
  for (const HeciFunction& f : kHeciFunctions) {
    if (f.device == device) return &f;
  }
  return nullptr;
}

/// Whether Linux reads a host firmware status register (cfg 40h) on it; it does from ICH10 on.
constexpr bool has_firmware_status(const HeciFunction& function) {
  const Generation* row = find_generation(function.major);
  return row != nullptr && row->status_words > 0;
}

}  // namespace protocol::pci
