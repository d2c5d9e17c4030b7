// SPDX-License-Identifier: BSD-3-Clause
// For zsh: zshcompsys(1), _describe and _files.
#include <fmt/format.h>

#include "updater/cli/completed_command.h"

namespace updater::cli {
namespace {

std::string zsh_offer(const CompletedOption& option, const std::string& program) {
  switch (option.takes) {
    case Takes::nothing:
      return ":";
    case Takes::anything:
      return "_message value";
    case Takes::words:
      return "compadd -- " + joined(option.words, " ");
    case Takes::file:
      return "_files";
    case Takes::folder:
      return "_files -/";
    case Takes::machine:
      break;
  }
  return fmt::format("compadd -- ${{(f)\"$({} machines 2>/dev/null | cut -d ' ' -f 1)\"}}; _files",
                     program);
}

/// 'word:what it does', as _describe reads it.
std::string zsh_described(const std::string& word, const std::string& help) {
  std::string text = "'" + word + ":";
  for (const char c : help) {
    if (c == '\'') text += "'\\'";  // ends the quotes, a quote, and begins them again below
    if (c == '\\' || c == ':') text += '\\';
    text += c;
  }
  return text + "'";
}

std::string zsh_values(const CompletedCommand& command, const std::string& program) {
  std::string text;
  for (const CompletedOption& option : command.options) {
    if (option.takes == Takes::nothing) continue;
    for (const std::string& name : option.names) {
      text += fmt::format("  '{}:{}') {}; return ;;\n", command.words, name,
                          zsh_offer(option, program));
    }
  }
  return text;
}

std::string zsh_words(const CompletedCommand& command, const std::string& program) {
  std::string commands;
  std::string options;
  for (const CompletedCommand& below : command.commands)
    commands += " " + zsh_described(below.name, below.help);
  for (const CompletedOption& option : command.options) {
    for (const std::string& name : option.names) options += " " + zsh_described(name, option.help);
  }
  return fmt::format("  '{}') commands=({}) options=({}); [[ $PREFIX == -* ]] || {{ {}; }} ;;\n",
                     command.words, commands, options, zsh_offer(command.operand, program));
}

}  // namespace

std::string zsh_completion(const CompletedCommand& program) {
  std::string commands;
  std::string values;
  std::string words;
  for (const CompletedCommand* command : flattened(program)) {
    if (command != &program) commands += (commands.empty() ? "'" : " | '") + command->words + "'";
    values += zsh_values(*command, program.name);
    words += zsh_words(*command, program.name);
  }
  return fmt::format(R"(#compdef {0}
# Completes {0} in zsh. Made by: {0} completion zsh
local command= word
local -a commands options
for word in "${{(@)words[2,CURRENT-1]}}"; do
  case "$command $word" in
  {1}) command+=" $word" ;;
  esac
done
case "$command:$words[CURRENT-1]" in
{2}esac
case "$command" in
{3}esac
(( $#commands )) && _describe -t commands command commands
_describe -o -t options option options
)",
                     program.name, commands, values, words);
}

}  // namespace updater::cli
