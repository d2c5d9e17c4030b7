// SPDX-License-Identifier: BSD-3-Clause
// Ready-made permanent states of TPMs 1.2, so that no test pays for generating keys. Made once by
// make_stored_states.cpp with libtpms 0.9.2: sixteen TPMs, each with keys of its own. The owner's
// secret of an owned state is SHA-1("owner"), that of its storage root key is the well-known one.
// Their private keys are public here and protect nothing.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "emulator/tpm/tpm_config.h"

namespace emulator::tpm {

inline constexpr std::uint8_t kStoredTpms = 16;

/// Enabled, activated, physical-presence command not enabled: as libtpms leaves it. `which` is
/// below kStoredTpms; without an endorsement key all are the same.
base::Bytes stored_state(Ownership ownership, std::uint8_t which = 0);

/// The permanent state that `config` describes: a ready-made one with its flags and its owner's
/// secret changed.
base::Bytes permanent_state(const TpmConfig& config, std::uint64_t seed);

}  // namespace emulator::tpm
