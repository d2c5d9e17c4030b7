// SPDX-License-Identifier: BSD-3-Clause
// Virtual time that follows the host's monotonic clock: the only place of the emulator that reads
// it.
#pragma once

#include "emulator/attach/serving_loop.h"
#include "emulator/sim/scheduler.h"

namespace emulator::attach {

enum class Speed : std::uint8_t {
  real,  ///< the machine takes as long as its hardware would
  fast,  ///< whenever no peer wants anything, the machine's next event happens at once
};

class RealTime final : public Pace {
 public:
  RealTime(sim::Scheduler& scheduler, Speed speed);

  void catch_up() override;
  std::optional<base::Duration> patience() override;
  void idle() override;

 private:
  base::TimePoint host_now() const;

  sim::Scheduler& scheduler_;
  Speed speed_;
  base::TimePoint last_;  ///< the host's clock when virtual time last followed it
};

}  // namespace emulator::attach
