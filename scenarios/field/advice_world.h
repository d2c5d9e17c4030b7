// SPDX-License-Identifier: BSD-3-Clause
// One board as one explanation has it, on which sequences of actions are played. States that look
// alike are played on only once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/field/person_action.h"
#include "scenarios/field/replay.h"

namespace scenarios::field {

class AdviceWorld {
 public:
  /// `command` is the reported update, `profile` the board's file, `circumstances` what the
  /// explanation settles. `scratch` is a folder for files.
  AdviceWorld(ReplayCommand command, const Circumstances& circumstances, const std::string& profile,
              BoardMaker& maker, std::string scratch);

  /// Errors: invalid (the profile).
  base::Result<void> begin();

  /// Whether the image was not the right one, as the log shows or the explanation has it. Here it
  /// always is.
  bool had_wrong_image() const { return had_wrong_image_; }
  /// What the board looks like at the beginning.
  const BoardLook& look() const { return look_; }
  /// Whether `update` ends in a verified update behind `actions`. Remembers.
  bool ends_well(const std::vector<std::size_t>& actions, const UpdateWay& update);

 private:
  bool play(const std::vector<std::size_t>& actions, const UpdateWay& update);

  Circumstances circumstances_;
  ReplayCommand command_;
  engine::Scenario story_;
  BoardMaker& maker_;
  std::string scratch_;
  BoardLook look_;
  bool had_wrong_image_ = false;
  std::map<std::string, bool> outcomes_;
};

}  // namespace scenarios::field
