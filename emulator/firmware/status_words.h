// SPDX-License-Identifier: BSD-3-Clause
// The firmware status words of ME 6 and later: what the board shows undisturbed, changed by what
// the firmware is doing. The changes are those of real words (docs/fidelity.md).
#pragma once

#include <array>
#include <cstdint>

#include "emulator/firmware/firmware_config.h"
#include "emulator/firmware/firmware_view.h"
#include "emulator/firmware/running.h"

namespace emulator::firmware {

using StatusWords = std::array<std::uint32_t, 6>;

/// `undisturbed`: of the operational code with nothing to do. `major`: of the firmware.
StatusWords status_words(const StatusWords& undisturbed, std::uint16_t major,
                         const Running& running, SessionState session);

/// `words` with those that are known of the board while it does not run its operational code, as
/// Engine::disturbed_status has them.
StatusWords as_known(StatusWords words, const Engine& engine, BootPath path);

}  // namespace emulator::firmware
