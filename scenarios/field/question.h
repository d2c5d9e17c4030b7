// SPDX-License-Identifier: BSD-3-Clause
// What the logs of a report leave open, and the answers the model can play.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/field_bench.h"

namespace scenarios::field {

struct Answer {
  std::string id;    ///< stable, kebab-case
  std::string text;  ///< a sentence
  int cost = 0;      ///< assumptions it takes beyond what the logs say and what is usual
  Circumstances circumstances;
  std::vector<std::string> leans_on;  ///< rows of docs/fidelity.md
};

/// The first answer is the plainest.
struct Question {
  std::string id;
  std::vector<Answer> answers;
};

/// Only questions that no line of the report answers and that can matter to one of its runs.
std::vector<Question> open_questions(const FieldBench& bench);

/// The passphrase that the profiles' owners have, for circumstances in which somebody gives it.
engine::TextFile owner_passphrase();
/// The options of `meupdate update` that give it.
std::vector<std::string> with_owner_passphrase(const std::string& file);
}  // namespace scenarios::field
