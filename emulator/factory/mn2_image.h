// SPDX-License-Identifier: BSD-3-Clause
// A partition of ME 6 to 10, without gaps: $MN2 manifest (0x290), $MME table (0x60 a module), $SKU
// (16); that much is signed. Behind it the modules, stored as they are: a real one has most of them
// compressed.
#pragma once

#include "emulator/factory/later_image.h"

namespace emulator::factory {

/// Errors: invalid (the size, or not an RSA-2048 private key).
base::Result<base::Bytes> build_mn2_partition(const PartitionRecipe& recipe);

}  // namespace emulator::factory
