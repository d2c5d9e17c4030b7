// SPDX-License-Identifier: BSD-3-Clause
// What the logs of a report leave open, and the answers the model can play.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/replay/field_bench.h"

namespace scenarios::field {

/// How much an answer asks one to believe beyond what the logs say
/// (docs/fidelity.md, field-weights).
enum class Weight : std::uint8_t { plain = 0, common = 1, uncommon = 2, rare = 3 };

struct Answer {
  std::string id;    ///< stable, kebab-case
  std::string text;  ///< a sentence
  Weight weight = Weight::plain;
  Circumstances circumstances;
  std::vector<std::string> leans_on;  ///< rows of docs/fidelity.md
  /// One of these must hold, or the answer changes nothing; empty: it always does.
  std::vector<BoardValue> only_where = {};
  /// Where the weight is another: in these runs (indices into covered()).
  std::map<std::size_t, Weight> weight_in = {};

  Weight weight_at(std::size_t place) const;
};

/// Whether a question has one answer for all runs, or may have another in each: what a board is
/// like, and what happened at one try.
enum class Scope : std::uint8_t { boards, run };

struct Question {
  std::string id;
  Scope scope = Scope::boards;
  std::vector<Answer> answers;
  std::vector<std::size_t> places;  ///< the runs it is about: indices into covered()
  /// Of Scope::boards: it is asked of no board whose logs tell it.
  std::optional<ProfileKey> unless_told = {};

  bool is_about(std::size_t place) const;
  /// The answer that weighs least in that run; the first of several.
  std::size_t plainest(std::size_t place) const;
};

/// Only questions that no line of the report answers and that can matter to one of its runs.
std::vector<Question> open_questions(const FieldBench& bench);

/// The passphrase that the profiles' owners have, for circumstances in which somebody gives it.
engine::TextFile owner_passphrase();
/// The options of `meupdate update` that give it.
std::vector<std::string> with_owner_passphrase(const std::string& file);
/// The MEBx password of the boards that ask for one before a local update.
engine::TextFile update_password();
std::string update_password_word();
/// Whether somebody gives the owner's passphrase.
bool gives_owner_passphrase(const Circumstances& circumstances);

}  // namespace scenarios::field
