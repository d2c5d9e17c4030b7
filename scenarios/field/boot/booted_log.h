// SPDX-License-Identifier: BSD-3-Clause
// Kernel logs of a report, each with the boot that brings it about: planned at once, booted when
// somebody asks for it, for a boot takes some ten seconds.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/field/boot/boot_plan.h"
#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

struct BootedLog {
  enum class State : std::uint8_t {
    planned,   ///< nobody asked for the boot
    no_guest,  ///< none came up: `failure` says why
    booted,
  };
  std::size_t run = 0;  ///< of the report
  BootPlan plan;
  State state = State::planned;
  std::string failure;
  Comparison comparison;  ///< empty before it is booted

  bool is_booted() const { return state == State::booted; }
  bool reproduced() const { return is_booted() && comparison.reproduced(); }
};

/// All that can be booted, each on the board of `boards` that it is of, else on a stand-in.
std::vector<BootedLog> bootable_logs(const FieldReport& report,
                                     const std::vector<ShownBoard>& boards = {});

/// Boots a stock kernel on the plan's board and gives what `dmesg` prints there. Errors: no guest
/// came up, and why.
using Boot = std::function<base::Result<std::string>(const BootPlan& plan)>;

/// Boots them, equal plans once. Of more than kMostBoots plans the rest stays planned.
inline constexpr std::size_t kMostBoots = 8;
void boot_logs(std::vector<BootedLog>& logs, const FieldReport& report, const Boot& boot);

}  // namespace scenarios::field
