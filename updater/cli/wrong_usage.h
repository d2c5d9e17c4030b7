// SPDX-License-Identifier: BSD-3-Clause
// What to say to whoever mistypes a command or an option.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace updater::cli {

/// What is wrong with `arguments`, which `app` has just refused with `error`, and on a second line
/// whose --help tells more; without a newline at the end.
std::string wrong_usage(const CLI::App& app, const std::vector<std::string>& arguments,
                        const CLI::ParseError& error);

}  // namespace updater::cli
