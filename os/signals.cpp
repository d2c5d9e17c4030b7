// SPDX-License-Identifier: BSD-3-Clause
#include "os/signals.h"

namespace os {

void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);
}

bool is_ignored(int number) {
  struct sigaction now {};
  return ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

struct sigaction catch_signal(int number, void (*handler)(int), Caught caught) {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = handler;
  // Without SA_RESTART.
  if (caught == Caught::once) action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, &before);
  return before;
}

void restore_signal(int number, const struct sigaction& before) {
  ::sigaction(number, &before, nullptr);
}

}  // namespace os
