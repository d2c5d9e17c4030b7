// SPDX-License-Identifier: BSD-3-Clause
// `mesim reproduce`: from the logs of a field report to machines that fail in the same way.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/cli/guest_command.h"

namespace CLI {
class App;
}

namespace scenarios::cli {

struct ReproduceArguments {
  std::vector<std::string> paths;
  std::string json;  ///< files and folders to write; empty: none
  std::string html;
  std::string profiles;
  std::string scenarios;
  enum class In : std::uint8_t { process, guest } in = In::process;
  GuestArguments guest;  ///< for kernel logs, where they are asked for in a guest
};

/// The subcommand with its options, whose values go to `arguments`.
CLI::App* add_reproduce(CLI::App& app, ReproduceArguments& arguments);

/// The exit status: 0 every log is reproduced, 1 one differs, 2 there is nothing to work on or the
/// command line is wrong, 3 a file could not be written.
int reproduce(const ReproduceArguments& arguments);

}  // namespace scenarios::cli
