// SPDX-License-Identifier: BSD-3-Clause
// MEInfo's values about how the engine runs: out of the firmware status words.
#pragma once

#include "protocol/tools/fact.h"
#include "updater/inventory/inventory.h"
#include "updater/report/meinfo_values.h"

namespace updater::report {

/// Whether the firmware status words tell `fact`.
bool is_of_status(protocol::tools::Fact fact);

/// A word that the device does not show, and a state where no document says what the words mean,
/// are untold.
MeinfoValue meinfo_status_value(protocol::tools::Fact fact, const inventory::Inventory& inventory);

}  // namespace updater::report
