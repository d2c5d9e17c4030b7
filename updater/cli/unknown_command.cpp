// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/unknown_command.h"

#include <algorithm>

namespace updater::cli {
namespace {

std::string names_of(const std::vector<const CLI::App*>& commands) {
  std::string names;
  for (const CLI::App* command : commands)
    names += (names.empty() ? "" : ", ") + command->get_name();
  return names;
}

}  // namespace

std::optional<std::string> unknown_command(const CLI::App& app,
                                           const std::vector<std::string>& arguments) {
  const CLI::App* at = &app;
  for (const std::string& word : arguments) {
    const auto commands = at->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty() || word.starts_with('-')) return std::nullopt;
    const auto found = std::ranges::find(commands, word, &CLI::App::get_name);
    if (found == commands.end())
      return "there is no command \"" + word + "\"; there are " + names_of(commands);
    at = *found;
  }
  return std::nullopt;
}

}  // namespace updater::cli
