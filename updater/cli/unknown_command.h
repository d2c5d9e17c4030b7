// SPDX-License-Identifier: BSD-3-Clause
// What to say to whoever mistypes a command.
#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

namespace updater::cli {

/// Of the first word that stands where a command should and is none, with the commands there are.
std::optional<std::string> unknown_command(const CLI::App& app,
                                           const std::vector<std::string>& arguments);

}  // namespace updater::cli
