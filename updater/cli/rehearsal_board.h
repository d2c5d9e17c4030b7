// SPDX-License-Identifier: BSD-3-Clause
// The simulated board on which an update is rehearsed: what the real device tells of itself, with
// the dump of its flash; or, where simulated firmware cannot work in that flash as it is laid out,
// with the dump's code in a flash of its own layout.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "updater/cli/rehearsal_wish.h"

namespace emulator::machine {
class Machine;
}

namespace updater::cli {

/// The board's, where the real one wants a password: that itself is not copied for a rehearsal, and
/// taken to be right.
inline constexpr std::string_view kStandInPassword = "rehearsal";

/// Whose secret the TPM of the board has.
enum class TpmOwner : std::uint8_t { none, real_ones, well_known };

struct RehearsalBoard {
  std::unique_ptr<emulator::machine::Machine> machine;  ///< switched off
  TpmOwner owner = TpmOwner::none;
  std::vector<std::string> apart;  ///< in what it is another than the real board
};

/// Errors: invalid (the dump holds no sound code, or no part of its size is known).
base::Result<RehearsalBoard> make_rehearsal_board(const RehearsalWish& wish);

}  // namespace updater::cli
