// SPDX-License-Identifier: BSD-3-Clause
// Whether this computer is a guest whose Management Engine is a simulated one (docs/guest.md).
#pragma once

#include <string>
#include <string_view>

namespace updater::io {

/// The SMBIOS OEM string (type 11) that `mesim guest` gives its guests. No BIOS of a board has it.
inline constexpr std::string_view kSimulatedBoard = "mebench-simulated-board";

/// Looks for that string in the firmware's tables under `sys`, which root may read; false where
/// they cannot be read.
bool on_simulated_board(const std::string& sys = "/sys");

}  // namespace updater::io
