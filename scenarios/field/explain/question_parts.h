// SPDX-License-Identifier: BSD-3-Clause
// What the questions are made of: the runs that they are about, and the circumstances of their
// answers.
#pragma once

#include <string>
#include <vector>

#include "protocol/update/tool_errors.h"
#include "scenarios/field/explain/question.h"

namespace scenarios::field {

/// The covered runs, sorted by what can be open in them.
struct Runs {
  std::vector<std::size_t> all;
  std::vector<std::size_t> updates;
  std::vector<std::size_t> through_tpm;
  std::vector<std::size_t> without_command;  ///< of the updates: what was typed is not in the log
  std::vector<std::size_t> with_password;  ///< of the updates: something was typed that may be one
  std::vector<std::size_t> with_update_password;  ///< of the updates: "-pass" was typed
  std::vector<std::size_t> without_image_sku;
  std::vector<std::size_t> without_image_version;
  std::vector<Observation> errors;

  bool tell(protocol::update::ToolError error) const;
};

Runs runs_of(const FieldBench& bench);

Circumstances setting(ProfileKey key, KeysValue value);
/// It held at that moment.
Circumstances setting_then(ProfileKey key, KeysValue value);
Circumstances giving(const engine::TextFile& file);
Circumstances silent_at(emulator::sim::FaultPoint point, std::uint32_t occurrence);
/// The firmware refuses that message and all of its kind behind it, until its power is taken away.
Circumstances refused_at(emulator::sim::FaultPoint point, std::uint32_t occurrence,
                         protocol::update::ToolError number);
/// The image is refused at once, with that number.
Circumstances refused_image(protocol::update::ToolError number);
/// Every START is refused with 8708.
Circumstances busy_with_another_update();
Circumstances with_image(Circumstances::Image image);
Circumstances recovering();

/// Whether every state's profile assumes this value: no line tells it.
bool nobody_tells(const FieldBench& bench, ProfileKey key);
/// Whether every state's profile of that board assumes it.
bool board_leaves_open(const FieldBench& bench, std::size_t board, ProfileKey key);
std::size_t board_at(const FieldBench& bench, std::size_t place);
/// Whether it is so of a board on which an update was tried.
bool a_board_leaves_open(const FieldBench& bench, const Runs& runs, ProfileKey key);
/// Whether some state's profile has it.
bool somewhere(const FieldBench& bench, const BoardValue& value);

/// Each adds the questions of its subject that are open.
void ask_about_the_tpm(const FieldBench& bench, const Runs& runs, std::vector<Question>& questions);
void ask_about_the_board(const FieldBench& bench, const Runs& runs,
                         std::vector<Question>& questions);

}  // namespace scenarios::field
