// SPDX-License-Identifier: BSD-3-Clause
// The inventory in the wording and line order of the era's MEInfo logs (scenarios/field-reports/),
// by the line tables of protocol/tools. The tool's banner and its helper driver's complaints
// ("PMXUtil: ...") are its own and never printed.
#pragma once

#include <string>

#include "protocol/tools/meinfo.h"
#include "updater/inventory/inventory.h"

namespace updater::report {

/// That of the firmware's generation; of one whose dialect is only read, the last before it that is
/// printed; where the version is unreadable, that of generation 5.
const protocol::tools::Meinfo& meinfo_dialect(const inventory::Inventory& inventory);

/// The whole report, each line ended by '\n'. A tool of one generation also ran on firmware
/// of another.
std::string meinfo(const inventory::Inventory& inventory, const protocol::tools::Meinfo& dialect);
/// In the dialect of the firmware's own generation.
std::string meinfo(const inventory::Inventory& inventory);

}  // namespace updater::report
