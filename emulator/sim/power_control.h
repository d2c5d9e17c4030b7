// SPDX-License-Identifier: BSD-3-Clause
// How a chip asks the board to lose power or the ME to reset, from inside an event.
#pragma once

namespace emulator::sim {

/// Takes effect at the current virtual time, once the event that asks has ended: the asking chip
/// simply stops its work.
class PowerControl {
 public:
  virtual ~PowerControl() = default;
  virtual void request_power_cut() = 0;
  virtual void request_me_reset() = 0;
};

}  // namespace emulator::sim
