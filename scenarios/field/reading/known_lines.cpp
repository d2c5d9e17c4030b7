// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/known_lines.h"

#include "scenarios/field/reading/guessed_line.h"
#include "scenarios/field/reading/recognise.h"

namespace scenarios::field {

Recognised KnownLines::recognise(const std::string& text) {
  if (const auto known = lines_.find(text); known != lines_.end()) return known->second;
  if (lines_.size() >= kMost) lines_.clear();
  return lines_.emplace(text, field::recognise(text)).first->second;
}

std::optional<std::string> KnownLines::guess(const std::string& text, Tool tool) {
  auto& guesses = guesses_[tool];
  if (const auto known = guesses.find(text); known != guesses.end()) return known->second;
  if (guesses.size() >= kMost) guesses.clear();
  return guesses.emplace(text, guessed_line(text, tool)).first->second;
}

}  // namespace scenarios::field
