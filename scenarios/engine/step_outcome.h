// SPDX-License-Identifier: BSD-3-Clause
// What running one step has brought: what was printed, and what was not as it should be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/toml_tree.h"
#include "emulator/sim/fault_plan.h"

namespace scenarios::engine {

struct Mismatch {
  config::Place place;
  std::string what;  ///< "exit status", "standard output, line 4"
  std::string expected;
  std::string got;
};
using Mismatches = std::vector<Mismatch>;

struct StepOutcome {
  std::optional<int> exit;  ///< of a program
  std::string out;
  std::string err;
  Mismatches mismatches;
  bool host_lost = false;    ///< the host went down with the program in it: there is no exit
  std::string script_error;  ///< the step makes no sense; empty: it does
  std::optional<emulator::sim::FaultId> armed;  ///< the fault that is armed now
  std::string broken;                           ///< what of the bench itself broke; empty: nothing
};

}  // namespace scenarios::engine
