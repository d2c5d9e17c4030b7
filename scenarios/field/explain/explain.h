// SPDX-License-Identifier: BSD-3-Clause
// Which answers to the open questions make the model print every log of the report.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/explain/explanation.h"

namespace scenarios::field {

/// Lines that would tell explanations apart.
struct Distinction {
  std::string command;  ///< to run
  struct Line {
    std::string line;   ///< to look for
    std::string means;  ///< "explanation 2"
    /// No real tool is known to print it so: the number counts (docs/fidelity.md, field-words).
    bool in_our_words = false;
  };
  std::vector<Line> lines;
};

struct Explained {
  std::vector<Question> questions;
  std::vector<Explanation> survivors;  ///< reproduce every log; by weight; no two foretell the same
  Explanation best;                    ///< the first survivor, else what reproduces most
  std::size_t tried = 0;
  int heaviest = 0;  ///< weight up to which explanations were looked for
  std::vector<Distinction> distinctions;
  std::vector<std::string>
      not_told_apart;  ///< "explanation 1, explanation 1a": nothing we know does
};

/// Goes through the combinations of at most kMostDepartures answers that are not the plainest, the
/// same in all runs, in order of their weight, to the end of the first weight that explains every
/// log, but not less than kWeighedAtLeast; where none of any weight is needed, to the end of those.
/// Where none explains every log, or only one that asks for more than a common thing, runs get
/// answers of their own as well; what weighs no more than the best survives.
///
/// What the report says was tried is not looked at here (doubt_what_was_tried), nor what would tell
/// the survivors apart (tell_apart).
inline constexpr int kMostDepartures = 3;
inline constexpr int kWeighedAtLeast = 2;
Explained explain(FieldBench& bench);

/// "Explanations of more than weight 2 were not looked for."
std::string not_looked_for(const Explained& explained);

}  // namespace scenarios::field
