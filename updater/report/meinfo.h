// SPDX-License-Identifier: BSD-3-Clause
// The inventory in the wording and line order of the era's MEInfo logs (scenarios/field-reports/),
// one line table a dialect. The tool's banner and its helper driver's complaints ("PMXUtil: ...")
// are its own and never printed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "updater/inventory/inventory.h"

namespace updater::report {

enum class MeinfoDialect : std::uint8_t {
  generation4,  ///< MEInfo Win 4.2.50: one version a line, "SKU: ASF IAMT ITPM"
  generation5,  ///< MEInfo 5.0.0: two versions a line, "FW Capabilities: 62"
};

/// Firmware up to major version 4 speaks generation4, everything later (and unreadable)
/// generation5.
MeinfoDialect meinfo_dialect(const inventory::Inventory& inventory);

/// One entry of a dialect's table: the lines it stands for, without line ends; none where the fact
/// is left out.
using MeinfoLine = std::vector<std::string> (*)(const inventory::Inventory&);
std::span<const MeinfoLine> meinfo_lines(MeinfoDialect dialect);

/// The whole report, each line ended by '\n'. A tool of one generation also ran on firmware of
/// another.
std::string meinfo(const inventory::Inventory& inventory, MeinfoDialect dialect);
/// In the dialect of the firmware's own generation.
std::string meinfo(const inventory::Inventory& inventory);

}  // namespace updater::report
