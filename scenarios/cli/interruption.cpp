// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/interruption.h"

#include <csignal>

namespace scenarios::cli {
namespace {

volatile std::sig_atomic_t noted = 0;

}  // namespace

void watch_for_interruption() {
  struct sigaction action = {};
  action.sa_handler = [](int) { noted = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() {
  return noted != 0;
}

}  // namespace scenarios::cli
