// SPDX-License-Identifier: BSD-3-Clause
// What of all that could be struck is wanted: how many strikes in one history, which of them, whose
// share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/firmware/update_session.h"
#include "scenarios/engine/find_scenarios.h"
#include "scenarios/explore/strike.h"
#include "scenarios/explore/survey.h"

namespace scenarios::explore {

enum class Kind : std::uint8_t {
  singles,   ///< each strike alone
  pairs,     ///< a second one afterwards, while the update goes on or is repaired
  mixtures,  ///< one to kMostInMixture, drawn by seed
};

/// Whether histories whose power goes are ended where what survives was met before.
enum class Pruning : std::uint8_t { on, off };

struct Wish {
  Kind kind = Kind::singles;
  std::optional<std::uint64_t> amount;  ///< pairs: about so many; nothing: all. mixtures: so many
  std::uint64_t seed = 1;
  std::vector<FaultPoint> points;                        ///< of the first strike; empty: all
  std::vector<FaultPoint> later_points;                  ///< of the others; empty: all
  std::vector<Deed> deeds;                               ///< of every strike; empty: all
  std::vector<emulator::firmware::SessionState> phases;  ///< of the first; empty: all
  engine::Shard shard;
  Pruning pruning = Pruning::on;
  std::size_t jobs = 1;  ///< processes at the same time

  static constexpr std::size_t kMostInMixture = 4;
};

/// Whether `strike` may be the first one.
bool wants(const Wish& wish, const Strike& strike, emulator::firmware::SessionState phase);
/// Whether it may be a later one.
bool wants_later(const Wish& wish, const Strike& strike);

/// How many first strikes there are, shares aside.
std::size_t count_wanted(const Wish& wish, const std::vector<Place>& places);

/// Decides by seed: the same wish, the same histories. `chance` is from 0 to 1.
bool drawn(std::uint64_t seed, const Strike& first, const Strike* second, double chance);

}  // namespace scenarios::explore
