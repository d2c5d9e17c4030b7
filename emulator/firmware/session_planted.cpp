// SPDX-License-Identifier: BSD-3-Clause
// What planted bugs of the commit write beside the code. Compiled in the preset `planted` alone.
#include "base/planted.h"
#include "emulator/firmware/session.h"

namespace emulator::firmware {

void Session::plant_copies() {
  const Layout& layout = parts_.running.layout;
  const std::uint32_t sector = parts_.flash.geometry().sector_size;
  const bool settings = base::planted(base::PlantedBug::settings_in_erased_range);
  const bool recovery = base::planted(base::PlantedBug::recovery_erased_first);
  if (settings || recovery) held_.assign(std::size_t{2} * sector, 0xFF);
  if (settings) {
    copies_.insert(copies_.begin(), {.from = 0, .to = layout.settings.base, .size = 2 * sector});
  }
  if (recovery) {
    parts_.flash.read(layout.recovery.base, base::MutableByteView(held_).subspan(sector));
    copies_.insert(copies_.begin(), {.from = 0, .to = layout.recovery.base, .size = sector});
    copies_.push_back({.from = sector, .to = layout.recovery.base, .size = sector});
  }
}

}  // namespace emulator::firmware
