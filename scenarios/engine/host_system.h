// SPDX-License-Identifier: BSD-3-Clause
// The seam at the computer in front of a story's board: where meupdate runs. It is this process
// (in_process_system.h), or a guest in QEMU (scenarios/guest). The board stays in the story's
// process either way, so that facts, faults and traces are the same.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/engine/step_outcome.h"

namespace scenarios::engine {

class World;

class HostSystem {
 public:
  virtual ~HostSystem() = default;

  /// Before each run(): the system is up, whatever that takes. Errors: invalid (the story cannot be
  /// told here: the board has no power), and those of what the system is made of.
  virtual base::Result<void> get_ready() = 0;
  /// Runs the updater, while what the step says happens.
  virtual StepOutcome run(const Meupdate& step) = 0;
  /// Time passes, for the board and for the system. Errors: the system broke.
  virtual base::Result<void> sleep(base::Duration amount) = 0;
  /// The system restarts the computer, and the board's platform resets with it.
  virtual base::Result<void> restart() = 0;
  /// The system is shut down in order; the board is left as it is.
  virtual base::Result<void> shut_down() = 0;
  /// The board lost its power, or restarted: no program of the system is left.
  virtual void go_down() = 0;
};

/// Why a story cannot be told on a kind of host, and where it says so.
struct Obstacle {
  Place place;
  std::string why;  ///< "bus: registers and messages below the guest's driver"
};

/// A kind of host that stories are told on.
struct HostKind {
  /// Decided before anything is started; nothing when there is no obstacle.
  std::function<std::optional<Obstacle>(const Scenario&)> obstacle;
  std::function<std::unique_ptr<HostSystem>(World&)> make;
};

/// The updater's code in this process, with the board as its device. There is no obstacle.
HostKind in_process();

}  // namespace scenarios::engine
