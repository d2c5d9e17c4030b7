// SPDX-License-Identifier: BSD-3-Clause
// Lines that were read before. Logs repeat themselves - a driver's complaint a second, a label a
// run -, and what a line is by itself does not change.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "scenarios/field/reading/recognised.h"

namespace scenarios::field {

class KnownLines {
 public:
  /// As recognise().
  Recognised recognise(const std::string& text);
  /// As guessed_line().
  std::optional<std::string> guess(const std::string& text, Tool tool);

 private:
  /// A text without repetitions must not fill the memory.
  static constexpr std::size_t kMost = 4096;

  std::unordered_map<std::string, Recognised> lines_;
  std::unordered_map<Tool, std::unordered_map<std::string, std::optional<std::string>>> guesses_;
};

}  // namespace scenarios::field
