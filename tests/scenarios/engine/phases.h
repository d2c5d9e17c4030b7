// SPDX-License-Identifier: BSD-3-Clause
// Where the phases of one undisturbed update lie, counted in occurrences of each point at which a
// fault can strike.
#pragma once

#include <array>
#include <vector>

#include "emulator/sim/fault_plan.h"
#include "scenarios/engine/step.h"
#include "scenarios/engine/world.h"

namespace scenarios::engine {

/// Occurrences, counted from the beginning of the update, from 1; empty: first > last.
struct Range {
  std::uint32_t first = 1;
  std::uint32_t last = 0;
};

struct Phase {
  const char* name = "";
  std::array<Range, emulator::sim::kFaultPointCount> ranges{};
  const Range& of(emulator::sim::FaultPoint point) const {
    return ranges[static_cast<std::size_t>(point)];
  }
};

struct Phases {
  std::vector<Phase> list;
  const std::vector<Phase>& all() const { return list; }
};

/// Runs the update and looks on.
Phases phases_of(World& world, const Meupdate& update);

}  // namespace scenarios::engine
