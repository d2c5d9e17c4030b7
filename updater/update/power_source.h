// SPDX-License-Identifier: BSD-3-Clause
// What a computer runs on while its firmware is written.
#pragma once

#include <cstdint>

namespace updater::update {

/// `untold`: the computer says nothing of it, as most without a battery do.
enum class PowerSource : std::uint8_t { untold, mains, battery };
const char* name(PowerSource power);

}  // namespace updater::update
