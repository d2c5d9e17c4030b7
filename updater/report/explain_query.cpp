// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/explain_query.h"

#include <algorithm>
#include <string>

#include "protocol/generation.h"
#include "protocol/tools/newer_error.h"

namespace updater::report {
namespace {

using protocol::tools::ErrorList;
using protocol::tools::FwupdlclDialect;
using Rows = std::vector<const KnownNumber*>;

constexpr std::uint32_t kFamilyFrom = 8192;

ErrorList list_of(std::uint16_t generation) {
  return protocol::nearest_generation(generation).errors;
}

/// Its errors have no brackets around their numbers, which are the family's all the same.
bool is_between_5_and_11(std::uint16_t generation) {
  const auto& row = protocol::nearest_generation(generation);
  return row.errors == ErrorList::family && row.fwupdlcl.value >= FwupdlclDialect::me6;
}

void add_row(Rows& rows, NumberOf kind, std::uint32_t number) {
  const KnownNumber* row = find_row(kind, number);
  if (row != nullptr && std::ranges::find(rows, row) == rows.end()) rows.push_back(row);
}

Rows of_flash_tool(std::uint32_t number, std::uint16_t generation) {
  Rows rows;
  if (list_of(generation) != ErrorList::csme12) add_row(rows, NumberOf::flash_tool_error, number);
  if (rows.empty()) add_row(rows, NumberOf::newer_tool_error, number);
  return rows;
}

Rows of_generation(std::uint32_t number, std::uint16_t generation) {
  Rows rows;
  const ErrorList list = list_of(generation);
  if (list == ErrorList::csme12) {
    add_row(rows, NumberOf::newer_tool_error, number);
    return rows;
  }
  if (list == ErrorList::me11) add_row(rows, NumberOf::generation_11_error, number);
  if (rows.empty()) add_row(rows, NumberOf::tool_error, number);
  // A log without a version shows a later tool, and not which: before 11 no number was so small.
  if (rows.empty() && number < kFamilyFrom && is_between_5_and_11(generation))
    add_row(rows, NumberOf::generation_11_error, number);
  return rows;
}

/// Each list that has it.
Rows of_anybody(const SaidNumber& number) {
  Rows rows;
  if (number.as == SaidAs::bare) {
    add_row(rows, NumberOf::exit_status, number.value);
    if (is_of_the_usual_misreading(number.value)) rows.push_back(&logged_values().front());
  }
  for (const NumberOf kind : {NumberOf::tool_error, NumberOf::flash_tool_error,
                              NumberOf::generation_11_error, NumberOf::newer_tool_error})
    add_row(rows, kind, number.value);
  return rows;
}

}  // namespace

bool only_says_that_it_failed(const KnownNumber& row) {
  constexpr std::uint32_t kVerdicts[] = {8741, 8769, 9296, 9259, 9459};
  if (row.kind == NumberOf::tool_error)
    return std::ranges::find(kVerdicts, row.number) != std::end(kVerdicts);
  if (row.kind == NumberOf::generation_11_error) return row.number == 32 || row.number == 81;
  return row.kind == NumberOf::newer_tool_error && row.number == 144;
}

Rows rows_of_number(const SaidNumber& number, std::uint16_t generation) {
  Rows rows;
  if (number.as == SaidAs::exit_status) {
    add_row(rows, NumberOf::exit_status, number.value);
    return rows;
  }
  if (number.as == SaidAs::hexadecimal) {
    add_row(rows, NumberOf::update_status, number.value);
    if (!rows.empty()) return rows;
  }
  if (number.value >= kFamilyFrom) {
    add_row(rows, NumberOf::tool_error, number.value);
    if (!rows.empty()) return rows;
  }
  if (number.by == SaidBy::flash_tool) return of_flash_tool(number.value, generation);
  const bool known = generation != 0 && number.as != SaidAs::bare;
  return known ? of_generation(number.value, generation) : of_anybody(number);
}

Rows rows_of_numbers(const Pasted& pasted) {
  Rows rows;
  const std::uint16_t generation = pasted.or_later ? std::uint16_t{0} : pasted.generation;
  for (const SaidNumber& number : pasted.numbers) {
    for (const KnownNumber* row : rows_of_number(number, generation)) {
      if (std::ranges::find(rows, row) == rows.end()) rows.push_back(row);
    }
  }
  // Not std::ranges': Clang 14 cannot read the subrange of this compiler's library.
  std::stable_partition(rows.begin(), rows.end(),
                        [](const KnownNumber* row) { return !only_says_that_it_failed(*row); });
  return rows;
}

Answer answer(std::string_view query) {
  if (query == "all") return {.rows = every_row()};
  if (const auto lockout = late_lockout_alone(query))
    return {.rows = {&logged_values().front()}, .lockout = lockout};
  const Pasted pasted = read_pasted(query);
  Answer found{.rows = rows_of_numbers(pasted),
               .status = protocol::heci::read_status(pasted.status_words, pasted.generation),
               .cases = cases_of(pasted),
               .lockout = late_lockout_in_lines(query)};
  if (found.lockout) found.rows.push_back(&logged_values().front());
  if (found.empty()) found.rows = rows_with_words(query);
  return found;
}

Rows search(std::string_view query) {
  return answer(query).rows;
}

}  // namespace updater::report
