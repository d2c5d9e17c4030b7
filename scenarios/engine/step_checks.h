// SPDX-License-Identifier: BSD-3-Clause
// A step's expectations against what the step has brought and what it has changed.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "emulator/sim/fault_plan.h"
#include "scenarios/engine/step.h"
#include "scenarios/engine/step_outcome.h"
#include "scenarios/engine/world.h"

namespace scenarios::engine {

/// What a step is compared with: how things stood when it began.
struct Before {
  base::TimePoint at{};
  std::array<std::uint64_t, emulator::sim::kFaultPointCount> reached{};
  std::vector<std::uint64_t> counted;
  base::Bytes flash;
};

/// Looks at what `expect` will compare with.
Before look(const Expectation& expect, World& world);

/// Adds to `outcome` what does not agree with the step's expectations.
void check_step(const Step& step, const Before& before, World& world, StepOutcome& outcome);

}  // namespace scenarios::engine
