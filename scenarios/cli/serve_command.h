// SPDX-License-Identifier: BSD-3-Clause
// `mesim serve`: a simulated machine as a process that others attach to.
#pragma once

#include <string>
#include <vector>

#include "emulator/attach/real_time.h"

namespace CLI {
class App;
}

namespace scenarios::cli {

struct ServeArguments {
  std::string machine;           ///< empty: the one that state_dir keeps
  std::string state_dir;         ///< empty: the machine is forgotten
  std::vector<std::string> set;  ///< profile values to change
  std::string vfio_user;         ///< socket paths; empty: beside the state
  std::string swtpm;
  std::string tpm_state;   ///< a state file of swtpm's for the TPM; empty: its own
  std::string last_trace;  ///< for the end of what happened; empty: beside the state
  enum class Parts { all, heci_only } parts = Parts::all;
  emulator::attach::Speed speed = emulator::attach::Speed::real;
  std::string record;  ///< where what is asked and answered goes, for fwupd; empty: nowhere
};

/// The subcommand with its options, whose values go to `arguments`.
CLI::App* add_serve(CLI::App& app, ServeArguments& arguments);

/// Serves until SIGTERM, SIGINT or SIGHUP. 0 stopped and saved, 2 the arguments make no sense, 3 a
/// socket or the state could not be made, read or written.
int serve(const ServeArguments& arguments);

}  // namespace scenarios::cli
