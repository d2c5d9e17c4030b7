// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/paste_marks.h"

#include <algorithm>
#include <array>

#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits at the front of `text`, at most `most`.
std::size_t digits(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  while (count < text.size() && count < most && is_digit(text[count])) ++count;
  return count;
}

/// Takes a number of `low` to `high` digits off the front.
bool take_number(std::string_view& text, std::size_t low, std::size_t high) {
  const std::size_t count = digits(text, high);
  if (count < low) return false;
  text.remove_prefix(count);
  return true;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text[0]) == any_of.npos) return false;
  text.remove_prefix(1);
  return true;
}

/// "2012-03-04", "04.03.2012", "3/4/12"
bool take_date(std::string_view& text) {
  std::string_view rest = text;
  if (!take_number(rest, 1, 4)) return false;
  if (rest.empty() || std::string_view("-./").find(rest[0]) == std::string_view::npos) return false;
  const std::string_view separator = rest.substr(0, 1);
  if (!take(rest, separator) || !take_number(rest, 1, 2) || !take(rest, separator) ||
      !take_number(rest, 2, 4)) {
    return false;
  }
  text = rest;
  return true;
}

enum class Clock { none, minutes, seconds };

/// "12:34", "12:34:56", "12:34:56.789", with "Z", " AM" or " PM" behind.
Clock take_clock(std::string_view& text) {
  std::string_view rest = text;
  if (!take_number(rest, 1, 2) || !take(rest, ":") || !take_number(rest, 2, 2)) return Clock::none;
  Clock precision = Clock::minutes;
  if (rest.size() > 2 && rest[0] == ':' && is_digit(rest[1]) && is_digit(rest[2])) {
    rest.remove_prefix(3);
    precision = Clock::seconds;
    if (rest.size() > 1 && (rest[0] == '.' || rest[0] == ',') && is_digit(rest[1])) {
      rest.remove_prefix(1);
      take_number(rest, 1, 9);
    }
  }
  take(rest, "Z");
  for (const std::string_view half : {" AM", " PM", " am", " pm"}) {
    if (rest.starts_with(half)) rest.remove_prefix(half.size());
  }
  text = rest;
  return precision;
}

/// What may stand between a time and the line: blanks, with '-' or '|' among them, or ':' before
/// them. A ':' behind a blank is the line's own (": Intel (R) QST").
bool take_gap(std::string_view& text) {
  const std::size_t before = text.size();
  if (before == 0) return true;
  if (text[0] == ':') text.remove_prefix(1);
  text = trimmed(text);
  if (text.starts_with("- ") || text.starts_with("| ")) text.remove_prefix(2);
  text = trimmed(text);
  return text.size() < before;
}

/// Marks of quotations, tables and lists: with a blank behind, but for '>'.
std::size_t mark_length(std::string_view line) {
  for (const std::string_view mark : {"| ", "- ", "* ", "\xE2\x80\xA2 "}) {
    if (line.starts_with(mark)) return mark.size();
  }
  return line.starts_with('>') ? 1 : 0;
}

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// "Mar 12 10:00:01 host program[812]: "
std::string_view without_syslog(std::string_view line) {
  if (std::find(kMonths.begin(), kMonths.end(), line.substr(0, 3)) == kMonths.end()) return line;
  std::string_view rest = trimmed(line.substr(3));
  if (!take_number(rest, 1, 2)) return line;
  rest = trimmed(rest);
  if (take_clock(rest) != Clock::seconds) return line;
  const std::size_t host = trimmed(rest).find(' ');
  const std::size_t end = rest.find(": ");
  if (host == rest.npos || end == rest.npos) return line;
  // A kernel's lines keep its name: they are nobody's deeds.
  const std::size_t kernel = rest.find(" kernel: ");
  if (kernel != rest.npos && kernel < end) return trimmed(rest.substr(kernel));
  const bool two_words =
      std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(end), ' ') <= 2;
  return two_words ? trimmed(rest.substr(end + 2)) : line;
}

}  // namespace

std::string_view without_quotes(std::string_view line) {
  line = trimmed(line);
  for (std::size_t mark = mark_length(line); mark > 0; mark = mark_length(line))
    line = trimmed(line.substr(mark));
  // Of an empty cell the bar in front stays: it is an empty value (labelled_cells.h).
  if (line.ends_with(" |")) line = trimmed(line.substr(0, line.size() - 2));
  return line;
}

std::string_view without_time(std::string_view line) {
  if (const auto rest = without_syslog(line); rest.size() < line.size()) return rest;
  std::string_view rest = trimmed(line);
  if (rest.empty() || (rest[0] != '[' && rest[0] != '(' && !is_digit(rest[0]))) return line;
  const bool bracket = take(rest, "[(");
  const bool date = take_date(rest);
  if (date) take(rest, " T,");
  rest = trimmed(rest);
  const Clock clock = take_clock(rest);
  if (clock == Clock::none) return line;
  if (clock == Clock::minutes && !date && !bracket) return line;
  if (bracket && !take(rest, "])")) return line;
  if (!take_gap(rest) && !bracket) return line;
  return rest;
}

std::optional<NumberedLine> line_number(std::string_view line) {
  const std::string_view text = trimmed(line);
  const std::size_t count = digits(text, 6);
  if (count == 0) return std::nullopt;
  NumberedLine found;
  for (const char c : text.substr(0, count))
    found.number = found.number * 10 + static_cast<std::uint32_t>(c - '0');
  std::string_view rest = text.substr(count);
  if (rest.empty()) return found;
  const bool blank = rest[0] == ' ';
  const bool colon = rest[0] == ':';
  rest = trimmed(rest);
  const bool tight = colon || rest.starts_with('|');
  const bool list = !rest.empty() &&
                    std::string_view(".)").find(rest[0]) != std::string_view::npos &&
                    (rest.size() == 1 || rest[1] == ' ');
  if (!blank && !tight && !list) return std::nullopt;
  if (tight || list) rest.remove_prefix(1);
  found.rest = trimmed(rest);
  return found;
}

namespace {

constexpr std::string_view kBar = " | ";
constexpr std::string_view kQuotes = "`'\"";

std::string_view without_quotes_around(std::string_view line) {
  const std::size_t first = line.find_first_not_of(kQuotes);
  if (first == line.npos) return line;
  return trimmed(line.substr(first, line.find_last_not_of(kQuotes) - first + 1));
}

/// "<name> " or "Some Name: "
std::string_view without_name(std::string_view line) {
  constexpr std::size_t kLongestName = 32;
  const bool bracket = line.starts_with('<');
  const std::string_view mark = bracket ? "> " : ": ";
  const std::size_t end = line.substr(0, kLongestName).find(mark);
  return end == line.npos ? line : trimmed(line.substr(end + mark.size()));
}

/// Where the bar stands between a label and its value.
std::optional<std::size_t> bar_of_label(std::string_view line) {
  const std::size_t bar = line.find(kBar);
  return bar == line.npos || line.find(':') < bar ? std::nullopt : std::optional(bar);
}

}  // namespace

std::vector<std::string> other_readings(std::string_view line) {
  std::vector<std::string> readings;
  const auto add = [&](std::string_view reading) {
    if (reading.size() < line.size()) readings.emplace_back(reading);
  };
  if (line.starts_with('+')) add(trimmed(line.substr(1)));
  add(without_quotes_around(line));
  add(without_name(line));
  if (const auto bar = bar_of_label(line)) {
    readings.push_back(std::string(line.substr(0, *bar)) + ": " +
                       std::string(line.substr(*bar + kBar.size())));
  }
  return readings;
}

}  // namespace scenarios::field
