// SPDX-License-Identifier: BSD-3-Clause
// The boards that advice is for: those on which an update was tried and did not go through, as the
// surviving explanations have them.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/advise/advice_world.h"
#include "scenarios/field/advise/advise_evidence.h"
#include "scenarios/field/explain/explain.h"

namespace scenarios::field {

/// A world and what it stands for. Explanations that differ only in what was typed share one.
struct OpenedWorld {
  AdviceWorld world;
  std::string name;        ///< "explanation 1, board1-dos-5.0.1.1111"
  BoardEvidence evidence;  ///< what the logs say for steps that destroy

  /// Whether each of `actions` that destroys something has a line that speaks for it.
  bool backs(AdviceWorld::Actions actions) const;
};

struct OpenedWorlds {
  std::vector<OpenedWorld> opened;
  /// Too many, not one that can be made, or of an explanation that foretells the same lines as
  /// another one.
  std::size_t not_tried = 0;
};

/// The last update of each state, that has not become another, of each board whose last update did
/// not go through. Indices into covered().
std::vector<std::size_t> stuck_places(const FieldBench& bench);

/// Run `place` as `circumstances` have it.
AdviceWorld advice_world(FieldBench& bench, std::size_t place, const Circumstances& circumstances);

/// Up to `most`: of each survivor the board at the time of the update and as MEInfo shows it, then
/// of those that foretell the same lines.
OpenedWorlds open_worlds(FieldBench& bench, const std::vector<Explanation>& survivors,
                         std::size_t most);

}  // namespace scenarios::field
