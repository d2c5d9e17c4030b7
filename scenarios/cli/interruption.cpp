// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/interruption.h"

#include <array>
#include <csignal>

#include "os/signals.h"

namespace scenarios::cli {
namespace {

constexpr std::array kEnds = {SIGINT, SIGTERM};

volatile std::sig_atomic_t noted = 0;

}  // namespace

void watch_for_interruption() {
  for (const int number : kEnds)
    os::catch_signal(
        number, [](int) { noted = 1; }, os::Caught::once);
}

bool interrupted() {
  return noted != 0;
}

}  // namespace scenarios::cli
