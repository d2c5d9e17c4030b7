// SPDX-License-Identifier: BSD-3-Clause
// One board as one explanation has it, on which sequences of actions are played. States that look
// alike are played on only once.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "scenarios/field/advise/person_action.h"
#include "scenarios/field/replay/field_bench.h"

namespace scenarios::field {

class AdviceWorld {
 public:
  using Actions = std::span<const std::size_t>;  ///< indices into person_actions()

  /// `command` is the reported update; the board is `file`, whose values are `profile`, and as
  /// `circumstances` have it, which is what the explanation settles.
  AdviceWorld(ReplayCommand command, const Circumstances& circumstances,
              const std::vector<ProfileValue>& profile, const std::string& file, FieldBench& bench);

  /// Errors: invalid (the profile).
  base::Result<void> begin();

  /// Whether the image was not the right one, as the log shows or the explanation has it. Here it
  /// always is.
  bool had_wrong_image() const { return had_wrong_image_; }
  /// Whether the log itself shows it.
  bool log_shows_wrong_image() const { return log_shows_wrong_image_; }
  /// Whether the reported update was given the TPM owner's password, as the explanation has it.
  bool password_was_given() const { return password_was_given_; }
  /// Whether set-up wants its password for a local update.
  bool asks_for_update_password() const { return asks_for_password_; }
  /// What the board looks like at the beginning.
  const BoardLook& look() const { return look_; }

  /// Without any password.
  const UpdateWay& way_of_the_report() const;
  /// Whether `update` ends in a verified update where `actions` lead: on a board that begins as
  /// they leave it. Boards that begin alike are played on once, whatever led to them.
  bool ends_well(Actions actions, const UpdateWay& update) const;
  /// The same, with every action carried out.
  bool ends_well_step_by_step(Actions actions, const UpdateWay& update) const;
  /// Why `update` is refused and what it says to do next, or its last line; without any action.
  std::string last_words(const UpdateWay& update) const;

 private:
  struct Played {
    bool updated = false;
    std::string printed;
    std::string complained;
  };
  void be_busy_until_the_power_goes();
  BoardLook look_behind(Actions actions) const;
  BoardLook noticed_by(const UpdateWay& update, BoardLook look) const;
  /// What cannot be set from the beginning: it holds for one boot, or another client knows it, too.
  std::vector<std::size_t> actions_left_to(const BoardLook& look) const;
  Circumstances beginning_as(const BoardLook& look) const;
  /// `look`: the machine's.
  Played play(std::unique_ptr<emulator::machine::Machine> machine, const BoardLook& look,
              const engine::Meupdate& update) const;
  Played play_step_by_step(Actions actions, const engine::Meupdate& update) const;

  Circumstances circumstances_;
  ReplayCommand command_;
  engine::Scenario story_;
  const std::vector<ProfileValue>* profile_;
  FieldBench* bench_;
  BoardLook look_;
  bool had_wrong_image_ = false;
  bool log_shows_wrong_image_ = false;
  bool password_was_given_ = false;
  bool asks_for_password_ = false;
};

}  // namespace scenarios::field
