// SPDX-License-Identifier: BSD-3-Clause
// Which answers to the open questions make the model print every log of the report.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/question.h"

namespace scenarios::field {

/// One answer to every open question, and what the bench prints then.
struct Explanation {
  std::vector<Answer> answers;  ///< in the questions' order
  int cost = 0;                 ///< assumptions, the fewer the better
  Circumstances circumstances;  ///< of all answers
  std::vector<ReplayedRun> runs;
  std::vector<std::string> also;  ///< other explanations that foretell the very same lines

  std::size_t reproduced() const;
  bool explains_all() const { return reproduced() == runs.size(); }
  /// Only the answers that are not the plainest; "nothing beyond what the logs say" when there is
  /// none.
  std::string text() const;
  std::vector<std::string> leans_on() const;  ///< rows of docs/fidelity.md, each once
  /// Everything the bench printed.
  std::string foretold() const;
};

/// A line that would tell the surviving explanations apart.
struct Distinction {
  std::string command;             ///< to run
  std::vector<std::string> lines;  ///< what each explanation foretells, in their order
};

struct Explained {
  std::vector<Question> questions;
  std::vector<Explanation> survivors;  ///< reproduce every log; by cost; no two foretell the same
  Explanation best;                    ///< the first survivor, else what reproduces most
  std::size_t tried = 0;
  std::vector<Distinction> distinctions;
};

/// Goes through the combinations of at most kMostDepartures answers that are not the plainest, in
/// order of their cost, to the end of the first cost that explains every log, but not less than
/// cost 1.
inline constexpr int kMostDepartures = 3;
Explained explain(FieldBench& bench);

}  // namespace scenarios::field
