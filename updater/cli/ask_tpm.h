// SPDX-License-Identifier: BSD-3-Clause
// A device's TPM in the inventory: asked for everything where there is one, else why there is none.
#pragma once

#include "updater/cli/log_file.h"
#include "updater/cli/open_device.h"
#include "updater/inventory/tpm_inventory.h"

namespace updater::cli {

base::Result<inventory::TpmInventory> ask_tpm(OpenDevice& device, LogFile& log);

}  // namespace updater::cli
