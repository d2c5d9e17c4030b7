// SPDX-License-Identifier: BSD-3-Clause
// What the logs leave open and a replay has to settle: one value, which tells runs apart.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "emulator/sim/fault_plan.h"
#include "scenarios/engine/scenario.h"
#include "scenarios/field/boards/profile_key.h"

namespace scenarios::field {

struct Circumstances {
  ProfileChanges set;
  /// Keys of `set` that held when the tool ran and need not hold now: MEInfo shows another value.
  std::set<ProfileKey> passing;
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
    other_generation,
    refused  ///< for its form, which `faults` stand for: another image meets none of them
  } image = Image::right;
  enum class Condition : std::uint8_t {
    sound,
    recovering,  ///< the operational code is damaged, and the board runs its recovery code
    unreachable  ///< the host has no driver for the ME
  } condition = Condition::sound;

  auto operator<=>(const Circumstances&) const = default;
};

/// The options of `meupdate update` that give it.
std::vector<std::string> with_update_password(const engine::TextFile& file);

/// One after the other: where both set the same, the second counts.
Circumstances both(const Circumstances& first, const Circumstances& second);

/// Without what held when the tool ran and need not hold now.
Circumstances of_today(Circumstances circumstances);

/// The board and its image, and what befell them; nothing that was typed.
Circumstances without_what_was_typed(Circumstances circumstances);

/// Little flash and short images: what is printed and whether an update ends well does not hang on
/// their size, what a search costs does.
Circumstances on_a_small_board();

}  // namespace scenarios::field

template <>
struct std::hash<scenarios::field::Circumstances> {
  std::size_t operator()(const scenarios::field::Circumstances& circumstances) const;
};
