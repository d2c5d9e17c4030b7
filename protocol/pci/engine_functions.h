// SPDX-License-Identifier: BSD-3-Clause
// Device ids of every engine that this project knows how to talk to: those of heci_functions.h, and
// of later_functions.h those whose generation is modelled.
#pragma once

#include <array>
#include <cstdint>

#include "protocol/generation.h"
#include "protocol/pci/heci_functions.h"
#include "protocol/pci/later_functions.h"

namespace protocol::pci {

/// Of the firmware status words in configuration space (Linux hw-me-regs.h, PCI_CFG_HFS_1 to _6).
inline constexpr std::array<std::uint32_t, 6> kStatusWordsAt = {0x40, 0x48, 0x60, 0x64, 0x68, 0x6C};

/// The row of a modelled generation among those that `function` may be.
constexpr const Generation* modelled_generation(const LaterFunction& function) {
  for (const Generation& row : kGenerations) {
    if (row.modelled != Modelled::no && function.is_of(row.major)) return &row;
  }
  return nullptr;
}

/// The generation of `device`; null for a function that is no engine this project models. One that
/// two generations share counts as the modelled one: the firmware's version decides.
constexpr const Generation* modelled_generation_of(std::uint16_t device) {
  if (const HeciFunction* function = find_heci_function(device)) {
    const Generation* row = find_generation(function->major);
    return row != nullptr && row->modelled != Modelled::no ? row : nullptr;
  }
  const LaterFunction* later = find_later_function(device);
  return later == nullptr ? nullptr : modelled_generation(*later);
}

/// The chipset's name; null for a function that is no engine anybody names.
constexpr const char* chipset_of(std::uint16_t device) {
  if (const HeciFunction* function = find_heci_function(device)) return function->chipset;
  const LaterFunction* later = find_later_function(device);
  return later == nullptr ? nullptr : later->chipset;
}

}  // namespace protocol::pci
