// SPDX-License-Identifier: BSD-3-Clause
// The program meupdate.
#include "updater/cli/terminal.h"

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  // Other commands write nothing and may end at any moment.
  if (!arguments.empty() && arguments.front() == "update") updater::cli::catch_stop_signals();
  updater::cli::ignore_broken_pipes();
  updater::cli::Terminal terminal;
  const auto opener = updater::cli::make_device_opener();
  return static_cast<int>(updater::cli::run(arguments, terminal, *opener));
}
