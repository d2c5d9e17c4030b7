// SPDX-License-Identifier: BSD-3-Clause
// What a person at that machine could do: the shortest sequences of actions that end in a verified
// update on the model.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/advise/advice_search.h"
#include "scenarios/field/explain/explain.h"
#include "updater/update/destroying_step.h"

namespace scenarios::field {

struct AdvisedStep {
  std::string what;
  std::string why;
  std::string command;  ///< what was typed on the model; empty: nothing
  /// Worlds that need it, as numbers from 1; empty: all in which the plan works.
  std::vector<std::size_t> only_for;
  /// What the owner of a real board does instead, or has to look at first; empty: no more.
  std::string on_a_real_board;
  const updater::update::DestroyingStep* destroys = nullptr;  ///< null: nothing
  std::vector<Observation> rests_on;  ///< lines of the logs; a step that destroys has some
};

struct AdvisedPlan {
  std::vector<AdvisedStep> steps;     ///< the last one is the update
  std::vector<std::size_t> works_in;  ///< worlds, as numbers from 1
  bool needs_secret = false;          ///< the TPM owner's password
  std::vector<std::string> leans_on;  ///< rows of docs/fidelity.md

  bool destroys() const;
};

/// A step that would destroy something, helps on the model, and is not advised.
struct WithheldStep {
  const updater::update::DestroyingStep* step = nullptr;
  std::string why;                  ///< a sentence
  std::vector<std::size_t> worlds;  ///< in which it would help, as numbers from 1
};

struct Advice {
  std::vector<std::string> worlds;  ///< what each stands for
  /// Those that destroy nothing first, then those that work everywhere, shorter before longer.
  std::vector<AdvisedPlan> plans;
  std::string why_none;                ///< where there are no plans: a sentence
  std::vector<WithheldStep> withheld;  ///< each once
  /// Of each board whose last update ended in a line that was not understood: a sentence.
  std::vector<std::string> not_understood;
  std::size_t tried = 0;   ///< sequences played on the model
  std::size_t pruned = 0;  ///< sequences left out: the report says they failed
  /// Worlds on which nothing was played: too many, not one that can be made, or of an explanation
  /// that foretells the same lines as another one.
  std::size_t worlds_not_tried = 0;
};

/// "worlds 1, 3"
std::string world_numbers(const std::vector<std::size_t>& worlds);

/// For the boards on which an update was tried and did not go through. Where no explanation
/// fits the logs there is no advice; a step that destroys something needs a line of a log for
/// it (advise_evidence.h).
Advice advise(FieldBench& bench, const Explained& explained);

}  // namespace scenarios::field
