// SPDX-License-Identifier: BSD-3-Clause
// What the logs say for a step that takes something away for good. It is advised only where a line
// speaks for it, never because nothing else is said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/advise/person_action.h"
#include "scenarios/field/replay/field_bench.h"
#include "updater/update/destroying_step.h"

namespace scenarios::field {

/// Null: it destroys nothing.
const updater::update::DestroyingStep* what_it_destroys(const PersonAction& action);

struct Evidence {
  bool is_enough = true;
  std::vector<Observation> lines;  ///< those that speak for it
  std::string why_not;             ///< where it is not enough: a sentence
};

/// Of one board.
class BoardEvidence {
 public:
  BoardEvidence(const FieldBench& bench, std::size_t board);

  /// For `action` on that board. Enough for what destroys nothing.
  Evidence operator()(const PersonAction& action) const;

 private:
  std::vector<Observation> errors_;        ///< of its updates, in the report's order
  std::optional<LogLine> not_understood_;  ///< how its last update ended
};

/// Of each board the last update, where nobody knows how that ended though its log says so.
std::vector<FieldBench::Place> boards_left_open(const FieldBench& bench);
/// What that means for advice on the board, and what to do: a few sentences.
std::string not_understood_words(const FieldBench& bench, const FieldBench::Place& place);

}  // namespace scenarios::field
