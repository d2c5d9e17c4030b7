// SPDX-License-Identifier: BSD-3-Clause
// Lines that were read before.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "scenarios/field/reading/reading_outcome_words.h"
#include "scenarios/field/reading/recognised.h"
#include "scenarios/field/reading/remembered.h"

namespace scenarios::field {

class KnownLines {
 public:
  /// As recognise().
  Recognised recognise(const std::string& text);
  /// As guessed_line().
  std::optional<std::string> guess(const std::string& text, Tool tool);
  /// As hear().
  HeardLine hear(const std::string& text);

 private:
  Remembered<Recognised> lines_;
  Remembered<HeardLine> heard_;
  std::unordered_map<Tool, Remembered<std::optional<std::string>>> guesses_;
};

}  // namespace scenarios::field
