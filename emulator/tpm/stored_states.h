// SPDX-License-Identifier: BSD-3-Clause
// Ready-made permanent states of a TPM 1.2, so that no test pays for generating keys. Made once by
// make_stored_states.cpp with libtpms 0.9.2; the owner's secret of the owned state is
// SHA-1("owner"), that of its storage root key is the well-known one. Their private keys are public
// here and protect nothing.
#pragma once

#include "base/bytes.h"
#include "emulator/tpm/tpm_config.h"

namespace emulator::tpm {

/// Enabled, activated, physical-presence command not enabled: as libtpms leaves it.
base::Bytes stored_state(Ownership ownership);

/// The permanent state that `config` describes: a ready-made one with its flags and its owner's
/// secret changed.
base::Bytes permanent_state(const TpmConfig& config, std::uint64_t seed);

}  // namespace emulator::tpm
