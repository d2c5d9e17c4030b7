// SPDX-License-Identifier: BSD-3-Clause
// What a board of each generation is assumed to be where no log tells. Device ids are public
// (docs/machines.md), the rest is chosen.
#pragma once

#include <array>
#include <cstdint>

#include "protocol/sku.h"

namespace scenarios::field {

struct GenerationDefaults {
  std::uint16_t generation;
  std::uint16_t device_id;
  const char* chipset;
  std::uint32_t capabilities;
  const char* system;  ///< under which the era's tools of this generation are mostly seen
};

inline constexpr std::array<GenerationDefaults, 3> kGenerations = {{
    {.generation = 3,
     .device_id = 0x29B4,
     .chipset = "82Q35",
     .capabilities = protocol::sku::kQst | protocol::sku::kAsf2 | protocol::sku::kAmtPro,
     .system = "windows"},
    {.generation = 4,
     .device_id = 0x2A44,
     .chipset = "Cantiga",
     .capabilities = protocol::sku::kAsf2 | protocol::sku::kAmtPro | protocol::sku::kTpm,
     .system = "windows"},
    {.generation = 5,
     .device_id = 0x2E14,
     .chipset = "82Q45/Q43",
     .capabilities =
         protocol::sku::kQst | protocol::sku::kAsf2 | protocol::sku::kAmtPro | protocol::sku::kTpm,
     .system = "dos"},
}};

/// The nearest row: generations below the first and above the last are not modelled.
constexpr const GenerationDefaults& defaults_for(std::uint16_t generation) {
  if (generation <= kGenerations.front().generation) return kGenerations.front();
  if (generation >= kGenerations.back().generation) return kGenerations.back();
  return kGenerations[generation - kGenerations.front().generation];
}
static_assert(defaults_for(4).generation == 4);

}  // namespace scenarios::field
