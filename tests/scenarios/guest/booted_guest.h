// SPDX-License-Identifier: BSD-3-Clause
// What a guest printed, cut into the sections that its script marks: one boot for many checks.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

struct BootedGuest {
  int status = -1;     ///< of mesim guest
  std::string output;  ///< everything
  std::map<std::string, std::string> sections;

  const std::string& operator[](const std::string& name) const;
};

/// `script` marks sections with `section NAME`, which keeps the exit status of the command before
/// it in $status. `options` are mesim guest's.
BootedGuest boot_guest(const std::string& options, const std::string& script);

/// The command that meupdate's `output` tells to run should the computer go off.
std::string printed_command(const std::string& output);

/// `text` without the lines that begin so, and without empty ones.
std::string without(const std::string& text, const std::string& beginning);

/// What `meupdate info` tells of a board, without the ways it is reached.
std::string same_everywhere(const std::string& info);

/// What meupdate tells of the same board, simulated in its own process, with Linux on it as well.
std::string simulated_info(const std::string& machine, const std::string& options = "");

/// A script's line for the version that runs, and what a section has of it on a board that still
/// runs its first version, and on one that runs built_image()'s.
inline constexpr const char* kVersion = "meupdate info | grep 'running version'\n";
inline constexpr std::string_view kOld = "  running version         5.0.1.1111\n\n";
inline constexpr std::string_view kNew = "  running version         5.2.70.1046\n\n";

/// The same of the board in `folder` below scratch(), simulated.
std::string version_simulated(const std::string& folder);

/// The path of 5.2.70.1046 for the Esprimo, with that many bytes of code.
std::string built_image(unsigned code_size);

/// What a program prints, with its errors.
BootedGuest run_program(const std::string& command_line);

/// A folder of this process's own; gone with it.
const std::string& scratch();

}  // namespace tests
