// SPDX-License-Identifier: BSD-3-Clause
// The file in which swtpm keeps a TPM's permanent state (tpm-00.permall): a header of ten bytes,
// then fields of a tag, a length and a value. After swtpm 0.7's own files.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace emulator::attach::swtpm {

/// What libtpms keeps of a TPM 1.2, ready for tpm::Itpm::adopt(). Errors: invalid (not such a file,
/// encrypted, of a TPM 2.0), said in words without the file's name.
base::Result<base::Bytes> permanent_state_in(base::ByteView file);

}  // namespace emulator::attach::swtpm
