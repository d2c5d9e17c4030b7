// SPDX-License-Identifier: BSD-3-Clause
// Reads a machine profile's values out of its document, and says what is wrong with them.
#pragma once

#include "config/strict_toml.h"
#include "emulator/machine/profile.h"

namespace emulator::machine {

/// Reads a whole profile document (all of its tables; `schema` and `extends` included) into
/// `profile`. What the document leaves out keeps its default. Errors are the reader's.
void read_profile(config::StrictTable document, Profile& profile);

/// The keys of [tpm.state], wherever they stand.
void read_tpm_state(config::StrictTable& table, tpm::TpmState& state);

}  // namespace emulator::machine
