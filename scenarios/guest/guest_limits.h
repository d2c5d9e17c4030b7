// SPDX-License-Identifier: BSD-3-Clause
// What a story can ask of a host that a guest cannot do: such a story is not told in one.
#pragma once

#include <optional>

#include "scenarios/engine/host_system.h"

namespace scenarios::guest {

/// The first such thing, by name; nothing when the story makes sense in a guest.
std::optional<engine::Obstacle> obstacle_in_guest(const engine::Scenario& story);

}  // namespace scenarios::guest
