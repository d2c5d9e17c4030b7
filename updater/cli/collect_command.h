// SPDX-License-Identifier: BSD-3-Clause
// `meupdate collect`: what a real board tells, for whoever simulates it. Nothing of the computer is
// changed.
#pragma once

#include <string>

#include "updater/cli/command.h"

namespace CLI {
class App;
}

namespace updater::cli {

struct CollectOptions {
  std::string file;
  DeviceChoice device;
  std::string root;  ///< empty: this computer's files; else a folder that stands for them
  bool yes = false;
  bool list = false;
};

/// The subcommand with its options, whose values go to `options`.
CLI::App* add_collect(CLI::App& app, CollectOptions& options);

Exit run_collect(const CollectOptions& options, const Surroundings& around);

}  // namespace updater::cli
