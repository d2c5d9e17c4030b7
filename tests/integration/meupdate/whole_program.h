// SPDX-License-Identifier: BSD-3-Clause
// meupdate as it is installed, with its own opener: "sim:" devices are whole simulated machines.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/updater/cli/bench.h"

namespace tests {

inline constexpr const char* kEsprimo = "sim:esprimo-e5730";

class WholeProgram : public testing::Test {
 protected:
  /// The console keeps what the last command printed.
  updater::cli::Exit run(const std::vector<std::string>& arguments) {
    console.printed.clear();
    console.complained.clear();
    return updater::cli::run("meupdate", arguments, console, *opener);
  }

  TemporaryFolder folder;
  KeptConsole console;
  std::unique_ptr<updater::cli::DeviceOpener> opener = updater::cli::make_device_opener();
};

}  // namespace tests
