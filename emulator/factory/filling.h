// SPDX-License-Identifier: BSD-3-Clause
// What synthetic modules hold: bytes that follow from the recipe.
#pragma once

#include "emulator/factory/later_image.h"
#include "emulator/sim/random.h"

namespace emulator::factory {

inline std::uint64_t seed_of(const PartitionRecipe& r) {
  std::uint64_t seed = std::uint64_t{r.version.major} << 48 | std::uint64_t{r.version.minor} << 32 |
                       std::uint64_t{r.version.hotfix} << 16 | r.version.build;
  for (const char c : r.name) seed = seed * 31 + static_cast<std::uint8_t>(c);
  return seed;
}

inline void fill(base::MutableByteView place, std::uint64_t seed) {
  sim::Random random(seed);
  for (std::uint8_t& byte : place) byte = static_cast<std::uint8_t>(random.next());
}

}  // namespace emulator::factory
