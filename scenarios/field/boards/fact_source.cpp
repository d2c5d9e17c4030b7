// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/fact_source.h"

namespace scenarios::field {

bool FactSource::same_code(const ReportedBoard& other) const {
  for (const Fact fact : {Fact::flash_version, Fact::build_number}) {
    const Observation* a = own_.find(fact);
    const Observation* b = other.find(fact);
    if (a != nullptr && b != nullptr && a->value != b->value) return false;
  }
  return true;
}

const Observation* FactSource::of_sibling(Fact fact) const {
  const Observation* found = nullptr;
  Worth most;
  for (const ReportedBoard& other : states_) {
    if (&other == &own_ || other.board != own_.board) continue;
    const Observation* seen = other.find(fact);
    if (seen == nullptr) continue;
    const Worth worth{same_code(other), line_before_own(seen->line)};
    if (found != nullptr && worth <= most) continue;
    found = seen;
    most = worth;
  }
  return most.same_code || reach_of(fact) != Reach::code ? found : nullptr;
}

std::optional<std::uint32_t> FactSource::line_before_own(const LogLine& line) const {
  const bool before = line.file == own_.beginning.file && line.number < own_.beginning.number;
  return before ? std::optional(line.number) : std::nullopt;
}

FactSource::Found FactSource::find(Fact fact) const {
  if (const Observation* seen = own(fact)) return {seen, Provenance::observed};
  const Reach reach = reach_of(fact);
  if (reach == Reach::run || reach == Reach::reading) return {};
  if (const Observation* seen = of_sibling(fact)) return {seen, Provenance::derived};
  return {};
}

}  // namespace scenarios::field
