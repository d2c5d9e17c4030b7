// SPDX-License-Identifier: BSD-3-Clause
// The whole of `meupdate` as a function: the program calls it, and so do scenarios, with the
// machine they are running.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "updater/cli/open_device.h"

namespace updater::cli {

/// Exit statuses, as the manual lists them.
enum class Exit : int {
  done = 0,
  failed_unchanged = 1,
  usage = 2,
  no_device = 3,
  nothing_to_do = 4,
  refused = 5,
  verify_failed = 6,
  interrupted_rerun = 7,
  interrupted_recovery = 8,
};

/// Where a command reads and writes. The program's is the terminal; a scenario's keeps what was
/// printed.
class Console {
 public:
  virtual ~Console() = default;
  virtual void out(std::string_view text) = 0;          ///< standard output
  virtual void err(std::string_view text) = 0;          ///< standard error
  virtual bool interactive() const = 0;                 ///< both ends are a terminal
  virtual bool confirm(std::string_view question) = 0;  ///< only asked when interactive()
  virtual bool stop_requested() const = 0;              ///< SIGINT or SIGTERM has come
};

/// Runs one command line (without the program's name).
Exit run(const std::vector<std::string>& arguments, Console& console, DeviceOpener& opener);

}  // namespace updater::cli
