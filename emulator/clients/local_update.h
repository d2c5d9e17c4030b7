// SPDX-License-Identifier: BSD-3-Clause
// Whether the firmware takes a local update at the moment: set-up option, override qualifier and
// counter together (HP, "vPro Setup and Configuration for the 8000 Elite").
#pragma once

#include "emulator/firmware/firmware_config.h"

namespace emulator::clients {

/// One of protocol::mkhi::kLocalUpdate...
std::uint8_t effective_local_update(const firmware::Settings& settings);

}  // namespace emulator::clients
