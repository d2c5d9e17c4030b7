// SPDX-License-Identifier: BSD-3-Clause
// What a board is assumed to be where no log tells: what is usual for its generation
// (protocol/generation.h). Device ids are public (docs/machines.md), the rest is chosen.
#pragma once

#include <algorithm>

#include "protocol/generation.h"

namespace scenarios::field {

/// The row of firmware `major`, else of the nearest of which boards are built.
constexpr const protocol::Generation& defaults_for(std::uint16_t major) {
  using protocol::Modelled;
  return protocol::nearest_generation(std::clamp(major,
                                                 protocol::first_modelled(Modelled::bench).major,
                                                 protocol::last_modelled(Modelled::bench).major));
}

}  // namespace scenarios::field
