// SPDX-License-Identifier: BSD-3-Clause
// Firmware of ME 6 to 10 out of synthetic modules: a partition with its $MN2 manifest, and an
// update file of FTPR, NFTP and the partition that is updated by itself.
//
// A partition, without gaps: $MN2 manifest (0x290), $MME table (0x60 a module), $SKU (16); that
// much is signed. Behind it the modules, stored as they are: a real one has most of them
// compressed.
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

struct Mn2Recipe {
  std::string name;  ///< of the partition
  protocol::FirmwareVersion version;
  std::uint32_t sku = 0;  ///< the low half of $SKU's attributes
  std::uint32_t security_version = 0;
  std::uint32_t control_number = 0;
  std::uint32_t size = 0;  ///< bytes, at least 0x1000
  std::uint32_t date = 0x20130620;
  std::string_view private_key_pem;
};

/// A partition of the firmware that `identity` has at the factory.
Mn2Recipe mn2_recipe(const firmware::Identity& identity, const std::string& name,
                     std::uint32_t size, std::string_view private_key_pem);

/// The same recipe gives the same bytes. Errors: invalid (the size, or no private RSA-2048 key).
base::Result<base::Bytes> build_mn2_partition(const Mn2Recipe& recipe);

/// The update file of the firmware that `identity` has, for a board whose NFTP has `code_size`
/// bytes. Errors: those of build_mn2_partition().
base::Result<base::Bytes> build_update_file(const firmware::Identity& identity,
                                            std::uint32_t code_size,
                                            std::string_view private_key_pem);

}  // namespace emulator::factory
