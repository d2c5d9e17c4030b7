// SPDX-License-Identifier: BSD-3-Clause
// What the logs leave open and a replay has to settle.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "emulator/machine/profile.h"
#include "emulator/sim/fault_plan.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/field/boards/profile_value.h"

namespace scenarios::field {

struct Circumstances {
  std::vector<emulator::machine::Override> set;  ///< values of the profile
  /// Keys of `set` that held when the tool ran and need not hold now: MEInfo shows another value.
  std::set<std::string> passing;
  std::vector<std::string> arguments;   ///< further ones of an update through the TPM
  std::vector<engine::TextFile> files;  ///< that they name as ${file:NAME}
  /// What was typed as the board's own update password, in a file.
  std::optional<engine::TextFile> update_password;
  std::vector<emulator::sim::FaultRule> faults;  ///< armed before the command
  enum class Image : std::uint8_t {
    right,
    other_key,
    other_sku,
    damaged,
    older,
    other_generation
  } image = Image::right;
  /// Recovering: the operational code is damaged, and the board runs its recovery code.
  /// Unreachable: the host has no driver for the ME.
  enum class Board : std::uint8_t { sound, recovering, unreachable } board = Board::sound;
};

/// The options of `meupdate update` that give it.
std::vector<std::string> with_update_password(const engine::TextFile& file);

/// One after the other.
Circumstances both(const Circumstances& first, const Circumstances& second);

/// Without what held when the tool ran and need not hold now.
Circumstances of_today(Circumstances circumstances);

/// A value of a profile without its quotation marks, as overrides are written.
std::string bare(std::string toml);

/// Of `set` what changes something on a board of `profile`: the last of each key.
std::vector<emulator::machine::Override> changes(
    const std::vector<emulator::machine::Override>& set, const std::vector<ProfileValue>& profile);

/// Little flash and short images: what is printed and whether an update ends well does not hang on
/// their size, what a search costs does.
Circumstances on_a_small_board();

/// Tells apart what two circumstances set.
std::string set_key(const Circumstances& circumstances);
/// Tells apart which faults they arm.
std::string fault_key(const Circumstances& circumstances);

}  // namespace scenarios::field
