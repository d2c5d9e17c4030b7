// SPDX-License-Identifier: BSD-3-Clause
// Whether a local update is open, as an owner set it up (HP, "vPro Setup and Configuration for the
// 8000 Elite").
#pragma once

#include <cstdint>

#include "emulator/firmware/firmware_config.h"

namespace emulator::firmware {

/// The state that MKHI rule 7 reports: one of protocol::mkhi::kLocalUpdate....
std::uint8_t effective_local_update(const Settings& settings);

}  // namespace emulator::firmware
