// SPDX-License-Identifier: BSD-3-Clause
// What speaks against a reproduction, and what is only told and weighed.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

bool is_difference(LineVerdict verdict) {
  return verdict == LineVerdict::differs || verdict == LineVerdict::missing;
}

bool is_set_aside(LineVerdict verdict) {
  return verdict == LineVerdict::added || verdict == LineVerdict::unread ||
         verdict == LineVerdict::theirs;
}

const ComparedLine* Comparison::first_difference() const {
  const bool lost = sets_aside_too_much();
  const auto found = std::find_if(lines.begin(), lines.end(), [lost](const ComparedLine& line) {
    return is_difference(line.verdict) || (lost && is_set_aside(line.verdict));
  });
  return found == lines.end() ? nullptr : &*found;
}

std::size_t Comparison::set_aside() const {
  return missing_in_paste() + count(LineVerdict::unread) +
         kWeightOfTheirs * count(LineVerdict::theirs);
}

bool Comparison::sets_aside_too_much() const {
  const std::size_t aside = set_aside();
  const std::size_t there = lines.size() - missing_in_paste() - count(LineVerdict::unread) -
                            count(LineVerdict::theirs) - count(LineVerdict::unproven);
  return aside > kMostSetAside || aside * 2 > there;
}

std::size_t Comparison::count(LineVerdict wanted) const {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&](const ComparedLine& line) { return line.verdict == wanted; }));
}

std::string set_aside_words(const Comparison& comparison) {
  std::string text;
  const auto add = [&](LineVerdict verdict, const char* one, const char* more) {
    const std::size_t count = comparison.count(verdict);
    if (count == 0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, count == 1 ? one : more);
  };
  add(LineVerdict::added, "line missing in the paste", "lines missing in the paste");
  add(LineVerdict::unread, "line that nobody can read", "lines that nobody can read");
  add(LineVerdict::theirs, "line that only theirs has", "lines that only theirs has");
  return text;
}

}  // namespace scenarios::field
