// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/alarm.h"

#include <sys/timerfd.h>

#include "base/promise.h"
#include "os/system_error.h"

namespace scenarios::guest {

base::Result<Alarm> Alarm::make() {
  os::Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  if (timer.is_open()) return Alarm(std::move(timer));
  return os::system_error("making a timer");
}

void Alarm::set(unsigned seconds) {
  MEBENCH_PROMISE(seconds > 0, "an alarm that is set rings");
  rang_ = false;
  const itimerspec when = {.it_interval = {}, .it_value = {.tv_sec = seconds, .tv_nsec = 0}};
  ::timerfd_settime(timer_.number(), 0, &when, nullptr);
}

void Alarm::list(std::vector<pollfd>& wanted) {
  wanted.push_back({.fd = timer_.number(), .events = POLLIN, .revents = 0});
}

void Alarm::serve(std::span<const pollfd> ready) {
  rang_ = rang_ || emulator::attach::is_ready(ready, timer_.number());
}

}  // namespace scenarios::guest
