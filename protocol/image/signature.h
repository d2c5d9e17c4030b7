// SPDX-License-Identifier: BSD-3-Clause
// Hashes and the RSA-2048 signature of a manifest: PKCS#1 v1.5 over SHA-1 for $MAN, SHA-256 for
// $MN2, of bytes [0, 0x80) followed by [0x284, size_dwords * 4). libcrypto does the arithmetic.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/image/manifest.h"

namespace protocol::image {

using Sha1 = std::array<std::uint8_t, 20>;
using Sha256 = std::array<std::uint8_t, 32>;
using Md5 = std::array<std::uint8_t, 16>;

Sha1 sha1(base::ByteView data);
Sha256 sha256(base::ByteView data);

/// MD5 over modulus and exponent as stored: how public tools name a signing key.
Md5 key_md5(const Manifest& manifest);

/// The same of a PEM-encoded RSA-2048 private key, as a manifest that it signs will store it.
/// Errors: invalid (not an unencrypted RSA-2048 key).
base::Result<Md5> key_md5(std::string_view private_key_pem);

/// Whether the signature inside `signed_part` (the first size_dwords * 4 bytes of an image, no more
/// and no less) verifies with the key inside it.
bool signature_verifies(base::ByteView signed_part, const Manifest& manifest);

/// Signs `signed_part` in place with a PEM-encoded RSA-2048 private key: fills modulus, exponent
/// and signature. Errors: invalid (not an unencrypted RSA-2048 key, shorter than a manifest).
base::Result<void> sign(base::MutableByteView signed_part, std::string_view private_key_pem);

}  // namespace protocol::image
