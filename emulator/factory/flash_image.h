// SPDX-License-Identifier: BSD-3-Clause
// The flash of a board as it leaves the factory: descriptor, GbE, ME region, and a BIOS region that
// is left erased.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/factory/region.h"
#include "emulator/flash/parts.h"
#include "protocol/image/flash_descriptor.h"

namespace emulator::factory {

/// Which bytes of `part` are whose when the ME region holds `code_size` bytes of code and
/// `tpm_size` bytes of TPM. Errors: invalid (does not fit).
base::Result<protocol::image::FlashDescriptor> flash_layout(const flash::Part& part,
                                                            std::uint32_t code_size,
                                                            std::uint32_t tpm_size = 0);

base::Result<protocol::image::FlashDescriptor> flash_layout(const flash::Part& part,
                                                            const RegionShape& shape);

/// Exactly part.geometry.size bytes, from which the firmware boots. Errors: invalid (does not fit,
/// code size, key).
base::Result<base::Bytes> build_flash_image(const RegionRecipe& recipe, const flash::Part& part);

}  // namespace emulator::factory
