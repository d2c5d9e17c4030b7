// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/wrong_usage.h"

#include <algorithm>
#include <optional>

#include "base/nearest.h"

namespace updater::cli {
namespace {

using Names = std::vector<std::string>;

/// How far the words at the front lead, and the first that leads nowhere.
struct NamedCommand {
  const CLI::App* app;
  std::string words;  ///< "mesim image build"
  std::optional<std::string> unknown;
};

Names commands_of(const CLI::App& app) {
  Names names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

Names options_of(const CLI::App& app) {
  Names names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

NamedCommand command_at(const CLI::App& app, const std::vector<std::string>& arguments) {
  NamedCommand at{.app = &app, .words = app.get_name(), .unknown = {}};
  for (const std::string& word : arguments) {
    const auto commands = at.app->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty() || word.starts_with('-')) break;
    const auto found = std::ranges::find(commands, word, &CLI::App::get_name);
    if (found == commands.end()) {
      at.unknown = word;
      break;
    }
    at.app = *found;
    at.words += " " + word;
  }
  return at;
}

std::string guess(const std::string& word, const Names& names) {
  const std::string meant = base::nearest(word, names);
  return meant.empty() ? "" : "; did you mean \"" + meant + "\"?";
}

std::string listed(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The first word that looks like an option and that nothing took.
std::optional<std::string> unknown_option(const CLI::App& app) {
  for (const std::string& word : app.remaining(true)) {
    if (word.size() > 1 && word.starts_with('-') && word != "--")
      return word.substr(0, word.find('='));
  }
  return std::nullopt;
}

std::string what_is_wrong(const CLI::App& app, const NamedCommand& at,
                          const CLI::ParseError& error) {
  if (at.unknown) {
    const Names commands = commands_of(*at.app);
    const std::string meant = guess(*at.unknown, commands);
    return "there is no command \"" + *at.unknown + "\"" + meant + (meant.empty() ? ";" : "") +
           " there are " + listed(commands);
  }
  if (const auto option = unknown_option(app)) {
    const std::string command =
        at.words.substr(std::min(app.get_name().size() + 1, at.words.size()));
    return (command.empty() ? "there is" : command + " has") + " no option \"" + *option + "\"" +
           guess(*option, options_of(*at.app));
  }
  return error.what();
}

}  // namespace

std::string wrong_usage(const CLI::App& app, const std::vector<std::string>& arguments,
                        const CLI::ParseError& error) {
  const NamedCommand at = command_at(app, arguments);
  return what_is_wrong(app, at, error) + "\nSee `" + at.words + " --help`.";
}

}  // namespace updater::cli
