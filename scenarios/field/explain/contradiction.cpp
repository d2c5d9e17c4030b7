// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/contradiction.h"

#include <fmt/format.h>

#include <set>

#include "scenarios/field/boards/tpm_values.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

bool is_of_the_lockout(Fact fact) {
  return fact == Fact::tpm_threshold || fact == Fact::tpm_lockout || fact == Fact::tpm_multiplier ||
         fact == Fact::tpm_fade_out;
}

/// Why this state's line is not what the board had; empty: nothing says so.
std::string misread_in(Fact fact, const ReportedBoard& state) {
  const Observation* seen = state.find(fact);
  const Observation* blocked = state.find(Fact::registers_blocked);
  if (fact == Fact::firmware_status && blocked != nullptr)
    return fmt::format("{}: the register was out of the tool's reach ({})", place_of(seen->line),
                       blocked->value);
  const auto lockout = is_of_the_lockout(fact) ? lockout_lines(state) : std::nullopt;
  if (lockout && lockout->read_late)
    return fmt::format("{}: the tool read the numbers three bytes late (field-late-reading)",
                       place_of(seen->line));
  return {};
}

std::string misread(Fact fact, const ReportedBoard& first, const ReportedBoard& second) {
  const std::string why = misread_in(fact, first);
  return why.empty() ? misread_in(fact, second) : why;
}

}  // namespace

std::vector<Contradiction> contradictions(const std::vector<ReportedBoard>& states) {
  std::vector<Contradiction> found;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (std::size_t k = i + 1; k < states.size(); ++k) {
      if (states[i].board != states[k].board) continue;
      for (const auto& [fact, first] : states[i].facts) {
        const Observation* second = states[k].find(fact);
        const bool of_the_board = reach_of(fact) != Reach::run && fact != Fact::host_system &&
                                  fact != Fact::registers_blocked;
        if (second == nullptr || !of_the_board || same_value(second->value, first.value)) continue;
        if (is_masked_value(fact, first.value) || is_masked_value(fact, second->value)) continue;
        const std::string key =
            fmt::format("{}/{}/{}", static_cast<int>(fact), first.value, second->value);
        if (seen.insert(key).second)
          found.push_back({fact, first, *second, misread(fact, states[i], states[k])});
      }
    }
  }
  return found;
}

}  // namespace scenarios::field
