// SPDX-License-Identifier: BSD-3-Clause
// What an inventory says of the facts of MEInfo's lines about the TPM.
#pragma once

#include "updater/report/meinfo_values.h"

namespace updater::report {

/// Of another fact, and where there is no TPM: untold.
MeinfoValue meinfo_tpm_value(protocol::tools::Fact fact, const inventory::Inventory& inventory);

}  // namespace updater::report
