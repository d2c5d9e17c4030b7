// SPDX-License-Identifier: BSD-3-Clause
// `mesim replay`: an engine that answers as one did that was recorded.
#pragma once

#include <string>
#include <vector>

#include "emulator/attach/real_time.h"

namespace CLI {
class App;
}

namespace scenarios::cli {

struct ReplayArguments {
  std::string recording;
  std::string vfio_user;            ///< socket
  std::vector<std::string> faults;  ///< each as the table of a story's step `fault`
  emulator::attach::Speed speed = emulator::attach::Speed::real;
};

CLI::App* add_replay(CLI::App& app, ReplayArguments& arguments);

/// Serves until SIGTERM, SIGINT or SIGHUP. 0 stopped, 2 the arguments or the recording make no
/// sense, 3 the socket could not be made.
int replay_recording(const ReplayArguments& arguments);

}  // namespace scenarios::cli
