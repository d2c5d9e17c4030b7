// SPDX-License-Identifier: BSD-3-Clause
// A partition of CSME 15: $CPD, NAME.man (manifest R2 with extensions 03 and, in FTPR, 0C), the
// metadata of each module and, behind them, the modules, stored as they are: a real one has most of
// them compressed.
#pragma once

#include "emulator/factory/later_image.h"

namespace emulator::factory {

/// Errors: invalid (the size, or not an RSA-3072 private key).
base::Result<base::Bytes> build_cpd_partition(const PartitionRecipe& recipe);

}  // namespace emulator::factory
