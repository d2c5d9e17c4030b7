// SPDX-License-Identifier: BSD-3-Clause
// The $MAN manifest in front of ME 2-5 code, its $MME module table and its $SKU trailer (layouts as
// published by MEAnalyzer, me_unpack and me_cleaner; docs/formats.md). The fixed part is that of
// $MN2, too; what follows it there is in mn2.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "protocol/firmware_version.h"
#include "protocol/image/manifest_form.h"

namespace protocol::image {

inline constexpr std::uint32_t kVendorIntel = 0x8086;
inline constexpr std::size_t kRsaBytes = 256;  ///< RSA-2048

/// The fixed part, 0x290 bytes: header 0x80, key and signature to 0x284, partition name to 0x290.
struct Manifest {
  static constexpr std::size_t size = 0x290;
  static constexpr std::uint32_t type = 4;
  static constexpr std::uint32_t header_dwords = 0xA1;  ///< 0x284 / 4
  static constexpr std::uint32_t header_version = 0x10000;

  // Offsets of fields, for error messages and for tests that corrupt them.
  static constexpr std::size_t at_type = 0x00;
  static constexpr std::size_t at_header_length = 0x04;
  static constexpr std::size_t at_header_version = 0x08;
  static constexpr std::size_t at_flags = 0x0C;
  static constexpr std::size_t at_vendor = 0x10;
  static constexpr std::size_t at_date = 0x14;
  static constexpr std::size_t at_size = 0x18;
  static constexpr std::size_t at_tag = 0x1C;
  static constexpr std::size_t at_module_count = 0x20;
  static constexpr std::size_t at_version = 0x24;
  static constexpr std::size_t at_security_version = kSecurityVersionAt;  ///< but ME 8's
  static constexpr std::size_t at_control_number = 0x34;
  static constexpr std::size_t at_key_size = 0x78;
  static constexpr std::size_t at_exponent_size = 0x7C;
  static constexpr std::size_t at_modulus = 0x80;
  static constexpr std::size_t at_exponent = 0x180;
  static constexpr std::size_t at_signature = 0x184;
  static constexpr std::size_t at_partition_name = 0x284;
  static constexpr std::size_t signed_header_size = 0x80;

  static constexpr std::uint32_t debug_signed = 1u << 31;
  static constexpr std::uint32_t pre_production = 1u << 30;
  std::uint32_t flags = 0;  ///< debug_signed, pre_production
  std::uint32_t vendor = kVendorIntel;
  std::uint32_t date = 0;  ///< BCD yyyymmdd, 0x20100315
  /// Of what the signature covers: this fixed part, the $MME table and the trailers. The modules
  /// themselves follow at byte size_dwords * 4, one behind the other in $MME order (me_unpack);
  /// their hashes in the table cover them.
  std::uint32_t size_dwords = 0;
  std::array<char, 4> tag = {'$', 'M', 'A', 'N'};
  std::uint32_t module_count = 0;
  FirmwareVersion version;
  std::uint32_t security_version = 0;             ///< SVN; from ME 8 on
  std::uint32_t control_number = 0;               ///< VCN; ME 8 to 10
  std::array<std::uint8_t, kRsaBytes> modulus{};  ///< little-endian
  std::uint32_t exponent = 0;
  std::array<std::uint8_t, kRsaBytes> signature{};  ///< little-endian
  std::string partition_name;                       ///< at most 12 characters
};

/// One $MME entry of the module table, 0x50 bytes, from 0x290 on.
struct ModuleEntry {
  static constexpr std::size_t size = 0x50;
  static constexpr std::uint32_t flag_no_hash = 1u << 0;

  std::array<std::uint8_t, 16> guid{};
  FirmwareVersion version;
  std::string name;                     ///< at most 16 characters
  std::array<std::uint8_t, 20> sha1{};  ///< over the module as stored
  std::uint32_t stored_size = 0;        ///< bytes, the module's $MOD header included
  std::uint32_t flags = 0;
};

/// $SKU trailer: tag, dword count 3, attribute word (its low half is MEFWCAPS_SKU as GET_VERSION
/// reports it).
struct SkuTrailer {
  static constexpr std::size_t size = 12;
  std::uint32_t attributes = 0;
};

/// $MOD header in front of a stored module, 0x50 bytes.
struct ModuleHeader {
  static constexpr std::size_t size = 0x50;
  std::uint32_t compressed_size = 0;  ///< bytes stored after this header
  std::uint32_t raw_size = 0;  ///< bytes once expanded; equal to compressed_size where stored raw
  std::uint32_t load_address = 0;
  std::uint32_t mapped_size = 0;
  std::uint32_t entry_point = 0;
  std::string name;  ///< at most 16 characters
  std::array<std::uint8_t, 16> guid{};
  FirmwareVersion version;  ///< at 0x0C
};

void encode(base::ByteWriter&, const Manifest&);
void encode(base::ByteWriter&, const ModuleEntry&);
void encode(base::ByteWriter&, const SkuTrailer&);
void encode(base::ByteWriter&, const ModuleHeader&);

/// Reads the fields and judges none of them, except that the buffer must hold them and tags ($MME,
/// $SKU, $MOD) match.
std::optional<Manifest> decode_manifest(base::ByteView);
std::optional<ModuleEntry> decode_module_entry(base::ByteView);
std::optional<SkuTrailer> decode_sku_trailer(base::ByteView);
std::optional<ModuleHeader> decode_module_header(base::ByteView);

}  // namespace protocol::image
