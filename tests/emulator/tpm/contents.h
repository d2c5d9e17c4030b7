// SPDX-License-Identifier: BSD-3-Clause
// What an owner keeps in a TPM, for tests that ask whether it is still there: an NV area and a
// signing key.
#pragma once

#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {

inline const base::Bytes kAreaContents = {0xC0, 0xFF, 0xEE};

/// Defines an area that the owner writes and everybody reads, and writes kAreaContents. False when
/// the TPM refuses.
bool fill_area(Host& host, const protocol::tpm::Secret& owner);
base::Bytes read_area(Host& host);

/// A 2048-bit signing key under the storage root key: the wrapped TPM_KEY.
base::Bytes create_signing_key(Host& host);
/// Loads the wrapped key and signs with it: PKCS #1 v1.5 gives the same bytes each time.
base::Bytes sign_with(Host& host, base::ByteView wrapped_key);

}  // namespace emulator::tpm
