// SPDX-License-Identifier: BSD-3-Clause
// Small images for tests, put together with the protocol encoders and signed with a key made on the
// spot.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "protocol/image/flash_descriptor.h"
#include "protocol/image/manifest.h"
#include "protocol/image/partition_table.h"

namespace test {

/// An RSA-2048 private key in PEM, made once a process.
const std::string& test_key();

struct ModuleRecipe {
  std::string name;
  base::Bytes content;
  enum class Form : std::uint8_t { raw, lzma } form = Form::raw;
  std::uint32_t flags = 0;
};

struct CodeRecipe {
  protocol::FirmwareVersion version = {5, 2, 70, 1046};
  std::uint32_t sku = 0x0000083E;
  std::uint32_t flags = 0;
  std::vector<ModuleRecipe> modules;
  base::Bytes trailers_before_sku;  ///< whole trailers: tag, length, data
  base::Bytes trailers_after_sku;
};

/// Manifest, two modules ("KERNEL" compressed, "BULK" raw), $SKU: the image most tests damage.
CodeRecipe small_recipe();
base::Bytes build_code(const CodeRecipe& recipe);
inline base::Bytes small_code() {
  return build_code(small_recipe());
}

// Where its parts are.
inline constexpr std::size_t kModule1 = 0x290;  // first $MME
inline constexpr std::size_t kModule2 = kModule1 + 0x50;
inline constexpr std::size_t kSku = kModule2 + 0x50;
inline constexpr std::size_t kModules = kSku + 12;  // first $MOD

enum class RomBypass : std::uint8_t { absent, present };
/// A region of 32 KiB: $FPT with EFFS and CODE, the code at 0x4000.
base::Bytes build_region(const base::Bytes& code, RomBypass bypass);
/// A flash of 64 KiB with that region at 0x8000.
base::Bytes build_flash(const base::Bytes& code);

/// A trailer: tag, length in dwords, `data`.
base::Bytes trailer(std::string_view tag, const std::vector<std::uint32_t>& data);

/// `image` signed again after its signed part was changed.
base::Bytes signed_again(base::Bytes image);

/// `bytes` as LZMA stores them in a module: properties, stream, no size.
base::Bytes lzma_module(base::ByteView bytes);
base::Bytes lzma_module_without_marker(base::ByteView bytes);

}  // namespace test
