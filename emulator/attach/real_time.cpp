// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/real_time.h"

namespace emulator::attach {

RealTime::RealTime(sim::Scheduler& scheduler, Speed speed)
    : scheduler_(scheduler), speed_(speed), last_(host_now()) {}

base::TimePoint RealTime::host_now() const {
  return std::chrono::steady_clock::now().time_since_epoch();
}

void RealTime::catch_up() {
  const base::TimePoint now = host_now();
  scheduler_.sleep(now - last_);
  last_ = now;
}

std::optional<base::Duration> RealTime::patience() {
  const auto due = scheduler_.next_due();
  if (!due) return std::nullopt;
  if (speed_ == Speed::fast) return base::Duration::zero();
  return std::max(base::Duration::zero(), *due - scheduler_.now());
}

void RealTime::idle() {
  if (speed_ == Speed::fast) scheduler_.run_next();
}

}  // namespace emulator::attach
