// SPDX-License-Identifier: BSD-3-Clause
// An ME region: ROM bypass bytes, $FPT, and the partitions EFFS (settings), RCVY, CODE, UPDT
// (staging) and, on a board with a TPM, ITPM.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/factory/development_key.h"
#include "emulator/firmware/firmware_config.h"
#include "protocol/image/partition_table.h"

namespace emulator::factory {

struct RegionRecipe {
  firmware::FirmwareConfig firmware;
  std::uint32_t code_size =
      0x180000;  ///< bytes of CODE and of UPDT; a multiple of 4 KiB, 64 KiB at least
  std::string_view private_key_pem = kDevelopmentKeyPem;
  base::Bytes tpm;  ///< contents of ITPM, whole sectors; empty: no such partition
};

/// Where the partitions of a region with `code_size` bytes of code and `tpm_size` bytes of TPM lie,
/// and the region's own size in bytes.
protocol::image::PartitionTable region_partitions(std::uint32_t code_size,
                                                  std::uint32_t tpm_size = 0);
std::uint32_t region_size(std::uint32_t code_size, std::uint32_t tpm_size = 0);

/// Errors: invalid (code size or key).
base::Result<base::Bytes> build_region(const RegionRecipe& recipe);

}  // namespace emulator::factory
