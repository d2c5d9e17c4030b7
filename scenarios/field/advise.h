// SPDX-License-Identifier: BSD-3-Clause
// What a person at that machine could do: the shortest sequences of actions that end in a verified
// update on the model.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/explain.h"

namespace scenarios::field {

struct AdvisedStep {
  std::string what;
  std::string why;
};

struct AdvisedPlan {
  std::vector<AdvisedStep> steps;  ///< the last one is the update
  std::size_t works_in = 0;        ///< worlds: a surviving explanation in a state of the board
  std::size_t of = 0;
  bool needs_secret = false;          ///< the TPM owner's password
  std::vector<std::string> leans_on;  ///< rows of docs/fidelity.md
};

struct Advice {
  std::vector<AdvisedPlan> plans;  ///< those that work everywhere first, shorter before longer
  std::size_t tried = 0;           ///< sequences played on the model
  std::size_t pruned = 0;          ///< sequences left out: the report says they failed
  /// Worlds on which nothing was played: too many, not one that can be made, or of an explanation
  /// that foretells the same lines as another one.
  std::size_t worlds_not_tried = 0;
};

/// The longest sequence, the update itself not counted.
inline constexpr std::size_t kMostActions = 4;

/// For the boards on which an update was tried and did not go through. Where no explanation fits
/// the logs there is no advice.
Advice advise(FieldBench& bench, const Explained& explained);

}  // namespace scenarios::field
