// SPDX-License-Identifier: BSD-3-Clause
// Whether this computer is a guest whose Management Engine is a simulated one (docs/guest.md).
#pragma once

#include <string>
#include <string_view>

namespace updater::io {

/// The SMBIOS OEM string (type 11) that `mesim guest` gives its guests. No BIOS of a board has it.
inline constexpr std::string_view kSimulatedBoard = "mebench-simulated-board";

/// Whether the firmware's tables under `sys`, which root may read, name QEMU as the manufacturer of
/// the computer and hold that OEM string. One of them alone is a computer whose Management Engine
/// may be real: a QEMU that was given a board's function, or a text that an owner has set. False
/// where the tables cannot be read.
bool on_simulated_board(const std::string& sys = "/sys");

}  // namespace updater::io
