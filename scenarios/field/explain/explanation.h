// SPDX-License-Identifier: BSD-3-Clause
// What may have happened in the runs of a report: an answer to every open question, and what the
// bench prints then.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/explain/question.h"

namespace scenarios::field {

/// One answer, and the runs in which it holds.
struct Assumption {
  std::string question;
  Answer answer;
  std::vector<std::size_t> places;  ///< indices into covered()
  bool everywhere = true;           ///< the question has no other answer anywhere
  Weight weight = Weight::plain;    ///< in the run in which it weighs most
};

/// Another explanation that foretells the very same lines.
struct Alternative {
  std::string text;
  std::vector<Circumstances> circumstances;  ///< one for each covered run
  int weight = 0;
};

/// Answers to every open question, and what the bench prints then.
struct Explanation {
  std::vector<Assumption> assumptions;
  int weight = 0;                            ///< the less the better
  std::vector<Circumstances> circumstances;  ///< one for each covered run
  std::vector<ReplayedRun> runs;             ///< the same
  std::vector<Alternative> also;
  std::string text;  ///< what it assumes; "nothing beyond what the logs say" where that is nothing

  /// Why not to believe it (doubt.h); empty: nothing speaks against it.
  std::string doubt = {};

  /// Runs that nothing understood of their logs stands against.
  std::size_t reproduced() const;
  std::size_t set_aside() const;  ///< what its runs set aside, weighed
  /// Assumptions that are not the plainest ones of their runs.
  std::size_t departures() const;
  std::vector<std::string> leans_on() const;  ///< rows of docs/fidelity.md, each once
};

/// "explanation 2", and of those that foretell the same lines as it "explanation 2a", "2b", ...
std::string explanation_number(std::size_t survivor);
std::string alternative_number(std::size_t survivor, std::size_t alternative);

/// Assumptions in words, those that weigh something; "nothing beyond what the logs say" where that
/// is nothing.
std::string assumption_words(const std::vector<Assumption>& assumptions, const FieldBench& bench);

/// Ordered by weight; those that foretell the same lines as a lighter one become its Alternatives.
std::vector<Explanation> grouped(std::vector<Explanation> explanations);

}  // namespace scenarios::field
