// SPDX-License-Identifier: BSD-3-Clause
// A partition of CSME 11 and later: $CPD, NAME.man (manifest R1 or R2 with extensions 03 and, in
// FTPR, 0C), the metadata of each module and, behind them, the modules, stored as they are: a real
// one has most of them compressed.
#pragma once

#include "emulator/factory/later_image.h"
#include "protocol/image/manifest_form.h"

namespace emulator::factory {

/// `form`: cpd_r1 or cpd_r2. Errors: invalid (the size, or not a private key of that form).
base::Result<base::Bytes> build_cpd_partition(const PartitionRecipe& recipe,
                                              protocol::image::ManifestForm form);

}  // namespace emulator::factory
