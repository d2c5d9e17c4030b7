// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/error_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/command_line.h"
#include "updater/report/explain_query.h"
#include "updater/report/owner_steps.h"

namespace scenarios::field {
namespace {

/// Of "Error 8769: ...", "Error (8721): ..." and "Error: ..."; not of "ErrorCode: ...".
std::size_t begin_of_error(std::string_view text) {
  for (const std::string_view word : {"Error", "ERROR"}) {
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      const std::size_t behind =
          std::min(text.find_first_not_of(' ', at + word.size()), text.size());
      const std::string_view next = text.substr(behind, 1);
      if (!next.empty() && next.find_first_of("0123456789(:") == 0) return at;
    }
  }
  return text.npos;
}

constexpr std::size_t kErrorDigits = 4;

/// Of "an 8805 error", where `at` is the word's place.
std::optional<std::uint32_t> error_number_before(std::string_view text, std::size_t at) {
  if (at <= kErrorDigits || text[at - 1] != ' ') return std::nullopt;
  const std::size_t begin = at - 1 - kErrorDigits;
  const bool alone = begin == 0 || text[begin - 1] == ' ';
  return alone ? protocol::tools::whole_number(text.substr(begin, kErrorDigits)) : std::nullopt;
}

/// Numbers of four digits that stand close to "error" or its word in another language.
std::vector<std::uint32_t> error_numbers_in(std::string_view text) {
  constexpr std::array<std::string_view, 6> kWords = {"error",  "fehler", "erreur",
                                                      "errore", "fout",   "шибк"};
  constexpr std::size_t kClose = 16;  // "error code: ("
  const std::string lower = lower_case(text);
  std::vector<std::uint32_t> numbers;
  for (const std::string_view word : kWords) {
    for (std::size_t at = lower.find(word); at != lower.npos; at = lower.find(word, at + 1)) {
      if (const auto before = error_number_before(lower, at)) numbers.push_back(*before);
      const std::size_t digits = lower.find_first_of("0123456789", at);
      if (digits == lower.npos || digits - at > word.size() + kClose) continue;
      const std::size_t end = std::min(lower.find_first_not_of("0123456789", digits), lower.size());
      if (end - digits == kErrorDigits)
        numbers.push_back(
            static_cast<std::uint32_t>(std::stoul(lower.substr(digits, kErrorDigits))));
    }
  }
  return numbers;
}

/// Those of its errors, in order; a tool that prints none says it in words.
updater::report::Pasted numbers_of(const ToolRun& run) {
  using updater::report::SaidAs;
  updater::report::Pasted pasted;
  pasted.generation = run.generation;
  for (const Observation& seen : run.observations) {
    if (seen.fact != Fact::error) continue;
    std::uint32_t number = protocol::tools::whole_number(seen.value).value_or(0);
    if (number == 0) number = updater::report::number_of_words(seen.line.text);
    if (number != 0 && !pasted.has_number(number))
      pasted.numbers.push_back({number, SaidAs::error, updater::report::SaidBy::other_tool});
  }
  return pasted;
}

}  // namespace

std::string error_words(const ToolRun& run) {
  std::string text;
  for (const auto* known : updater::report::rows_of_numbers(numbers_of(run))) {
    text += fmt::format("{}{} ({}): {}", text.empty() ? "" : " And ", known->number, known->title,
                        known->meaning);
    // What is known to help is of the generations that the model knows.
    if (run.generation <= kLastGeneration) text += " " + updater::report::owner_steps(*known);
  }
  return text;
}

std::string error_line(const Observation& error) {
  constexpr std::size_t kLongest = 160;
  const std::string& text = error.line.text;
  const std::size_t at = begin_of_error(text);
  // That it went through is told in a sentence, and has no number.
  if (is_error(error, protocol::update::ToolError::success)) return text;
  if (at == text.npos) return "error " + error.value;
  std::string line = text.substr(at, kLongest);
  if (line.ends_with('"')) line.pop_back();  // in a person's own words
  return line;
}

std::vector<std::uint32_t> known_errors_in(const std::vector<LogLine>& prose) {
  std::vector<std::uint32_t> known;
  for (const LogLine& line : prose) {
    for (const std::uint32_t number : error_numbers_in(line.text)) {
      const bool told = std::find(known.begin(), known.end(), number) != known.end();
      if (!told && updater::report::find_tool_error(number) != nullptr) known.push_back(number);
    }
  }
  return known;
}

std::string errors_in_words(const std::vector<LogLine>& prose) {
  std::string text;
  for (const std::uint32_t number : known_errors_in(prose)) {
    const auto* known = updater::report::find_tool_error(number);
    text += fmt::format("\n  The text speaks of error {} ({}): {}", number, known->title,
                        known->meaning);
  }
  return text;
}

}  // namespace scenarios::field
