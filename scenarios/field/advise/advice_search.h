// SPDX-License-Identifier: BSD-3-Clause
// Sequences of actions, tried in all worlds at once, short ones first.
#pragma once

#include <set>
#include <vector>

#include "scenarios/field/advise/advice_worlds.h"

namespace scenarios::field {

/// The longest sequence, the update itself not counted.
inline constexpr std::size_t kMostActions = 6;

/// A sequence that ends in a verified update somewhere, and the way of the update.
struct Candidate {
  std::vector<std::size_t> actions;  ///< indices into person_actions()
  std::size_t way = 0;               ///< index into update_ways()
  std::vector<bool> works;           ///< by world
  /// By world: it is what the report says was done and did not help.
  std::vector<bool> tried;

  /// Worlds in which it works, as far as the report does not say otherwise.
  std::size_t worth() const;
};

struct Searched {
  std::vector<Candidate> candidates;
  std::size_t played = 0;  ///< sequences, each with the way of its update
  std::size_t pruned = 0;  ///< of them those that the report says failed
};

/// Worlds change side by side: a sequence is gone on with as long as it leads somewhere new in one
/// of them. Ends with the first length at which there is a sequence for all worlds that needs no
/// owner's password: who has one finds a shorter one.
Searched search_advice(const FieldBench& bench, std::vector<OpenedWorld>& worlds,
                       const std::set<Tried>& tried);

/// Whether `actions` and the way of the update are nothing but what was tried in `world`: behind
/// each of them the owner gave what he is said to have given.
bool was_tried(const AdviceWorld& world, AdviceWorld::Actions actions, const UpdateWay& way,
               const std::set<Tried>& tried);

}  // namespace scenarios::field
