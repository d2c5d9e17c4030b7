// SPDX-License-Identifier: BSD-3-Clause
// The manifest header of CSME 11 and later, in its two forms, and the RSA signature in it
// (MEAnalyzer). R1, to CSME 14: RSA-2048, PKCS #1 v1.5 over SHA-256. R2: RSA-3072, PSS over
// SHA-384. Either signs the bytes [0, 80h) and what follows the header up to size_dwords * 4: the
// extensions (cpd.h). libcrypto does the arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/firmware_version.h"
#include "protocol/image/cpd.h"
#include "protocol/image/manifest_form.h"
#include "protocol/image/signature.h"

namespace protocol::image {

/// Where the parts of a header lie, which hangs on the size of its key.
struct CpdManifestShape {
  std::uint32_t header_version = 0;
  std::size_t key_bytes = 0;

  static constexpr std::size_t at_modulus = 0x80;
  constexpr std::size_t at_exponent() const { return at_modulus + key_bytes; }
  constexpr std::size_t at_signature() const { return at_exponent() + 4; }
  constexpr std::size_t size() const { return at_signature() + key_bytes; }
  constexpr std::uint32_t header_dwords() const { return static_cast<std::uint32_t>(size() / 4); }
};
/// `form`: cpd_r1 or cpd_r2.
constexpr CpdManifestShape shape_of(ManifestForm form) {
  if (form == ManifestForm::cpd_r1) return {.header_version = 0x10000, .key_bytes = 256};
  return {.header_version = 0x21000, .key_bytes = 384};
}

struct CpdManifest {
  static constexpr std::uint32_t type = 4;
  static constexpr std::size_t at_size = 0x18;
  static constexpr std::size_t at_tag = 0x1C;
  static constexpr std::size_t at_version = 0x24;
  static constexpr std::size_t at_security_version = 0x2C;
  static constexpr std::size_t at_key_size = 0x78;
  static constexpr std::size_t signed_header_size = 0x80;

  ManifestForm form = ManifestForm::cpd_r2;
  std::uint32_t flags = 0;
  std::uint32_t date = 0;         ///< BCD yyyymmdd
  std::uint32_t size_dwords = 0;  ///< of header and extensions
  FirmwareVersion version;
  std::uint32_t security_version = 0;  ///< SVN
  base::Bytes modulus;                 ///< little-endian; empty before it is signed
  std::uint32_t exponent = 0;
  base::Bytes signature;  ///< little-endian; empty before it is signed

  CpdManifestShape shape() const { return shape_of(form); }
  std::size_t header_size() const { return shape().size(); }
};

void encode(base::ByteWriter&, const CpdManifest&);
/// Nothing where the fixed fields, tag and key sizes among them, are those of neither form.
std::optional<CpdManifest> decode_cpd_manifest(base::ByteView);

/// MD5 over modulus and exponent as stored: how public tools name a signing key.
Md5 key_md5(const CpdManifest& manifest);

/// `signed_part`: the first size_dwords * 4 bytes of the manifest, no more and no less.
bool signature_verifies(base::ByteView signed_part, const CpdManifest& manifest);

/// Signs in place with a PEM-encoded private key, RSA-2048 for R1 and RSA-3072 for R2: fills
/// modulus, exponent and signature. The salt of PSS is SHA-384's 48 bytes, fixed for one input, so
/// the same input gives the same bytes. Errors: invalid (no such unencrypted key, no manifest).
base::Result<void> sign_cpd(base::MutableByteView signed_part, std::string_view private_key_pem);

}  // namespace protocol::image
