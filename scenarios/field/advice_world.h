// SPDX-License-Identifier: BSD-3-Clause
// One board as one explanation has it, on which sequences of actions are played. States that look
// alike are played on only once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/engine/world.h"
#include "scenarios/field/person_action.h"
#include "scenarios/field/replay.h"

namespace scenarios::field {

class AdviceWorld {
 public:
  /// `command` is the reported update, `profile` the board's file, `circumstances` what the
  /// explanation settles. `scratch` is a folder for files.
  AdviceWorld(const ReplayCommand& command, const Circumstances& circumstances,
              const std::string& profile, const std::string& scratch);

  /// Errors: invalid (the profile).
  base::Result<void> begin();

  /// Whether the explanation lets the ME fall silent, each time anew: no action reaches that.
  bool falls_silent() const { return !circumstances_.faults.empty(); }
  /// Whether the explanation is that the image was not the right one. Here it always is.
  bool had_wrong_image() const { return circumstances_.image != Circumstances::Image::right; }
  /// What the board looks like at the beginning.
  const BoardLook& look() const { return look_; }
  /// Whether `update` ends in a verified update behind `actions`. Remembers.
  bool ends_well(const std::vector<std::size_t>& actions, const UpdateWay& update);

 private:
  bool try_update(const UpdateWay& update);

  Circumstances circumstances_;
  ReplayCommand command_;
  engine::Scenario story_;
  std::unique_ptr<engine::World> world_;
  BoardLook look_;
  std::map<std::string, bool> outcomes_;
};

}  // namespace scenarios::field
