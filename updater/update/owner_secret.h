// SPDX-License-Identifier: BSD-3-Clause
// What is known of the TPM owner's secret that was given for an update.
#pragma once

#include <cstdint>

#include "updater/tpm/owner_verdict.h"

namespace updater::update {

enum class OwnerSecretIs : std::uint8_t { missing, given, proven, wrong, locked_out, last_try };

/// Of a given one, once the TPM was asked. A TPM without an owner has nothing against it.
OwnerSecretIs known_after(tpm::OwnerVerdict verdict);

}  // namespace updater::update
