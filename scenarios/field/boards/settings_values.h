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

}  // namespace scenarios::field
