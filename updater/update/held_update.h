// SPDX-License-Identifier: BSD-3-Clause
// An update that waits in the TPM for the rest of its image: whose it is, from what the TPM tells.
#pragma once

#include <string>

#include "protocol/tpm/field_upgrade.h"
#include "updater/image/image.h"
#include "updater/inventory/tpm_inventory.h"

namespace updater::update {

/// As the TPM told it last: information, and then status where that told of an update.
protocol::tpm::UpgradeState session_state(const inventory::TpmInventory& tpm);

/// The session holds a part of this very image, sent through the TPM: its length and digest are
/// those that its start was authorised for. Never so for a TPM that does not tell the digest.
bool holds_part_of(const protocol::tpm::UpgradeStatus& status, const image::Image& image);

/// "65536 bytes announced, 3072 of them received, SHA-1 0f3a...": what another update is.
std::string described(const protocol::tpm::UpgradeStatus& status);

}  // namespace updater::update
