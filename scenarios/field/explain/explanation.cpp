// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/explanation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/promise.h"

namespace scenarios::field {
namespace {

std::string short_place(const ToolRun& run) {
  const std::string place = run.place();
  return place.substr(place.find_last_of('/') + 1);
}

/// Answers worth a word: those that weigh something, and what was typed.
bool is_worth_telling(const Assumption& each) {
  return each.weight != Weight::plain || each.question == "owner-secret" || !each.everywhere;
}

}  // namespace

std::string assumption_words(const std::vector<Assumption>& assumptions, const FieldBench& bench) {
  const auto& places = bench.covered();
  std::vector<std::string> parts;
  for (const Assumption& each : assumptions) {
    if (!is_worth_telling(each)) continue;
    std::string part = each.answer.text;
    std::vector<std::string> where;
    for (const std::size_t place : each.places) {
      MEBENCH_PROMISE(place < places.size(), "what is assumed is assumed of runs with a board");
      where.push_back(short_place(bench.report().runs[places[place].run]));
    }
    if (!each.everywhere) part += fmt::format(" (in {})", fmt::join(where, ", "));
    parts.push_back(std::move(part));
  }
  return parts.empty() ? "nothing beyond what the logs say"
                       : fmt::format("{}", fmt::join(parts, "; "));
}

std::size_t Explanation::reproduced() const {
  return static_cast<std::size_t>(
      std::count_if(runs.begin(), runs.end(), [](const ReplayedRun& run) { return run.fits(); }));
}

std::size_t Explanation::set_aside() const {
  std::size_t aside = 0;
  for (const ReplayedRun& run : runs) aside += run.comparison.set_aside();
  return aside;
}

std::size_t Explanation::departures() const {
  return static_cast<std::size_t>(
      std::count_if(assumptions.begin(), assumptions.end(),
                    [](const Assumption& each) { return each.weight != Weight::plain; }));
}

std::vector<std::string> Explanation::leans_on() const {
  std::vector<std::string> rows;
  for (const Assumption& each : assumptions) {
    for (const std::string& row : each.answer.leans_on) {
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    }
  }
  return rows;
}

std::string explanation_number(std::size_t survivor) {
  return fmt::format("explanation {}", survivor + 1);
}

std::string alternative_number(std::size_t survivor, std::size_t alternative) {
  constexpr std::size_t kLetters = 26;
  return fmt::format("{}{}", explanation_number(survivor),
                     alternative < kLetters ? std::string(1, static_cast<char>('a' + alternative))
                                            : fmt::format(".{}", alternative + 1));
}

std::vector<Explanation> grouped(std::vector<Explanation> explanations) {
  std::stable_sort(explanations.begin(), explanations.end(),
                   [](const Explanation& a, const Explanation& b) { return a.weight < b.weight; });
  std::vector<Explanation> groups;
  std::map<std::string, std::size_t> known;
  for (Explanation& each : explanations) {
    std::string foretold;
    for (const ReplayedRun& run : each.runs) foretold += run.replay.printed + '\x1f';
    const auto [at, is_new] = known.emplace(std::move(foretold), groups.size());
    if (is_new)
      groups.push_back(std::move(each));
    else
      groups[at->second].also.push_back(
          {std::move(each.text), std::move(each.circumstances), each.weight});
  }
  return groups;
}

}  // namespace scenarios::field
