// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/comparison_text.h"

#include <fmt/format.h>

namespace scenarios::field {

std::string line_count(const Comparison& c) {
  const std::size_t ours_alone =
      c.count(LineVerdict::unproven) + c.missing_in_paste() + c.count(LineVerdict::unread);
  std::string text = fmt::format("{} lines", c.lines.size() - ours_alone);
  if (const std::size_t count = c.count(LineVerdict::masked); count > 0)
    text += fmt::format(", {} blanked by the owner", count);
  if (const std::size_t count = c.count(LineVerdict::reworded); count > 0)
    text += fmt::format(", {} in other words", count);
  if (const std::size_t count = c.count(LineVerdict::observed); count > 0)
    text += fmt::format(", {} as the board shows it", count);
  return text;
}

std::string reproduced_words(const Comparison& c) {
  const std::string aside = set_aside_words(c);
  return aside.empty() ? "reproduced" : "reproduced but for " + aside;
}

std::string missing_lines(const Comparison& c) {
  std::string text;
  if (!c.reproduced()) return text;
  for (const ComparedLine& line : c.lines) {
    if (line.verdict == LineVerdict::added)
      text += fmt::format("      missing in the paste, before line {}: {}\n", line.log.number,
                          line.ours);
    if (line.verdict == LineVerdict::unread)
      text += fmt::format("      not read, line {}: {}\n      ours there: {}\n", line.log.number,
                          line.log.text, line.ours);
    if (line.verdict == LineVerdict::theirs)
      text += fmt::format("      only theirs, line {}: {}\n", line.log.number, line.log.text);
  }
  return text;
}

}  // namespace scenarios::field
