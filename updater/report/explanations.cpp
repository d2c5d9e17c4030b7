// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/explanations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "updater/report/owner_steps.h"

namespace updater::report {
namespace {

std::string lower(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return small;
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t length) {
  const auto ends_word = [&](std::size_t i) {
    return i >= text.size() || std::isalnum(static_cast<unsigned char>(text[i])) == 0;
  };
  return (at == 0 || ends_word(at - 1)) && ends_word(at + length);
}

/// A number only where it stands alone: "87" is not in "8729".
bool holds(std::string_view text, const std::string& word) {
  const bool counts =
      std::ranges::any_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (!counts || stands_alone(text, at, word.size())) return true;
  }
  return false;
}

bool holds_every_word(const KnownNumber& row, std::string_view query) {
  const std::string text = lower(fmt::format("{} {} {} {}", row.title, row.meaning, row.next_step,
                                             row.listed_as == nullptr ? "" : row.listed_as));
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (!holds(text, lower(rest.substr(0, end)))) return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return true;
}

constexpr NumberOf kKinds[] = {
    NumberOf::tool_error,       NumberOf::exit_status,         NumberOf::logged_value,
    NumberOf::flash_tool_error, NumberOf::generation_11_error, NumberOf::newer_tool_error,
    NumberOf::update_status,
};

template <class Wanted>
std::vector<const KnownNumber*> rows_where(Wanted wanted) {
  std::vector<const KnownNumber*> rows;
  for (const NumberOf kind : kKinds) {
    for (const KnownNumber& row : rows_of(kind)) {
      if (wanted(row)) rows.push_back(&row);
    }
  }
  return rows;
}

const char* of_which_tools(NumberOf kind) {
  switch (kind) {
    case NumberOf::flash_tool_error:
      return " of the flash tool (FPT) for firmware 2 to 11";
    case NumberOf::generation_11_error:
      return " of the tools for firmware 11";
    case NumberOf::newer_tool_error:
      return " of the tools for firmware 12 and later";
    default:
      return "";
  }
}

}  // namespace

std::span<const KnownNumber> rows_of(NumberOf kind) {
  switch (kind) {
    case NumberOf::tool_error:
      return tool_errors();
    case NumberOf::exit_status:
      return exit_statuses();
    case NumberOf::logged_value:
      return logged_values();
    case NumberOf::flash_tool_error:
      return flash_tool_errors();
    case NumberOf::generation_11_error:
      return generation_11_errors();
    case NumberOf::newer_tool_error:
      return newer_tool_errors();
    case NumberOf::update_status:
      return update_statuses();
  }
  return {};
}

const char* name(NumberOf kind) {
  constexpr const char* kNames[] = {"error",
                                    "exit_status",
                                    "logged_value",
                                    "flash_tool_error",
                                    "error_of_firmware_11",
                                    "error_of_firmware_12",
                                    "update_status"};
  return kNames[static_cast<std::size_t>(kind)];
}

const KnownNumber* find_row(NumberOf kind, std::uint32_t number) {
  const auto rows = rows_of(kind);
  const auto row = std::ranges::lower_bound(rows, number, {}, &KnownNumber::number);
  return row != rows.end() && row->number == number ? &*row : nullptr;
}

std::vector<const KnownNumber*> rows_with_words(std::string_view words) {
  return rows_where([&](const KnownNumber& row) { return holds_every_word(row, words); });
}

std::vector<const KnownNumber*> every_row() {
  return rows_where([](const KnownNumber&) { return true; });
}

std::string called(const KnownNumber& row) {
  switch (row.kind) {
    case NumberOf::exit_status:
      return fmt::format("Exit status {}", row.number);
    case NumberOf::logged_value:
      return fmt::format("Logged value {}", row.number);
    case NumberOf::update_status:
      return fmt::format("Update status 0x{:X} of firmware 7 and later", row.number);
    default:
      return fmt::format("Error {}{}", row.number, of_which_tools(row.kind));
  }
}

std::string explanation_text(const KnownNumber& row) {
  const std::string listed = row.listed_as == nullptr ? "" : fmt::format(" ({})", row.listed_as);
  std::string text = fmt::format("{}: {}{}\n  Meaning:   {}\n  Next step: {}\n", called(row),
                                 row.title, listed, row.meaning, row.next_step);
  if (const char* step = step_on_a_real_board(row))
    text += fmt::format("  On a real board, where this program writes nothing: {}\n", step);
  if (row.source != nullptr) text += fmt::format("  Source:    {}\n", row.source);
  const auto* last = last_resort_of(row);
  return last == nullptr ? text : text + "  " + update::last_resort(*last) + "\n";
}

std::string explanation_line(const KnownNumber& row) {
  constexpr const char* kShort[] = {"error", "exit", "value", "FPT", "11", "12+", "fwu"};
  const char* kind = kShort[static_cast<std::size_t>(row.kind)];
  const std::string number = row.kind == NumberOf::update_status ? fmt::format("0x{:X}", row.number)
                                                                 : std::to_string(row.number);
  return fmt::format("{:5} {:>4}  {}\n", kind, number, row.title);
}

}  // namespace updater::report
