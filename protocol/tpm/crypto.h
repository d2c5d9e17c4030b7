// SPDX-License-Identifier: BSD-3-Clause
// The three primitives TPM 1.2 authorisation needs, from libcrypto: SHA-1, HMAC-SHA-1 and
// RSAES-OAEP.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "protocol/tpm/types.h"

namespace protocol::tpm {

/// SHA-1 over the parts in order.
Digest sha1(std::initializer_list<base::ByteView> parts);
Digest hmac_sha1(base::ByteView key, std::initializer_list<base::ByteView> parts);

/// Compares in a time that does not tell where they differ.
bool same_secret(const Digest& a, const Digest& b);

/// The well-known secret of tpm-tools (-y, -z): twenty zero bytes.
inline constexpr Secret kWellKnownSecret{};
/// SHA-1 of the passphrase's bytes, as tpm-tools does without its Unicode option.
Secret secret_from_passphrase(std::string_view passphrase);
/// SHA-1 of the passphrase in UTF-16LE without terminator, as Windows and TSS_UNICODE do. Nothing
/// when it is not UTF-8.
std::optional<Secret> secret_from_passphrase_utf16(std::string_view utf8_passphrase);

/// RSAES-OAEP with SHA-1, MGF1-SHA-1 and the label "TCPA" (Part 1, 31.1.1) under a 2048-bit modulus
/// and e = 65537. Nothing when libcrypto refuses the modulus.
std::optional<base::Bytes> encrypt_for_tpm(base::ByteView modulus, base::ByteView plain);

}  // namespace protocol::tpm
