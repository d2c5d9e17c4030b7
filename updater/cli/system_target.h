// SPDX-License-Identifier: BSD-3-Clause
// What an update would write to on the computer that this program runs on.
#pragma once

#include <string>

#include "updater/mmio/pci_function.h"
#include "updater/update/target.h"

namespace updater::cli {

/// Whether what was opened is proven to be this computer's own.
enum class Found : std::uint8_t { proven, not_proven };

/// Only what is proven is at Place::this_system, and simulated where this computer is a guest on a
/// simulated board. It runs on this computer's power in any case.
update::Target system_target(update::Role role, const std::string& name, Found found,
                             const mmio::SystemRoots& roots);

}  // namespace updater::cli
