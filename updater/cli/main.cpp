// SPDX-License-Identifier: BSD-3-Clause
// The program meupdate.
#include <algorithm>
#include <cerrno>

#include "base/promise.h"
#include "os/signals.h"
#include "os/system_error.h"
#include "updater/cli/terminal.h"

using updater::cli::Exit;

namespace {

/// While an update is under way a fault of this program ends like an interruption
/// (updater/update/carry_out.cpp). Before it the device has been given nothing.
Exit run_whole(const std::string& program, const std::vector<std::string>& arguments,
               updater::cli::Terminal& terminal, updater::cli::DeviceOpener& opener, bool writes) {
  if (!writes) return updater::cli::run(program, arguments, terminal, opener);
  const base::ThrowBrokenPromises thrown;
  try {
    return updater::cli::run(program, arguments, terminal, opener);
  } catch (const base::BrokenPromise& promise) {
    terminal.err(std::string("meupdate: a fault of this program: it should hold that ") +
                 promise.what() +
                 "; please report it. Nothing was written; look at the device with "
                 "meupdate info\n");
    return Exit::failed_unchanged;
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string program = count > 0 ? words[0] : "meupdate";
  const std::vector<std::string> arguments(words + std::min(count, 1), words + count);
  // Other commands write nothing and may end at any moment.
  const bool writes = !arguments.empty() && arguments.front() == "update";
  if (writes) updater::cli::catch_stop_signals();
  os::ignore_broken_pipes();
  updater::cli::Terminal terminal;
  const auto opener = updater::cli::make_device_opener();
  const Exit exit = run_whole(program, arguments, terminal, *opener, writes);
  const int lost = terminal.output_error();
  if (lost == 0 || lost == EPIPE) return static_cast<int>(exit);  // EPIPE: the reader has enough
  terminal.err(std::string("meupdate: writing to standard output: ") + os::error_words(lost) +
               "\n");
  // What was to be shown was not; an update's status is the device's all the same.
  return static_cast<int>(exit == Exit::done && !writes ? Exit::failed_unchanged : exit);
}
