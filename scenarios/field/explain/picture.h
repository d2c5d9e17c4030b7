// SPDX-License-Identifier: BSD-3-Clause
// One answer to every question in every run: what an explanation says happened.
#pragma once

#include <optional>
#include <vector>

#include "scenarios/field/explain/choice.h"
#include "scenarios/field/explain/explanation.h"

namespace scenarios::field {

class Picture {
 public:
  /// The same choice in all runs.
  Picture(const FieldBench& bench, const std::vector<Question>& questions, const Choice& choice);

  /// Run `place` gets answers of its own.
  void answer(std::size_t place, const Choice& choice);
  /// To one question, which is about it.
  void answer(std::size_t place, std::size_t question, std::size_t answer);
  /// Nothing: the question is not about that run.
  std::optional<std::size_t> answer_of(std::size_t place, std::size_t question) const {
    return answers_[place][question];
  }

  /// See Explanation::weight: of each answer that is not the plainest where it weighs most, and 1
  /// for each question whose answer changed from run to run.
  int weight() const;
  /// Whether some answer changes nothing in any run: a smaller picture shows the same.
  bool has_idle_answer() const;
  /// Of run `place`: those of its answers that change something there.
  Circumstances circumstances(std::size_t place) const;

  std::vector<Assumption> assumptions() const;

 private:
  using Answers = std::vector<std::optional<std::size_t>>;  // by question

  bool holds(const BoardValue& value, std::size_t place, std::size_t asking) const;
  bool matters(std::size_t question, std::size_t place) const;
  bool departs(std::size_t question, std::size_t place) const;
  bool changes_from_run_to_run(std::size_t question) const;

  const FieldBench* bench_;
  const std::vector<Question>* questions_;
  std::vector<FieldBench::Place> places_;
  std::vector<Answers> answers_;  // by place
};

}  // namespace scenarios::field
