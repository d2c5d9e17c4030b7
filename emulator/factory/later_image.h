// SPDX-License-Identifier: BSD-3-Clause
// Firmware of ME 6 and later out of synthetic modules: a partition, and an update of FTPR, NFTP and
// the partition that is updated by itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/firmware/firmware_config.h"

namespace emulator::factory {

inline constexpr std::uint32_t kPartSize = 0x1000;  ///< of what is updated by itself

/// FTPR beside an NFTP of that many bytes.
constexpr std::uint32_t first_code_size(std::uint32_t second_code_size) {
  return second_code_size / 2 / 0x1000 * 0x1000;
}

struct PartitionRecipe {
  std::string name;  ///< of the partition
  protocol::FirmwareVersion version;
  std::uint32_t sku = 0;           ///< the low half of the attributes in $SKU, or in extension 0C
  std::uint32_t sku_high = 0;      ///< the other half, in $SKU alone
  std::uint32_t capabilities = 0;  ///< extension 0C alone has them
  std::uint32_t security_version = 0;
  std::uint32_t control_number = 0;
  std::uint32_t size = 0;  ///< bytes, at least 0x1000
  std::uint32_t date = 0x20130620;
  std::string_view private_key_pem;
};

/// A partition of the firmware that `identity` has at the factory.
PartitionRecipe partition_recipe(const firmware::Identity& identity, const std::string& name,
                                 std::uint32_t size, std::string_view private_key_pem);

/// In the form of the generation that firmware of `major` is of. The same recipe gives the same
/// bytes. Errors: invalid (the size, or not a private key of that form).
base::Result<base::Bytes> build_partition(const PartitionRecipe& recipe, std::uint16_t major);

/// What an update of the firmware that `identity` has sends to a board whose NFTP has `code_size`
/// bytes: to CSME 11 a file with $FPT, from CSME 12 on the partitions and nothing else. Errors:
/// those of build_partition().
base::Result<base::Bytes> build_update_file(const firmware::Identity& identity,
                                            std::uint32_t code_size,
                                            std::string_view private_key_pem);

}  // namespace emulator::factory
