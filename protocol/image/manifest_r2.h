// SPDX-License-Identifier: BSD-3-Clause
// The manifest header of CSME 15 and later, form R2, and its RSA-3072 signature: PSS over SHA-384
// of bytes [0, 80h) followed by [384h, size_dwords * 4) (MEAnalyzer). What follows the header are
// extensions (cpd.h). libcrypto does the arithmetic.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/firmware_version.h"
#include "protocol/image/cpd.h"
#include "protocol/image/signature.h"

namespace protocol::image {

struct ManifestR2 {
  static constexpr std::size_t size = 0x384;
  static constexpr std::uint32_t type = 4;
  static constexpr std::uint32_t header_dwords = 0xE1;
  static constexpr std::uint32_t header_version = 0x21000;
  static constexpr std::size_t key_bytes = 384;  ///< RSA-3072
  static constexpr std::size_t at_size = 0x18;
  static constexpr std::size_t at_tag = 0x1C;
  static constexpr std::size_t at_version = 0x24;
  static constexpr std::size_t at_security_version = 0x2C;
  static constexpr std::size_t at_key_size = 0x78;
  static constexpr std::size_t at_modulus = 0x80;
  static constexpr std::size_t at_exponent = 0x200;
  static constexpr std::size_t at_signature = 0x204;
  static constexpr std::size_t signed_header_size = 0x80;

  std::uint32_t flags = 0;
  std::uint32_t date = 0;         ///< BCD yyyymmdd
  std::uint32_t size_dwords = 0;  ///< of header and extensions
  FirmwareVersion version;
  std::uint32_t security_version = 0;             ///< SVN
  std::array<std::uint8_t, key_bytes> modulus{};  ///< little-endian
  std::uint32_t exponent = 0;
  std::array<std::uint8_t, key_bytes> signature{};  ///< little-endian
};

void encode(base::ByteWriter&, const ManifestR2&);
/// Nothing where the fixed fields, tag and key sizes among them, are not those of this form.
std::optional<ManifestR2> decode_manifest_r2(base::ByteView);

Sha384 sha384(base::ByteView first, base::ByteView second = {});

/// MD5 over modulus and exponent as stored: how public tools name a signing key.
Md5 key_md5(const ManifestR2& manifest);

/// `signed_part`: the first size_dwords * 4 bytes of the manifest, no more and no less.
bool signature_verifies(base::ByteView signed_part, const ManifestR2& manifest);

/// Signs in place with a PEM-encoded RSA-3072 private key: fills modulus, exponent and signature.
/// The salt is SHA-384's 48 bytes, fixed for one input, so the same input gives the same bytes.
/// Errors: invalid (not an unencrypted RSA-3072 key, shorter than a manifest).
base::Result<void> sign_r2(base::MutableByteView signed_part, std::string_view private_key_pem);

}  // namespace protocol::image
