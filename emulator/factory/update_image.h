// SPDX-License-Identifier: BSD-3-Clause
// A signed update image out of synthetic modules: what a partition of ME code holds, byte for byte.
//
// Layout, without gaps: $MAN manifest (0x290), $MME table (0x50 a module), $SKU trailer (12), then
// the modules in the order of the table, each stored_size bytes long and beginning with its $MOD
// header. The modules are "KERNEL", LZMA-compressed (5D 00 00 80 00, then the stream without a
// size), and "BULK", stored as it is, which fills the image up to its size. Manifest size_dwords
// counts all of it; the signature covers all of it but the key and itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/factory/development_key.h"
#include "protocol/firmware_version.h"

namespace emulator::factory {

inline constexpr std::uint32_t kImageGranularity = 0x1000;
inline constexpr std::uint32_t kSmallestImage = 0x10000;

struct ImageRecipe {
  protocol::FirmwareVersion version;
  std::uint32_t sku = 0;                ///< $SKU attributes
  std::string partition_name = "CODE";  ///< at most 12 characters
  std::uint32_t size =
      0x180000;  ///< bytes; a multiple of kImageGranularity, kSmallestImage at least
  std::uint32_t date = 0x20100315;  ///< BCD yyyymmdd
  std::string_view private_key_pem = kDevelopmentKeyPem;
};

/// The same recipe gives the same bytes. Errors: invalid (the size, or not an RSA-2048 private
/// key).
base::Result<base::Bytes> build_update_image(const ImageRecipe& recipe);

}  // namespace emulator::factory
