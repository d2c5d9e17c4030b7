// SPDX-License-Identifier: BSD-3-Clause
// A program's commands as a shell sees them: words to offer, and what stands behind an option.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace updater::cli {

/// What an option, or a command without an option's name before it, is given.
enum class Takes : std::uint8_t { nothing, anything, words, file, folder, machine };

struct CompletedOption {
  std::vector<std::string> names;  ///< "--jobs", "-j"
  std::string help;                ///< one line
  Takes takes = Takes::nothing;
  std::vector<std::string> words;  ///< of Takes::words
};

struct CompletedCommand {
  std::string words;  ///< " image build": behind the program's name, a blank before each
  std::string name;   ///< "build"
  std::string help;   ///< one line
  std::vector<CompletedOption> options;
  CompletedOption operand;                 ///< its names are empty
  std::vector<CompletedCommand> commands;  ///< below this one
};

CompletedCommand completed(const CLI::App& program);

/// All of them, each before those below it.
std::vector<const CompletedCommand*> flattened(const CompletedCommand& command);

/// "a b c"
std::string joined(const std::vector<std::string>& words, const char* between);

// The script for each shell.
std::string bash_completion(const CompletedCommand& program);
std::string zsh_completion(const CompletedCommand& program);
std::string fish_completion(const CompletedCommand& program);

}  // namespace updater::cli
