// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/ask_signal.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <utility>

namespace scenarios::cli {

AskSignal::AskSignal(std::function<void()> answer) : answer_(std::move(answer)) {
  sigset_t one;
  ::sigemptyset(&one);
  ::sigaddset(&one, SIGUSR1);
  ::sigprocmask(SIG_BLOCK, &one, nullptr);
  file_ = os::Descriptor(::signalfd(-1, &one, SFD_NONBLOCK | SFD_CLOEXEC));
}

void AskSignal::list(std::vector<pollfd>& wanted) {
  wanted.push_back({.fd = file_.number(), .events = POLLIN, .revents = 0});
}

void AskSignal::serve(std::span<const pollfd> ready) {
  if (!emulator::attach::is_ready(ready, file_.number())) return;
  signalfd_siginfo asked{};
  if (::read(file_.number(), &asked, sizeof asked) == static_cast<ssize_t>(sizeof asked)) answer_();
}

}  // namespace scenarios::cli
