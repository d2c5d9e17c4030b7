// SPDX-License-Identifier: BSD-3-Clause
// Where on the flash the firmware's partitions lie: flash descriptor, ME region, $FPT.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "emulator/flash/flash.h"
#include "emulator/sim/archive.h"

namespace emulator::firmware {

struct Extent {
  std::uint32_t base = 0;  ///< bytes from the start of the flash, at a sector's start
  std::uint32_t size = 0;  ///< bytes

  bool operator==(const Extent&) const = default;
};

/// The partitions by their task, with their names to ME 5 and from ME 6 on.
struct Layout {
  Extent settings;  ///< EFFS
  Extent recovery;  ///< RCVY; FTPR, which from ME 6 on runs in normal operation as well
  Extent code;      ///< CODE; NFTP
  Extent staging;   ///< UPDT; FTUP, which lies on NFTP
  Extent tpm;       ///< ITPM; size 0 on a board without one
  Extent part;      ///< the partition that is updated by itself; size 0 where there is none

  void serialize(sim::Archive& a, const flash::Geometry& geometry);
};

/// Whether the descriptor's soft straps keep the ME off. A descriptor that cannot be read keeps
/// nothing off.
bool straps_disable_me(const flash::Flash& flash);

/// Nothing when the descriptor or the table cannot be read, or a partition is missing, unaligned or
/// out of the region.
/// `part`: name of the partition that is updated by itself; empty: there is none.
std::optional<Layout> find_layout(const flash::Flash& flash, std::string_view part = {});

}  // namespace emulator::firmware
