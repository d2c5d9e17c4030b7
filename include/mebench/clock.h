// SPDX-License-Identifier: BSD-3-Clause
// Time, which is always given: a simulated board's clock runs the board while somebody sleeps on
// it, and takes no time of yours.
#pragma once

#include <mebench/export.h>

#include <chrono>
#include <cstdint>

namespace mebench {

using Duration = std::chrono::nanoseconds;
/// Since the clock's own beginning: of a board, the moment it was made.
using TimePoint = std::chrono::duration<std::int64_t, std::nano>;

class MEBENCH_API Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  /// Not for 0 or less. Of a board: everything due until then happens, in its order.
  virtual void sleep(Duration amount) = 0;
};

}  // namespace mebench
