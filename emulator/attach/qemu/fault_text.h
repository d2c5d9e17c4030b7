// SPDX-License-Identifier: GPL-2.0-or-later
// Faults as one line of text: POINT@N=ACTION, several with ';' between them. With the action delay
// follows :MILLISECONDS, and a story's other keys as ,KEY=NUMBER. Points, actions and keys are
// those of scenarios (docs/scenarios.md).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "emulator/sim/fault_plan.h"

namespace emulator::attach::qemu {

/// Errors: invalid, naming the entry and what is right. An empty text holds no fault.
base::Result<std::vector<sim::FaultRule>> read_faults(std::string_view text);

}  // namespace emulator::attach::qemu
