// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/next_command.h"

#include <algorithm>

namespace updater::cli {
namespace {

using Words = std::vector<std::string>;

/// Both ways to write an option with a value.
Words without(const Words& words, std::string_view option) {
  Words out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == option)
      ++i;
    else if (!words[i].starts_with(std::string(option) + "="))
      out.push_back(words[i]);
  }
  return out;
}

void add_flag(Words& words, const char* flag) {
  if (std::find(words.begin(), words.end(), flag) == words.end()) words.emplace_back(flag);
}

}  // namespace

std::string command_text(const Surroundings& around, const update::CommandChange& change) {
  Words words = around.arguments;
  if (change.over_heci) {
    words = without(words, "--via");
    words.insert(words.end(), {"--via", "heci"});
  }
  if (change.abort_other) add_flag(words, "--abort-other");
  return command_text(Surroundings{.console = around.console,
                                   .opener = around.opener,
                                   .program = around.program,
                                   .arguments = words});
}

}  // namespace updater::cli
