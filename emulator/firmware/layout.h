// SPDX-License-Identifier: BSD-3-Clause
// Where on the flash the firmware's partitions lie: flash descriptor, ME region, $FPT.
#pragma once

#include <cstdint>
#include <optional>

#include "emulator/flash/flash.h"
#include "emulator/sim/archive.h"

namespace emulator::firmware {

struct Extent {
  std::uint32_t base = 0;  ///< bytes from the start of the flash, at a sector's start
  std::uint32_t size = 0;  ///< bytes
};

struct Layout {
  Extent settings;  ///< EFFS
  Extent recovery;  ///< RCVY
  Extent code;      ///< CODE
  Extent staging;   ///< UPDT
  Extent tpm;       ///< ITPM; size 0 on a board without one

  void serialize(sim::Archive& a, const flash::Geometry& geometry);
};

/// Whether the descriptor's soft straps keep the ME off. A descriptor that cannot be read keeps
/// nothing off.
bool straps_disable_me(const flash::Flash& flash);

/// Nothing when the descriptor or the table cannot be read, or a partition is missing, unaligned or
/// out of the region.
std::optional<Layout> find_layout(const flash::Flash& flash);

}  // namespace emulator::firmware
