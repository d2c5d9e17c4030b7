// SPDX-License-Identifier: BSD-3-Clause
// One run of a guest: QEMU started, its command's output passed on, its line of control answered,
// until the command ends, the power is cut, or the limit comes.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace scenarios::guest {

enum class GuestEnd {
  exited,     ///< the command ended
  power_cut,  ///< the guest asked for it
  lost,       ///< QEMU ended before the command did: a fault took the power, or the guest went off
  limit,      ///< the limit came
};

struct GuestOutcome {
  GuestEnd end = GuestEnd::lost;
  int status = 0;       ///< of the command, when it exited
  unsigned boots = 0;   ///< how often the guest started
  int qemu_status = 0;  ///< as waitpid() gives it
};

struct GuestRun {
  std::vector<std::string> words;  ///< QEMU's command line
  std::string control;             ///< where the socket for ttyS2 is to listen
  unsigned limit = 0;              ///< seconds of the host's time
  std::function<void(std::string_view)> output;
  std::function<bool()> interrupted;
};

/// Errors: not_found (QEMU cannot be started), io.
base::Result<GuestOutcome> run_guest(const GuestRun& run);

}  // namespace scenarios::guest
