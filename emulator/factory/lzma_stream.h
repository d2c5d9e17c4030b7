// SPDX-License-Identifier: BSD-3-Clause
// LZMA as ME modules carry it: the five property bytes 5D 00 00 80 00, then the raw stream, no size
// and no end marker (me_unpack puts the size from the $MOD header in between before it expands).
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace emulator::factory {

/// Errors: io (liblzma ran out of memory).
base::Result<base::Bytes> lzma_stream(base::ByteView data);

}  // namespace emulator::factory
