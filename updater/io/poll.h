// SPDX-License-Identifier: BSD-3-Clause
// A bounded wait by looking again and again: at first often, then less so, and never past its
// limit.
#pragma once

#include <algorithm>

#include "base/clock.h"

namespace updater::io {

inline constexpr base::Duration kFirstPoll = std::chrono::microseconds(20);
inline constexpr base::Duration kLongestPoll = std::chrono::milliseconds(1);
inline constexpr base::Duration kLongestWait = std::chrono::hours(24);  ///< asked for more: this

/// The moment a wait ends. Several waits may share one.
struct Deadline {
  base::TimePoint at{};

  static Deadline in(const base::Clock& clock, base::Duration limit) {
    return {.at = clock.now() + std::clamp(limit, base::Duration::zero(), kLongestWait)};
  }
};

/// `do { look } while (poll.again());` looks at least once, and a last time at the deadline.
class Poll {
 public:
  Poll(base::Clock& clock, Deadline deadline) : clock_(clock), deadline_(deadline) {}
  Poll(base::Clock& clock, base::Duration limit) : Poll(clock, Deadline::in(clock, limit)) {}

  /// Sleeps until the next look; false when the deadline has passed.
  bool again() {
    const base::Duration left = deadline_.at - clock_.now();
    if (left <= base::Duration::zero()) return false;
    clock_.sleep(std::min(step_, left));
    step_ = std::min(step_ * 2, kLongestPoll);
    return true;
  }

 private:
  base::Clock& clock_;
  Deadline deadline_;
  base::Duration step_ = kFirstPoll;
};

}  // namespace updater::io
