// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "scenarios/field/explain/question_parts.h"

namespace scenarios::field {
namespace {

/// `question` asked of one board alone.
Question about_board(const Question& question, std::size_t board, const FieldBench& bench) {
  Question one = question;
  std::erase_if(one.places, [&](std::size_t place) { return board_at(bench, place) != board; });
  for (Answer& answer : one.answers) answer.text += fmt::format(", on board {}", board);
  return one;
}

/// Two machines of one report need not be alike: what a board is like is asked of each on which an
/// update was tried.
std::vector<Question> asked_of_each_board(std::vector<Question> all, const Runs& runs,
                                          const FieldBench& bench) {
  std::set<std::size_t> boards;
  for (const std::size_t place : runs.updates) boards.insert(board_at(bench, place));
  if (boards.size() < 2) return all;
  std::vector<Question> asked;
  for (Question& question : all) {
    if (question.scope == Scope::run) {
      asked.push_back(std::move(question));
      continue;
    }
    for (const std::size_t board : boards) {
      const bool told =
          question.unless_told && !board_leaves_open(bench, board, *question.unless_told);
      Question one = about_board(question, board, bench);
      if (!told && !one.places.empty()) asked.push_back(std::move(one));
    }
  }
  return asked;
}

}  // namespace

Weight Answer::weight_at(std::size_t place) const {
  const auto other = weight_in.find(place);
  return other == weight_in.end() ? weight : other->second;
}

bool Question::is_about(std::size_t place) const {
  return std::find(places.begin(), places.end(), place) != places.end();
}

std::size_t Question::plainest(std::size_t place) const {
  const auto found = std::min_element(
      answers.begin(), answers.end(),
      [&](const Answer& a, const Answer& b) { return a.weight_at(place) < b.weight_at(place); });
  return static_cast<std::size_t>(found - answers.begin());
}

engine::TextFile owner_passphrase() {
  return {"owner.txt", "owner\n"};
}

engine::TextFile update_password() {
  return {"mebx.txt", "mebx\n"};
}

std::string update_password_word() {
  std::string word = update_password().text;
  while (word.ends_with('\n')) word.pop_back();
  return word;
}

std::vector<std::string> with_owner_passphrase(const std::string& file) {
  return {"--owner-passphrase-file", "${file:" + file + "}"};
}

bool gives_owner_passphrase(const Circumstances& circumstances) {
  const std::string name = owner_passphrase().name;
  return !circumstances.arguments.empty() &&
         std::any_of(circumstances.files.begin(), circumstances.files.end(),
                     [&](const engine::TextFile& file) { return file.name == name; });
}

std::vector<Question> open_questions(const FieldBench& bench) {
  const Runs runs = runs_of(bench);
  std::vector<Question> questions;
  if (runs.updates.empty()) return questions;
  if (somewhere(bench, {ProfileKey::tpm_fitted, true})) ask_about_the_tpm(bench, runs, questions);
  ask_about_the_board(bench, runs, questions);
  return asked_of_each_board(std::move(questions), runs, bench);
}

}  // namespace scenarios::field
