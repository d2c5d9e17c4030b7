// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/fact_source.h"

namespace scenarios::field {

bool FactSource::same_code(const BoardState& other) const {
  for (const Fact fact : {Fact::flash_version, Fact::build_number}) {
    const Observation* a = own_.find(fact);
    const Observation* b = other.find(fact);
    if (a != nullptr && b != nullptr && a->value != b->value) return false;
  }
  return true;
}

const Observation* FactSource::of_sibling(Fact fact) const {
  const Observation* second_best = nullptr;
  for (const BoardState& other : states_) {
    if (&other == &own_ || other.board != own_.board) continue;
    const Observation* seen = other.find(fact);
    if (seen == nullptr) continue;
    if (same_code(other)) return seen;
    if (second_best == nullptr) second_best = seen;
  }
  return reach_of(fact) == Reach::code ? nullptr : second_best;
}

FactSource::Found FactSource::find(Fact fact) const {
  if (const Observation* seen = own(fact)) return {seen, Provenance::observed};
  const Reach reach = reach_of(fact);
  if (reach == Reach::run || reach == Reach::reading) return {};
  if (const Observation* seen = of_sibling(fact)) return {seen, Provenance::derived};
  return {};
}

}  // namespace scenarios::field
