// SPDX-License-Identifier: BSD-3-Clause
// Options that take one of a few words.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <utility>
#include <vector>

namespace updater::cli {

template <class Value>
using Choices = std::vector<std::pair<std::string, Value>>;

template <class Value>
std::string listed(const Choices<Value>& choices, const char* between) {
  std::string names;
  for (const auto& [name, value] : choices) names += (names.empty() ? "" : between) + name;
  return names;
}

/// `chosen` keeps its value where the option is not given. The help shows the words, and whoever
/// gives another is told them.
template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& option, Value& chosen,
                        const Choices<Value>& choices, const std::string& help) {
  const auto take = [&chosen, option, choices](const std::string& word) {
    for (const auto& [name, value] : choices) {
      if (name != word) continue;
      chosen = value;
      return;
    }
    throw CLI::ValidationError(option, word + ": must be one of " + listed(choices, ", "));
  };
  return command.add_option_function<std::string>(option, take, help)
      ->option_text(listed(choices, "|"));
}

}  // namespace updater::cli
