// SPDX-License-Identifier: BSD-3-Clause
// What a fault does to an operation of a chip: each chip says what is its own about it, and what it
// does not say is as here.
#pragma once

#include "base/clock.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"

namespace emulator::sim {

/// Whether the operation still goes its way.
enum class Then : std::uint8_t { go_on, stop };

class StruckOperation {
 public:
  explicit StruckOperation(PowerControl& power) : power_(power) {}
  StruckOperation(const StruckOperation&) = delete;
  StruckOperation& operator=(const StruckOperation&) = delete;

  Then strike(const FaultRule& rule);

 protected:
  ~StruckOperation() = default;

  /// Lost at once, whatever the moment, and the operation with it.
  virtual Then lose(Loss loss, Moment moment);
  /// `status` is the number to refuse it with; 0: the chip's own.
  virtual Then fail(std::uint32_t status);
  virtual Then silence();
  virtual Then delay(base::Duration longer);
  virtual Then repeat();
  virtual Then pretend();
  virtual Then corrupt();
  virtual Then truncate();
  virtual Then latch();
  virtual Then decay(const FaultRule& rule);
  virtual Then adhere();
  virtual Then run_away();
  virtual Then evict();
  virtual Then lock_out();

  void request(Loss loss);

 private:
  PowerControl& power_;
};

}  // namespace emulator::sim
