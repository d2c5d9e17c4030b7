// SPDX-License-Identifier: BSD-3-Clause
// Hashes and the RSA-2048 signature of a manifest: PKCS#1 v1.5 over SHA-1 for $MAN, SHA-256 for $MN2, of
// image[0:0x80] followed by image[0x284:size]. libcrypto does the arithmetic.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/image/manifest.h"

namespace protocol::image {

using Sha1 = std::array<std::uint8_t, 20>;
using Md5 = std::array<std::uint8_t, 16>;

Sha1 sha1(base::ByteView data);

/// MD5 over modulus and exponent as stored: how public tools name a signing key.
Md5 key_md5(const Manifest& manifest);

/// Whether the signature inside `image` (manifest first, exactly its declared size) verifies with the key inside it.
bool signature_verifies(base::ByteView image, const Manifest& manifest);

/// Signs `image` in place with a PEM-encoded RSA-2048 private key: fills modulus, exponent and signature.
/// Errors: invalid (not an RSA-2048 key, image shorter than a manifest).
base::Result<void> sign(base::MutableByteView image, std::string_view private_key_pem);

}  // namespace protocol::image
