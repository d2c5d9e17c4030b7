// SPDX-License-Identifier: BSD-3-Clause
// A story told up to the update that is explored, and what is known of it before anything strikes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/engine/scenario.h"
#include "scenarios/engine/world.h"
#include "scenarios/explore/board_state.h"
#include "scenarios/explore/credit_watch.h"
#include "scenarios/explore/flash_hash.h"

namespace scenarios::explore {

using engine::Scenario;
using engine::World;

/// The last step of the story that runs `meupdate update`. Nothing: there is none.
std::optional<std::size_t> explored_step(const Scenario& story);

class Stage {
 public:
  /// The story is told as far as the explored step. Errors: invalid (it makes no sense).
  static base::Result<std::unique_ptr<Stage>> set(const Scenario& story, const std::string& scratch,
                                                  emulator::sim::TraceSink* trace);

  World& world() { return world_; }
  emulator::machine::Machine& machine() { return world_.machine(); }
  FlashHash& flash() { return *flash_; }
  const CreditWatch& credits() const { return *credits_; }
  const engine::Meupdate& update() const;
  const Scenario& story() const { return story_; }
  /// How often each point had been reached when the explored step began.
  std::uint64_t reached_before(emulator::sim::FaultPoint point) const {
    return reached_[static_cast<std::size_t>(point)];
  }

  /// Of the board's time, since the explored step began.
  base::Duration took() { return machine().clock().now() - began_; }

  /// Half a minute without power, then on again, and time to boot.
  void cold_start();
  /// Power on, and time to boot.
  void start();

 private:
  Stage(const Scenario& story, const std::string& scratch, emulator::sim::TraceSink* trace)
      : story_(story), world_(story, scratch, trace) {}
  base::Result<void> tell_the_beginning();

  const Scenario& story_;
  World world_;
  std::unique_ptr<FlashHash> flash_;
  std::unique_ptr<CreditWatch> credits_;
  base::TimePoint began_{};
  std::array<std::uint64_t, emulator::sim::kFaultPointCount> reached_{};
};

}  // namespace scenarios::explore
