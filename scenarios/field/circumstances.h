// SPDX-License-Identifier: BSD-3-Clause
// What the logs leave open and a replay has to settle.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/machine/profile.h"
#include "emulator/sim/fault_plan.h"
#include "scenarios/engine/scenario.h"

namespace scenarios::field {

struct Circumstances {
  std::vector<emulator::machine::Override> set;  ///< values of the profile
  std::vector<std::string> arguments;            ///< further ones of an update through the TPM
  std::vector<engine::TextFile> files;           ///< that they name as ${file:NAME}
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

/// One after the other.
Circumstances both(const Circumstances& first, const Circumstances& second);

/// Little flash and short images: what is printed and whether an update ends well does not hang on
/// their size, what a search costs does.
Circumstances on_a_small_board();

/// Tells apart what two circumstances set.
std::string set_key(const Circumstances& circumstances);

}  // namespace scenarios::field
