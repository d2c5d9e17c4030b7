// SPDX-License-Identifier: BSD-3-Clause
// What a shell completes of a program: its commands, options and words, from the definitions that
// parse them, so that it offers neither more nor less.
#pragma once

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace updater::cli {

enum class Shell : std::uint8_t { bash, zsh, fish };

/// The subcommand "completion", which only says the script; its word goes to `shell`.
CLI::App* add_completion(CLI::App& program, Shell& shell);

/// The script that the shell reads to complete the command lines of `program`.
std::string completion(const CLI::App& program, Shell shell);

}  // namespace updater::cli
