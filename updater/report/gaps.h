// SPDX-License-Identifier: BSD-3-Clause
// The facts that an inventory lacks, by name, each with its reason.
#pragma once

#include <vector>

#include "updater/inventory/inventory.h"

namespace updater::report {

struct Gap {
  const char* fact;  ///< the name that JSON gives it
  base::Error error;
};

/// In the order of the Inventory's members; of a TPM that answered, "tpm.owned" and the like.
std::vector<Gap> gaps(const inventory::Inventory& inventory);
std::vector<Gap> tpm_gaps(const inventory::TpmInventory& tpm);

}  // namespace updater::report
