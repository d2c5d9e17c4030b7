// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/known_cases.h"

#include <algorithm>
#include <functional>

namespace updater::report {
namespace {

bool fits(const KnownCase& row, const Pasted& pasted) {
  const bool told = pasted.generation != 0;
  const bool before = pasted.generation < row.first && !pasted.or_later;
  if (told && (before || pasted.generation > row.last)) return false;
  const bool all_numbers = std::ranges::all_of(
      row.numbers, [&](std::uint32_t number) { return number == 0 || pasted.has_number(number); });
  return all_numbers && std::ranges::all_of(row.signs, [&](Sign sign) {
           return sign == Sign::none || pasted.has(sign);
         });
}

/// Whether each condition of `part` is one of `whole`.
bool is_part_of(const KnownCase& part, const KnownCase& whole) {
  const auto within = [](const auto& few, const auto& many, auto none) {
    return std::ranges::all_of(few, [&](auto each) {
      return each == none || std::ranges::find(many, each) != many.end();
    });
  };
  return part.conditions() < whole.conditions() &&
         within(part.numbers, whole.numbers, std::uint32_t{0}) &&
         within(part.signs, whole.signs, Sign::none);
}

}  // namespace

int KnownCase::conditions() const {
  const auto counted = std::ranges::count_if(numbers, [](auto each) { return each != 0; }) +
                       std::ranges::count_if(signs, [](auto each) { return each != Sign::none; });
  return static_cast<int>(counted);
}

const char* name(Ended ended) {
  constexpr const char* kNames[] = {"solved", "not_solved", "harmless", "unknown"};
  return kNames[static_cast<std::size_t>(ended)];
}

const char* words(Ended ended) {
  constexpr const char* kWords[] = {"solved", "not solved", "harmless", "its end is not known"};
  return kWords[static_cast<std::size_t>(ended)];
}

std::vector<const KnownCase*> cases_of(const Pasted& pasted) {
  std::vector<const KnownCase*> found;
  for (const KnownCase& row : known_cases()) {
    if (fits(row, pasted)) found.push_back(&row);
  }
  std::ranges::stable_sort(found, std::ranges::greater{},
                           [](const KnownCase* row) { return row->conditions(); });
  std::vector<const KnownCase*> told;
  for (const KnownCase* row : found) {
    const bool part =
        std::ranges::any_of(told, [&](const KnownCase* whole) { return is_part_of(*row, *whole); });
    if (!part) told.push_back(row);
  }
  return told;
}

}  // namespace updater::report
