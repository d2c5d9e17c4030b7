// SPDX-License-Identifier: BSD-3-Clause
// The fixed-size values TPM 1.2 messages are made of (TPM Main Part 2, sections 2.2 and 5). All
// integers are big-endian.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace protocol::tpm {

inline constexpr std::size_t kDigestSize = 20;
/// A SHA-1 value.
using Digest = std::array<std::uint8_t, kDigestSize>;
/// A number used once, from the TPM ("even") or from the host ("odd").
using Nonce = Digest;
/// What an entity's user must know: TPM_SECRET, TPM_AUTHDATA.
using Secret = Digest;

using Handle = std::uint32_t;

/// Well-known handles (Part 2, 4.4.1).
inline constexpr Handle kHandleSrk = 0x40000000;
inline constexpr Handle kHandleOwner = 0x40000001;
inline constexpr Handle kHandleEk = 0x40000006;

/// The largest command or response a TPM 1.2 of this kind takes (TPM_CAP_PROP_INPUT_BUFFER
/// of libtpms).
inline constexpr std::size_t kMaxFrame = 4096;

}  // namespace protocol::tpm
