// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/known_lines.h"

#include "scenarios/field/reading/guessed_line.h"
#include "scenarios/field/reading/recognise.h"

namespace scenarios::field {

Recognised KnownLines::recognise(const std::string& text) {
  return lines_.of(text, [](std::string_view line) { return field::recognise(line); });
}

std::optional<std::string> KnownLines::guess(const std::string& text, Tool tool) {
  return guesses_[tool].of(text, [&](std::string_view line) { return guessed_line(line, tool); });
}

HeardLine KnownLines::hear(const std::string& text) {
  return heard_.of(text, [](std::string_view line) { return field::hear(line); });
}

}  // namespace scenarios::field
