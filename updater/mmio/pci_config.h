// SPDX-License-Identifier: BSD-3-Clause
// Configuration registers that every PCI function has (PCI Local Bus Specification 3.0, 6.1
// and 6.2.2).
#pragma once

#include <cstdint>

namespace updater::mmio {

inline constexpr std::uint32_t kPciCommand = 0x04;
inline constexpr std::uint16_t kMemorySpaceEnable = 1u << 1;  ///< in the command register

}  // namespace updater::mmio
