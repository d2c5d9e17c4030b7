// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/completion.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <string_view>

#include "updater/cli/choice.h"
#include "updater/cli/completed_command.h"

namespace updater::cli {
namespace {

struct PlaceholderRow {
  std::string_view placeholder;  ///< as the help shows what is to be put there
  Takes takes;
};

constexpr PlaceholderRow kPlaceholders[] = {
    {"FILE", Takes::file},  {"PATH", Takes::file},  {"IMAGE", Takes::file},
    {"DUMP", Takes::file},  {"STORY", Takes::file}, {"PEM", Takes::file},
    {"TRACE", Takes::file}, {"DIR", Takes::folder}, {"MACHINE", Takes::machine},
};

/// "text|json": those that are typed as they stand, not "N" of "all|N".
std::vector<std::string> words_of(const std::string& placeholder) {
  std::vector<std::string> words;
  if (placeholder.find('|') == std::string::npos) return words;
  for (const std::string& word : CLI::detail::split(placeholder, '|')) {
    if (!word.empty() && std::islower(static_cast<unsigned char>(word.front())))
      words.push_back(word);
  }
  return words;
}

std::string placeholder_of(const CLI::Option& option) {
  if (!option.get_option_text().empty()) return option.get_option_text();
  const bool named = std::ranges::any_of(kPlaceholders, [&](const PlaceholderRow& row) {
    return row.placeholder == option.get_type_name();
  });
  return named || option.nonpositional() ? option.get_type_name() : option.get_name();
}

CompletedOption completed_option(const CLI::Option& option) {
  CompletedOption done;
  for (const std::string& name : option.get_lnames()) done.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) done.names.push_back("-" + name);
  done.help = option.get_description();
  std::ranges::replace(done.help, '\n', ' ');
  if (option.get_items_expected_max() == 0) return done;
  const std::string placeholder = placeholder_of(option);
  done.takes = Takes::anything;
  for (const PlaceholderRow& row : kPlaceholders) {
    if (row.placeholder == placeholder) done.takes = row.takes;
  }
  done.words = words_of(placeholder);
  if (!done.words.empty()) done.takes = Takes::words;
  return done;
}

CompletedCommand completed_command(const CLI::App& app, const std::string& above) {
  CompletedCommand done{.words = above, .name = app.get_name(), .help = app.get_description()};
  for (const CLI::Option* option : app.get_options()) {
    if (option->nonpositional()) done.options.push_back(completed_option(*option));
    if (option->get_positional()) done.operand = completed_option(*option);
  }
  for (const CLI::App* below : app.get_subcommands([](const CLI::App*) { return true; }))
    done.commands.push_back(completed_command(*below, above + " " + below->get_name()));
  return done;
}

}  // namespace

CompletedCommand completed(const CLI::App& program) {
  return completed_command(program, "");
}

std::vector<const CompletedCommand*> flattened(const CompletedCommand& command) {
  std::vector<const CompletedCommand*> all = {&command};
  for (const CompletedCommand& below : command.commands) {
    const auto more = flattened(below);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

CLI::App* add_completion(CLI::App& program, Shell& shell) {
  CLI::App* command =
      program.add_subcommand("completion", "Print what a shell reads to complete command lines");
  add_choice(*command, "SHELL", shell,
             Choices<Shell>{{"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}},
             "for which shell")
      ->required();
  command->footer(
      "Installed, each shell finds it by itself. Otherwise, for the shell that runs:\n  . <(" +
      program.get_name() + " completion bash)");
  return command;
}

std::string completion(const CLI::App& program, Shell shell) {
  const CompletedCommand commands = completed(program);
  switch (shell) {
    case Shell::bash:
      return bash_completion(commands);
    case Shell::zsh:
      return zsh_completion(commands);
    case Shell::fish:
      break;
  }
  return fish_completion(commands);
}

}  // namespace updater::cli
