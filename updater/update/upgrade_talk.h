// SPDX-License-Identifier: BSD-3-Clause
// To which TPM the update's own command may be sent at all. What only plans asks it, too: another
// maker's TPM_FieldUpgrade may be anything.
#pragma once

#include <cstdint>

#include "updater/inventory/tpm_inventory.h"
#include "updater/update/target.h"

namespace updater::update {

/// Whether TPM_FieldUpgrade, whose contents are each maker's own, may be spoken to a TPM that may
/// be real.
enum class UpgradeTalk : std::uint8_t { to_any, to_simulated };

/// Never to another maker's TPM, nor to one that is not known to be of one board with the ME;
/// `targets` has a TPM.
bool may_speak_of_updates(const Targets& targets, const inventory::TpmInventory& tpm,
                          UpgradeTalk talk);

}  // namespace updater::update
