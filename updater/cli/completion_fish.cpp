// SPDX-License-Identifier: BSD-3-Clause
// For fish: complete(1).
#include <fmt/format.h>

#include "updater/cli/completed_command.h"

namespace updater::cli {
namespace {

std::string fish_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

/// The options of fish's `complete` for what stands there.
std::string fish_offer(const CompletedOption& option, const std::string& program) {
  switch (option.takes) {
    case Takes::nothing:
      return "";
    case Takes::anything:
      return " -x";
    case Takes::words:
      return " -x -a " + fish_quoted(joined(option.words, " "));
    case Takes::file:
      return " -r -F";
    case Takes::folder:
      return " -x -a '(__fish_complete_directories)'";
    case Takes::machine:
      break;
  }
  return fmt::format(" -r -F -a '({} machines 2>/dev/null | string split -f 1 \" \")'", program);
}

std::string fish_names(const CompletedOption& option) {
  std::string text;
  for (const std::string& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return text;
}

std::string fish_command(const CompletedCommand& command, const std::string& program) {
  const std::string here =
      fmt::format("complete -c {0} -n '__{0}_at \"{1}\"'", program, command.words);
  std::string text;
  for (const CompletedCommand& below : command.commands)
    text += fmt::format("{} -a {} -d {}\n", here, below.name, fish_quoted(below.help));
  for (const CompletedOption& option : command.options) {
    text += fmt::format("{}{}{} -d {}\n", here, fish_names(option), fish_offer(option, program),
                        fish_quoted(option.help));
  }
  // -r and -x are about options; what stands by itself is offered or not.
  CompletedOption operand = command.operand;
  if (operand.takes == Takes::nothing || operand.takes == Takes::anything) return text;
  std::string offer = fish_offer(operand, program);
  if (offer.starts_with(" -r") || offer.starts_with(" -x")) offer.erase(0, 3);
  return text + here + offer + "\n";
}

}  // namespace

std::string fish_completion(const CompletedCommand& program) {
  std::string commands;
  std::string lines;
  for (const CompletedCommand* command : flattened(program)) {
    if (command != &program) commands += " '" + command->words + "'";
    lines += fish_command(*command, program.name);
  }
  return fmt::format(R"(# Completes {0} in fish. Made by: {0} completion fish
function __{0}_at
    set -l command ''
    for word in (commandline -opc)[2..-1]
        switch "$command $word"
            case{1}
                set command "$command $word"
        end
    end
    test "$command" = "$argv[1]"
end
complete -c {0} -f
{2})",
                     program.name, commands, lines);
}

}  // namespace updater::cli
