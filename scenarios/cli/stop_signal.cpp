// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/stop_signal.h"

#include <signal.h>
#include <sys/signalfd.h>

#include "os/signals.h"

namespace scenarios::cli {

StopSignal::StopSignal() {
  sigset_t all;
  ::sigemptyset(&all);
  ::sigaddset(&all, SIGTERM);
  ::sigaddset(&all, SIGINT);
  if (!os::is_ignored(SIGHUP)) ::sigaddset(&all, SIGHUP);
  ::sigprocmask(SIG_BLOCK, &all, nullptr);
  file_ = os::Descriptor(::signalfd(-1, &all, SFD_NONBLOCK | SFD_CLOEXEC));
}

void StopSignal::list(std::vector<pollfd>& wanted) {
  wanted.push_back({.fd = file_.number(), .events = POLLIN, .revents = 0});
}

void StopSignal::serve(std::span<const pollfd> ready) {
  if (emulator::attach::is_ready(ready, file_.number())) came_ = true;
}

}  // namespace scenarios::cli
