// SPDX-License-Identifier: BSD-3-Clause
// The part of a profile with what the firmware keeps as settings.
#pragma once

#include "scenarios/field/boards/generation_defaults.h"
#include "scenarios/field/boards/profile_writer.h"

namespace scenarios::field {

/// [settings]. `through_tpm`: the line that shows that updates go through the TPM; null: there
/// is none.
void write_settings(ProfileWriter& out, const protocol::Generation& defaults,
                    const Observation* through_tpm);

/// Whether a local update is seen open or closed where the override that is seen would not have it
/// so by the model's rule (docs/fidelity.md, fw-local-rule). Null: not seen.
bool is_overruled(const Observation* local_update, const Observation* qualifier,
                  const Observation* counter);

}  // namespace scenarios::field
