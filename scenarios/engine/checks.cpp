// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/lines.h"
#include "emulator/machine/facts.h"
#include "scenarios/engine/line_pattern.h"

namespace scenarios::engine {
namespace {

using Place = config::Place;
using Lines = std::vector<std::string>;

std::optional<std::int64_t> number(const std::string& text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, value);
  return failure == std::errc{} && stopped == end ? std::optional(value) : std::nullopt;
}

std::string wanted(const FactExpectation& expected) {
  return expected.high ? fmt::format("{} to {}", expected.low, *expected.high) : expected.low;
}

std::string line_or_end(const Lines& lines, std::size_t index) {
  return index < lines.size() ? '"' + lines[index] + '"' : std::string("no such line");
}

/// Only the first difference: what follows is mostly its consequence.
std::optional<Mismatch> first_difference(const ExpectedLines& expected, const Lines& got,
                                         const std::string& stream, const Place& place) {
  const auto [left, right] =
      std::mismatch(expected.lines.begin(), expected.lines.end(), got.begin(), got.end());
  if (left == expected.lines.end() && right == got.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(right - got.begin());
  const std::string source =
      expected.source.empty() ? "" : fmt::format(" (of {})", expected.source);
  return Mismatch{.place = place,
                  .what = fmt::format("{}, line {}{}", stream, index + 1, source),
                  .expected = line_or_end(expected.lines, index),
                  .got = line_or_end(got, index)};
}

/// The first line that holds `part`, in quotes; nothing where none does.
std::optional<std::string> line_with(const Lines& lines, const std::string& part) {
  const auto found = std::ranges::find_if(
      lines, [&](const std::string& line) { return line.find(part) != std::string::npos; });
  return found == lines.end() ? std::nullopt : std::optional('"' + *found + '"');
}

bool any_matches(const Lines& lines, const std::string& pattern) {
  const auto compiled = LinePattern::compile(pattern);  // the loader took it
  return compiled && std::any_of(lines.begin(), lines.end(),
                                 [&](const std::string& line) { return compiled->finds(line); });
}

}  // namespace

bool agrees(const FactExpectation& expected, const std::string& value) {
  if (!expected.high) return value == expected.low;
  const auto got = number(value);
  const auto low = number(expected.low);
  const auto high = number(*expected.high);
  return got && low && high && *low <= *got && *got <= *high;
}

Mismatches check_facts(const std::vector<FactExpectation>& expected,
                       emulator::machine::Machine& machine) {
  Mismatches out;
  for (const FactExpectation& fact : expected) {
    const emulator::machine::BoardFact* known = emulator::machine::find_fact(fact.name);
    const std::string got = known == nullptr ? "no such fact" : known->read(machine);
    if (agrees(fact, got)) continue;
    out.push_back({.place = fact.place,
                   .what = "device: " + fact.name,
                   .expected = wanted(fact),
                   .got = got});
  }
  return out;
}

Mismatches check_text(const TextExpectation& expected, const std::string& text,
                      const std::string& stream, const Place& place) {
  const Lines lines = base::lines_of(text);
  const std::string none = lines.empty() ? "nothing was printed there" : "no such line";
  Mismatches out;
  const auto add = [&](const std::string& what, const std::string& got) {
    out.push_back({.place = place, .what = stream, .expected = what, .got = got});
  };
  if (expected.equals) {
    if (auto difference = first_difference(*expected.equals, lines, stream, place))
      out.push_back(*difference);
  }
  for (const std::string& part : expected.contains) {
    if (!line_with(lines, part)) add(fmt::format("a line that contains \"{}\"", part), none);
  }
  for (const std::string& part : expected.lacks) {
    if (const auto line = line_with(lines, part))
      add(fmt::format("no line that contains \"{}\"", part), *line);
  }
  for (const std::string& pattern : expected.matches) {
    if (!any_matches(lines, pattern)) add(fmt::format("a line that matches {}", pattern), none);
  }
  return out;
}

}  // namespace scenarios::engine
