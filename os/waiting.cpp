// SPDX-License-Identifier: BSD-3-Clause
#include "os/waiting.h"

#include <algorithm>
#include <ctime>

namespace os {
namespace {

base::Duration since_start() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

/// As poll(2) with no patience, again and again for `time`.
int look(std::span<pollfd> files, base::Duration time) {
  const base::Duration end = since_start() + time;
  int ready = 0;
  do {
    ready = ::poll(files.data(), files.size(), 0);
  } while (ready == 0 && since_start() < end);
  return ready;
}

timespec as_timespec(base::Duration amount) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(amount);
  return {.tv_sec = seconds.count(), .tv_nsec = (amount - seconds).count()};
}

}  // namespace

bool Waiting::may_look(Expected expected) {
  if (expected == Expected::later) return false;
  if (to_sleep_at_once_ == 0) return true;
  --to_sleep_at_once_;
  return false;
}

void Waiting::looked(bool in_vain) {
  constexpr std::uint32_t kMost = 12;
  in_vain_ = in_vain ? std::min(in_vain_ + 1, kMost) : 0;
  to_sleep_at_once_ = (std::uint32_t{1} << in_vain_) - 1;
}

int Waiting::wait(std::span<pollfd> files, std::optional<base::Duration> limit, Expected expected) {
  const base::Duration time = std::min(limit.value_or(kBeforeSleep), kBeforeSleep);
  if (time > base::Duration::zero() && may_look(expected)) {
    const int ready = look(files, time);
    looked(ready == 0);
    if (ready != 0) return ready;
    if (limit) *limit -= time;
  }
  const timespec left = as_timespec(limit.value_or(base::Duration::zero()));
  return ::ppoll(files.data(), files.size(), limit ? &left : nullptr, nullptr);
}

}  // namespace os
