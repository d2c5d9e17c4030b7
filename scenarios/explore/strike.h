// SPDX-License-Identifier: BSD-3-Clause
// One thing that befalls an update, and the short text by which a list of them is told and run
// again: "flash_operation:17:power_cut_inside+boot:3:fail".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "emulator/sim/fault_plan.h"
#include "scenarios/explore/deed.h"

namespace scenarios::explore {

struct Strike {
  FaultPoint point = FaultPoint::flash_operation;
  std::uint32_t count = 1;  ///< of the times the point is reached since the explored step began
  Deed deed = Deed::fail;

  auto operator<=>(const Strike&) const = default;
};

/// How much longer Deed::delay makes it: more than the updater's longest wait.
inline constexpr base::Duration kDelay = std::chrono::minutes(6);

/// The deed as a rule of the fault plan; only where fault_of() has one.
emulator::sim::FaultRule rule_of(const Strike& strike);

std::string to_text(const Strike& strike);
/// An id: the strikes in the order in which they come, with '+' between them; "none" without any.
std::string id_of(const std::vector<Strike>& strikes);
/// Errors: invalid (which part is none of an id, and what would be).
base::Result<std::vector<Strike>> parse_id(std::string_view id);

}  // namespace scenarios::explore
