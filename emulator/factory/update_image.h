// SPDX-License-Identifier: BSD-3-Clause
// A signed update image out of synthetic modules: what a partition of ME code holds, byte for byte.
//
// Layout, without gaps: $MAN manifest (0x290), $MME table (0x50 a module), $SKU trailer (12); that
// much is signed and counted by the manifest's size_dwords. Behind it the modules in the order of
// the table, each beginning with its $MOD header: BRINGUP, LZMA-compressed, and BULK, stored as it
// is, which fills the image up to its size.
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
inline constexpr std::uint32_t kLargestImage = 0x2000000;

/// Whether an image, or a partition for one, can be that many bytes.
constexpr bool is_image_size(std::uint32_t size) {
  return size % kImageGranularity == 0 && size >= kSmallestImage && size <= kLargestImage;
}

struct ImageRecipe {
  protocol::FirmwareVersion version;
  std::uint32_t sku = 0;                ///< $SKU attributes
  std::string partition_name = "CODE";  ///< at most 12 characters
  std::uint32_t size = 0x180000;        ///< bytes, all of it; a multiple of kImageGranularity
  std::uint32_t date = 0x20100315;      ///< BCD yyyymmdd
  std::string_view private_key_pem = kDevelopmentKeyPem;
};

/// The same recipe gives the same bytes. Errors: invalid (the size, or not an RSA-2048
/// private key).
base::Result<base::Bytes> build_update_image(const ImageRecipe& recipe);

}  // namespace emulator::factory
