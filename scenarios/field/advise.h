// SPDX-License-Identifier: BSD-3-Clause
// What a person at that machine could do: the shortest sequences of actions that end in a verified
// update on the model.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/advice_search.h"
#include "scenarios/field/explain.h"

namespace scenarios::field {

struct AdvisedStep {
  std::string what;
  std::string why;
  std::string command;  ///< to type; empty: none
  /// Worlds that need it, as numbers from 1; empty: all in which the plan works.
  std::vector<std::size_t> only_for;
};

struct AdvisedPlan {
  std::vector<AdvisedStep> steps;     ///< the last one is the update
  std::vector<std::size_t> works_in;  ///< worlds, as numbers from 1
  bool needs_secret = false;          ///< the TPM owner's password
  std::vector<std::string> leans_on;  ///< rows of docs/fidelity.md
};

struct Advice {
  std::vector<std::string> worlds;  ///< what each stands for
  std::vector<AdvisedPlan> plans;   ///< those that work everywhere first, shorter before longer
  std::string why_none;             ///< where there are no plans: a sentence
  std::size_t tried = 0;            ///< sequences played on the model
  std::size_t pruned = 0;           ///< sequences left out: the report says they failed
  /// Worlds on which nothing was played: too many, not one that can be made, or of an explanation
  /// that foretells the same lines as another one.
  std::size_t worlds_not_tried = 0;
};

/// "worlds 1, 3"
std::string world_numbers(const std::vector<std::size_t>& worlds);

/// For the boards on which an update was tried and did not go through. Where no explanation fits
/// the logs there is no advice.
Advice advise(FieldBench& bench, const Explained& explained);

}  // namespace scenarios::field
