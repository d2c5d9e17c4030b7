// SPDX-License-Identifier: BSD-3-Clause
// An ME region: ROM bypass bytes, $FPT, and the partitions EFFS (settings), RCVY, CODE, UPDT
// (staging) and, on a board with a TPM, ITPM. From ME 6 on EFFS, FTPR, NFTP, FTUP, which lies on
// NFTP, and the partition that is updated by itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/factory/development_key.h"
#include "emulator/firmware/firmware_config.h"
#include "protocol/image/partition_table.h"

namespace emulator::factory {

/// What the places of a region's partitions follow from.
struct RegionShape {
  std::uint32_t code_size = 0x180000;  ///< bytes of CODE and of UPDT; of NFTP
  std::uint32_t tpm_size = 0;          ///< bytes; 0: no such partition
  protocol::image::TableForm form = protocol::image::TableForm::v10;
  bool sums_vectors = true;  ///< as PartitionTable has it
  std::string part = {};     ///< form v20: the partition that is updated by itself; empty: none
};
RegionShape shape_of(const firmware::Identity& identity, std::uint32_t code_size,
                     std::uint32_t tpm_size);

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

protocol::image::PartitionTable region_partitions(const RegionShape& shape);
std::uint32_t region_size(const RegionShape& shape);

/// Errors: invalid (code size or key).
base::Result<base::Bytes> build_region(const RegionRecipe& recipe);

}  // namespace emulator::factory
