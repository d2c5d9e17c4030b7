// SPDX-License-Identifier: BSD-3-Clause
// The boards of the fuzz targets: small, booted once, and put back to that moment for each input.
#pragma once

#include "emulator/machine/machine.h"

namespace fuzz {

inline constexpr const char* kOwnerPassphrase = "correct horse";

/// With a TPM whose owner has kOwnerPassphrase, and whose local updates go through it. The same
/// object each time: a process has one TPM.
emulator::machine::Machine& board_with_tpm();
/// Without a TPM, for updates over HECI.
emulator::machine::Machine& board_without_tpm();

/// The moment to which they are put back, of the board with a TPM.
base::ByteView first_moment();
/// Makes room for another board with a TPM.
void drop_board_with_tpm();
emulator::machine::Profile profile_with_tpm();

/// Power goes and comes back; time passes until the ME has booted or gives up.
void boot_anew(emulator::machine::Machine& machine);
/// The code that a healthy board runs.
inline constexpr protocol::FirmwareVersion kOldVersion{5, 0, 1, 1111};
inline constexpr protocol::FirmwareVersion kNewVersion{5, 2, 70, 1046};

}  // namespace fuzz
