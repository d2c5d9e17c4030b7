// SPDX-License-Identifier: BSD-3-Clause
// What pasting adds to a log's lines: quotation marks, times, the line numbers of a forum's code
// box, names of a chat.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::field {

/// `line` without marks of quotations, lists and tables: "> > ", "| ", "- ". A lone '>' counts, a
/// prompt ("C:\>") does not.
std::string_view without_quotes(std::string_view line);

/// `line` without a time in front: "[12:34:56.789] ", "2012-03-04 12:34:56 ", "04.03.2012 12:34 -
/// ", "Mar 12 10:00:01 host program[812]: ". A time of day needs its seconds, a date before it or
/// brackets around it.
std::string_view without_time(std::string_view line);

/// A number in front of a line ("12: ", "12. ", "12) ", "12 | ", "12 text", or nothing else on the
/// line). It is a line number only if a neighbour carries the next one: the caller looks.
struct NumberedLine {
  std::uint32_t number = 0;
  std::string_view rest;
};
std::optional<NumberedLine> line_number(std::string_view line);

/// What a line may be once more of the paste is off, each on its own: a diff's '+', quotes or
/// backticks around it, the name of who wrote it in a chat ("<name> ", "Some Name: "), the bar
/// between the cells of a table ("Label | value"). Whether it is a tool's then, the caller looks.
std::vector<std::string> other_readings(std::string_view line);

}  // namespace scenarios::field
