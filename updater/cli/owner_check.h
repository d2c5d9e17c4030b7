// SPDX-License-Identifier: BSD-3-Clause
// Proving an owner's secret with a person near: the last try before a lockout is asked about.
#pragma once

#include "updater/cli/command.h"
#include "updater/tpm/check_owner.h"

namespace updater::cli {

/// As tpm::check_owner(); the last try is used when `yes` was given in advance or the person says
/// so. Errors: Tpm12Link's.
base::Result<tpm::OwnerCheck> check_owner_carefully(tpm::Tpm12Client& client,
                                                    const tpm::OwnerSecret& secret, Consent consent,
                                                    Output& output);

/// Each verdict's exit status; `not_owned` is a condition that is not met.
Exit exit_for(tpm::OwnerVerdict verdict);

}  // namespace updater::cli
