// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/stop_signal.h"

#include <signal.h>
#include <sys/signalfd.h>

namespace scenarios::cli {

StopSignal::StopSignal() {
  sigset_t both;
  ::sigemptyset(&both);
  ::sigaddset(&both, SIGTERM);
  ::sigaddset(&both, SIGINT);
  ::sigprocmask(SIG_BLOCK, &both, nullptr);
  file_ = emulator::attach::Descriptor(::signalfd(-1, &both, SFD_NONBLOCK | SFD_CLOEXEC));
}

void StopSignal::list(std::vector<pollfd>& wanted) {
  wanted.push_back({.fd = file_.number(), .events = POLLIN, .revents = 0});
}

void StopSignal::serve(std::span<const pollfd> ready) {
  if (emulator::attach::is_ready(ready, file_.number())) came_ = true;
}

}  // namespace scenarios::cli
