// SPDX-License-Identifier: BSD-3-Clause
// What a program in front of a simulated board can know of it beside its registers: as a driver and
// an operating system of the era would tell it, from the board's profile.
#pragma once

#include <functional>

#include "updater/inventory/inventory.h"
#include "updater/mei/heci_host.h"

namespace emulator::machine {
class Board;
struct Profile;
}  // namespace emulator::machine

namespace updater::cli {

/// `board` is asked again whenever the firmware status is read, for a story may have put another
/// machine in its place.
mei::HeciFacts board_facts(std::function<emulator::machine::Board&()> board);

/// How the era's tools misread a board of this profile, on the system that it names.
inventory::EraTools era_tools(const emulator::machine::Profile& profile);

/// No system runs on a board before its BIOS is done, and the BIOS waits for the ME's TPM: until
/// that one's registers answer, or for ten seconds. The board has a TPM, and power.
void await_bios(emulator::machine::Board& board);

}  // namespace updater::cli
