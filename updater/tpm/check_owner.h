// SPDX-License-Identifier: BSD-3-Clause
// Proves an owner's secret without changing anything, and not by the try that would lock the TPM.
#pragma once

#include "updater/tpm/owner_commands.h"
#include "updater/tpm/owner_verdict.h"

namespace updater::tpm {

/// What to do when one more wrong secret may start a lockout.
enum class LastTry : std::uint8_t { spare, use };

struct OwnerCheck {
  OwnerVerdict verdict = OwnerVerdict::proven;
  LockoutState lockout;  ///< after the check
};

/// What needs no secret to be said: not_owned, locked_out. Nothing: a secret is needed.
/// Errors: Tpm12Link's.
base::Result<std::optional<OwnerCheck>> check_without_secret(Tpm12Client& tpm);

/// An enabled and active TPM is asked for its storage root key's public part, which only its owner
/// may read; one that is disabled or inactive refuses that before it looks at the secret, and is
/// told by OwnerSetDisable to stay as it is. Errors: Tpm12Link's.
base::Result<OwnerCheck> check_owner(Tpm12Client& tpm, const OwnerSecret& secret,
                                     LastTry last_try = LastTry::spare);

}  // namespace updater::tpm
