// SPDX-License-Identifier: BSD-3-Clause
// The words for a TPM's values, for people and JSON.
#pragma once

#include <string>

#include "updater/inventory/tpm_inventory.h"

namespace updater::report {

std::string words(tpm::StartUp state);                            ///< "running", "self-test failed"
std::string vendor_text(const protocol::tpm::VendorId& vendor);   ///< "INTC", printable
std::string spec_text(const protocol::tpm::TpmVersion& version);  ///< "1.2.5.0"
/// "a lockout runs, 3 min 12 s left", "none runs; 2 of 10 wrong secrets counted".
std::string lockout_text(const tpm::LockoutState& lockout);
/// "enabled, owned, inactive"; empty where a flag is not known.
std::string mode_text(const inventory::TpmInventory& tpm);

}  // namespace updater::report
