// SPDX-License-Identifier: BSD-3-Clause
// The faults that a story has armed, each with the place that says so: one that never strikes makes
// the story invalid.
#pragma once

#include <cstdint>
#include <vector>

#include "config/toml_tree.h"
#include "emulator/sim/fault_plan.h"

namespace scenarios::engine {

struct ArmedHere {
  config::Place place;
  emulator::sim::FaultId id{};
  emulator::sim::FaultRule rule;
  std::uint64_t reached = 0;  ///< how often the point had been reached when it was armed
};

class ArmedFaults {
 public:
  void arm(emulator::sim::FaultPlan& plan, const emulator::sim::FaultRule& rule,
           const config::Place& place) {
    const std::uint64_t reached = plan.reached(rule.point);
    all_.push_back({.place = place, .id = plan.arm(rule), .rule = rule, .reached = reached});
  }
  const std::vector<ArmedHere>& all() const { return all_; }

 private:
  std::vector<ArmedHere> all_;
};

}  // namespace scenarios::engine
