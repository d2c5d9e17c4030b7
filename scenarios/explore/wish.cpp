// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/wish.h"

#include <algorithm>

#include "emulator/sim/random.h"

namespace scenarios::explore {
namespace {

template <class Value>
bool holds(const std::vector<Value>& wanted, Value value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

/// What does not end comes alone: nobody gets home with torn code where no block is ever answered.
bool wants(const Wish& wish, Deed deed) {
  return holds(wish.deeds, deed) && (wish.kind == Kind::singles || !strikes_on(deed));
}

std::uint64_t number_of(std::uint64_t seed, const Strike& strike) {
  const std::uint64_t all = std::uint64_t{strike.count} << 16 |
                            static_cast<std::uint64_t>(strike.point) << 8 |
                            static_cast<std::uint64_t>(strike.deed);
  return emulator::sim::mixed(seed * emulator::sim::kRandomStep ^ all);
}

}  // namespace

bool wants(const Wish& wish, const Strike& strike, emulator::firmware::SessionState phase) {
  return wants(wish, strike.deed) && holds(wish.points, strike.point) && holds(wish.phases, phase);
}

bool wants_later(const Wish& wish, const Strike& strike) {
  return wants(wish, strike.deed) && holds(wish.later_points, strike.point);
}

std::size_t count_wanted(const Wish& wish, const std::vector<Place>& places) {
  std::size_t count = 0;
  for (const Place& place : places) {
    for (const Deed deed : deeds_at(place.point))
      count += wants(wish, {place.point, place.count, deed}, place.phase) ? 1 : 0;
  }
  return count;
}

bool drawn(std::uint64_t seed, const Strike& first, const Strike* second, double chance) {
  std::uint64_t number = number_of(seed, first);
  if (second != nullptr) number = number_of(number, *second);
  constexpr double kWhole = 0x1p64;
  return static_cast<double>(number) < chance * kWhole;
}

}  // namespace scenarios::explore
