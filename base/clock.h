// SPDX-License-Identifier: BSD-3-Clause
// The seam at time. Code that waits is given a Clock; on hardware waiting sleeps, on the scheduler
// it runs the devices.
#pragma once

#include <chrono>
#include <cstdint>

namespace base {

using Duration = std::chrono::nanoseconds;

/// Time since the clock's own start: power-on of the simulated machine, or an arbitrary moment on a
/// real one.
using TimePoint = std::chrono::duration<std::int64_t, std::nano>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  virtual void sleep(Duration amount) = 0;
  /// How long from now nothing changes unless its caller does something: whoever looks sooner sees
  /// what the last look saw. 0: this clock cannot tell, as on hardware.
  virtual Duration quiet_for() const { return Duration::zero(); }
};

}  // namespace base
