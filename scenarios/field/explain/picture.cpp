// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/picture.h"

#include <algorithm>

namespace scenarios::field {

Picture::Picture(const FieldBench& bench, const std::vector<Question>& questions,
                 const Choice& choice)
    : bench_(&bench), questions_(&questions), places_(bench.covered()) {
  for (std::size_t place = 0; place < places_.size(); ++place)
    answers_.push_back(answers_in(questions, choice, place));
}

void Picture::answer(std::size_t place, const Choice& choice) {
  answers_[place] = answers_in(*questions_, choice, place);
}

void Picture::answer(std::size_t place, std::size_t question, std::size_t answer) {
  answers_[place][question] = answer;
}

/// What the run's answers to the other questions set, else the profile of its state.
bool Picture::holds(const BoardValue& value, std::size_t place, std::size_t asking) const {
  for (std::size_t i = 0; i < questions_->size(); ++i) {
    if (i == asking || !answers_[place][i]) continue;
    const auto& set = (*questions_)[i].answers[*answers_[place][i]].circumstances.set;
    if (const auto change = set.find(value.key); change != set.end())
      return change->second == value.value;
  }
  const ProfileValue* told = find(bench_->profile(places_[place].state), value.key);
  return told != nullptr && tells(*told, value.key, value.value);
}

/// Whether the run's answer changes anything there.
bool Picture::matters(std::size_t question, std::size_t place) const {
  const auto& conditions = (*questions_)[question].answers[*answers_[place][question]].only_where;
  return conditions.empty() ||
         std::any_of(conditions.begin(), conditions.end(),
                     [&](const BoardValue& value) { return holds(value, place, question); });
}

bool Picture::departs(std::size_t question, std::size_t place) const {
  const auto& answer = answers_[place][question];
  return answer && *answer != (*questions_)[question].plainest(place);
}

bool Picture::changes_from_run_to_run(std::size_t question) const {
  const auto& places = (*questions_)[question].places;
  const auto found = std::find_if(places.begin(), places.end(),
                                  [&](std::size_t place) { return departs(question, place); });
  return found != places.end() && std::any_of(places.begin(), places.end(), [&](std::size_t other) {
           return answers_[other][question] != answers_[*found][question];
         });
}

int Picture::weight() const {
  int sum = 0;
  for (std::size_t i = 0; i < questions_->size(); ++i) {
    const Question& question = (*questions_)[i];
    for (std::size_t index = 0; index < question.answers.size(); ++index) {
      Weight heaviest = Weight::plain;
      for (const std::size_t place : question.places) {
        if (answers_[place][i] == index)
          heaviest = std::max(heaviest, question.answers[index].weight_at(place));
      }
      sum += static_cast<int>(heaviest);
    }
    sum += changes_from_run_to_run(i) ? 1 : 0;
  }
  return sum;
}

bool Picture::has_idle_answer() const {
  for (std::size_t i = 0; i < questions_->size(); ++i) {
    bool departs_somewhere = false;
    bool matters_somewhere = false;
    for (const std::size_t place : (*questions_)[i].places) {
      if (!departs(i, place)) continue;
      departs_somewhere = true;
      matters_somewhere = matters_somewhere || matters(i, place);
    }
    if (departs_somewhere && !matters_somewhere) return true;
  }
  return false;
}

Circumstances Picture::circumstances(std::size_t place) const {
  Circumstances all;
  for (std::size_t i = 0; i < questions_->size(); ++i) {
    if (!answers_[place][i]) continue;
    if (!matters(i, place)) continue;
    all = both(all, (*questions_)[i].answers[*answers_[place][i]].circumstances);
  }
  return all;
}

std::vector<Assumption> Picture::assumptions() const {
  std::vector<Assumption> all;
  for (std::size_t i = 0; i < questions_->size(); ++i) {
    const Question& question = (*questions_)[i];
    const std::size_t first = all.size();
    for (std::size_t index = 0; index < question.answers.size(); ++index) {
      Assumption made{.question = question.id, .answer = question.answers[index], .places = {}};
      for (const std::size_t place : question.places) {
        if (answers_[place][i] != index) continue;
        made.places.push_back(place);
        made.weight = std::max(made.weight, made.answer.weight_at(place));
      }
      if (!made.places.empty()) all.push_back(std::move(made));
    }
    for (std::size_t k = first; k < all.size(); ++k) all[k].everywhere = all.size() == first + 1;
  }
  return all;
}

}  // namespace scenarios::field
