// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/choice.h"

#include <algorithm>

#include "base/promise.h"

namespace scenarios::field {
namespace {

/// Whether choosing it is another thing than choosing nothing.
bool departs(const Question& question, std::size_t answer) {
  return std::any_of(question.places.begin(), question.places.end(),
                     [&](std::size_t place) { return question.plainest(place) != answer; });
}

void add_choices(const std::vector<Question>& questions, std::optional<Scope> scope, int most,
                 Choice& choice, std::size_t question, std::vector<Choice>& all) {
  if (question == questions.size()) {
    all.push_back(choice);
    return;
  }
  add_choices(questions, scope, most, choice, question + 1, all);
  if (most == 0 || (scope && questions[question].scope != *scope)) return;
  for (std::size_t answer = 0; answer < questions[question].answers.size(); ++answer) {
    if (!departs(questions[question], answer)) continue;
    choice[question] = answer;
    add_choices(questions, scope, most - 1, choice, question + 1, all);
  }
  choice[question].reset();
}

}  // namespace

std::vector<Choice> choices(const std::vector<Question>& questions, std::optional<Scope> scope,
                            int most) {
  std::vector<Choice> all;
  Choice choice(questions.size());
  add_choices(questions, scope, most, choice, 0, all);
  return all;
}

Choice merged(const Choice& outer, const Choice& inner) {
  MEBENCH_PROMISE(outer.size() == inner.size(), "both choose among the same questions");
  Choice both = outer;
  for (std::size_t i = 0; i < both.size(); ++i) {
    if (inner[i]) both[i] = inner[i];
  }
  return both;
}

std::vector<std::optional<std::size_t>> answers_in(const std::vector<Question>& questions,
                                                   const Choice& choice, std::size_t place) {
  MEBENCH_PROMISE(choice.size() == questions.size(), "a choice has a place for each question");
  std::vector<std::optional<std::size_t>> answers(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].is_about(place)) answers[i] = choice[i].value_or(questions[i].plainest(place));
  }
  return answers;
}

int departures(const Choice& choice) {
  return static_cast<int>(
      std::count_if(choice.begin(), choice.end(), [](const auto& at) { return at.has_value(); }));
}

}  // namespace scenarios::field
