// SPDX-License-Identifier: BSD-3-Clause
// Which keys each table of a machine profile has: one reader a table, in the order of
// docs/machines.md.
#pragma once

#include "emulator/machine/profile.h"
#include "config/strict_toml.h"

namespace emulator::machine {

using config::Named;
using config::Range;
using config::StrictTable;

/// Reads a whole profile document (all of its tables; `schema` and `extends` included) into
/// `profile`. What the document leaves out keeps its default. Errors are the reader's.
void read_profile(StrictTable document, Profile& profile);

/// The [tpm] table.
void read_tpm(StrictTable table, tpm::TpmConfig& config);
/// The keys of [tpm.state], wherever they stand.
void read_tpm_state(StrictTable& table, tpm::TpmState& state);

}  // namespace emulator::machine
