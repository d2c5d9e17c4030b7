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
  Poll(base::Clock& clock, Deadline deadline)
      : clock_(clock), deadline_(deadline), looked_at_(clock.now()) {}
  Poll(base::Clock& clock, base::Duration limit) : Poll(clock, Deadline::in(clock, limit)) {}

  /// Sleeps until the next look; false when the deadline has passed. Looks that the clock says
  /// could see nothing new are slept through, so the next one comes at the moment it always did.
  bool again() {
    const base::TimePoint now = clock_.now();
    const base::Duration left = deadline_.at - now;
    if (left <= base::Duration::zero()) return false;
    // A look that took time, because something was waited for in it, may be out of date.
    const bool fresh = now == looked_at_;
    const base::Duration quiet =
        fresh ? std::min(clock_.quiet_for(), left) : base::Duration::zero();
    base::Duration wait = take_step();
    while (wait < quiet && step_ < kLongestPoll) wait += take_step();
    if (wait < quiet) wait += (quiet - wait + kLongestPoll - kTick) / kLongestPoll * kLongestPoll;
    clock_.sleep(std::min(wait, left));
    looked_at_ = clock_.now();
    return true;
  }

 private:
  static constexpr base::Duration kTick{1};

  base::Duration take_step() {
    const base::Duration step = step_;
    step_ = std::min(step_ * 2, kLongestPoll);
    return step;
  }

  base::Clock& clock_;
  Deadline deadline_;
  base::Duration step_ = kFirstPoll;
  base::TimePoint looked_at_;  ///< when the present look began
};

}  // namespace updater::io
