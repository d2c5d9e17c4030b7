// SPDX-License-Identifier: BSD-3-Clause
// For bash(1), "Programmable Completion".
#include <fmt/format.h>

#include "updater/cli/completed_command.h"

namespace updater::cli {
namespace {

/// Puts what fits into COMPREPLY.
std::string bash_offer(const CompletedOption& option, const std::string& program) {
  switch (option.takes) {
    case Takes::nothing:
    case Takes::anything:
      return ":";
    case Takes::words:
      return fmt::format(R"(COMPREPLY=($(compgen -W '{}' -- "$current")))",
                         joined(option.words, " "));
    case Takes::file:
      return "_" + program + "_files -f";
    case Takes::folder:
      return "_" + program + "_files -d";
    case Takes::machine:
      break;
  }
  // A profile's name, or its file.
  return fmt::format("_{0}_files -f -W \"$({0} machines 2>/dev/null | cut -d ' ' -f 1)\"", program);
}

std::string bash_values(const CompletedCommand& command, const std::string& program) {
  std::string text;
  for (const CompletedOption& option : command.options) {
    if (option.takes == Takes::nothing) continue;
    std::string before;
    for (const std::string& name : option.names)
      before += (before.empty() ? "'" : " | '") + command.words + ":" + name + "'";
    text += fmt::format("    {}) {}; return ;;\n", before, bash_offer(option, program));
  }
  return text;
}

std::string bash_words(const CompletedCommand& command, const std::string& program) {
  std::string words;
  for (const CompletedCommand& below : command.commands) words += " " + below.name;
  for (const CompletedOption& option : command.options) words += " " + joined(option.names, " ");
  return fmt::format("    '{}') words='{}'; [[ $current == -* ]] || {} ;;\n", command.words,
                     words.substr(words.empty() ? 0 : 1), bash_offer(command.operand, program));
}

}  // namespace

std::string bash_completion(const CompletedCommand& program) {
  std::string commands;
  std::string values;
  std::string words;
  for (const CompletedCommand* command : flattened(program)) {
    if (command != &program) commands += (commands.empty() ? "'" : " | '") + command->words + "'";
    values += bash_values(*command, program.name);
    words += bash_words(*command, program.name);
  }
  return fmt::format(R"(# Completes {0} in bash. Made by: {0} completion bash
_{0}_files() {{
  compopt -o filenames
  COMPREPLY+=($(compgen "$@" -- "$current"))
}}
_{0}() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} command= words= word
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$command $word" in
    {1}) command+=" $word" ;;
    esac
  done
  case "$command:${{COMP_WORDS[COMP_CWORD-1]}}" in
{2}  esac
  case "$command" in
{3}  esac
  COMPREPLY+=($(compgen -W "$words" -- "$current"))
}}
complete -F _{0} {0}
)",
                     program.name, commands, values, words);
}

}  // namespace updater::cli
