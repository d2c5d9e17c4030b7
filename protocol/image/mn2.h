// SPDX-License-Identifier: BSD-3-Clause
// What stands behind the fixed part of an $MN2 manifest: the module table of ME 6 to 10 and its
// $SKU trailer (MEAnalyzer, me_cleaner; the hashes as measured on public regions of 7.1 and 8.0).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace protocol::image {

/// How a module is stored, $MME flags [6:4].
enum class Mn2Compression : std::uint8_t { none = 0, huffman = 1, lzma = 2 };

/// One $MME entry, 0x60 bytes, from 0x290 on.
struct Mn2Module {
  static constexpr std::size_t size = 0x60;
  static constexpr std::size_t at_sha256 = 0x14;

  std::string name;                       ///< at most 16 characters
  std::array<std::uint8_t, 32> sha256{};  ///< over the plain data; byte-reversed where stored
  std::uint32_t base = 0;
  std::uint32_t offset = 0;  ///< of the stored data, from the start of the manifest
  std::uint32_t raw_size = 0;
  std::uint32_t stored_size = 0;
  std::uint32_t memory_size = 0;
  std::uint32_t entry = 0;
  Mn2Compression compression = Mn2Compression::none;
};

/// $SKU: tag, dword count 4, 64 bits.
struct Mn2Sku {
  static constexpr std::size_t size = 16;
  std::uint64_t attributes = 0;
};

void encode(base::ByteWriter&, const Mn2Module&);
void encode(base::ByteWriter&, const Mn2Sku&);
std::optional<Mn2Module> decode_mn2_module(base::ByteView);
std::optional<Mn2Sku> decode_mn2_sku(base::ByteView);

/// The $SKU among what follows the module table: fill bytes, then trailers of tag and dword count.
std::optional<Mn2Sku> find_mn2_sku(base::ByteView behind_the_table);

}  // namespace protocol::image
