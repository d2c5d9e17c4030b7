// SPDX-License-Identifier: BSD-3-Clause
// TPM 1.2 authorisation: the OIAP and OSAP sessions, the trailers of authorised frames, and the
// values in them (TPM Main Part 1, section 13; Part 3, section 18).
#pragma once

#include <optional>

#include "base/bytes.h"
#include "protocol/tpm/frame.h"
#include "protocol/tpm/types.h"

namespace protocol::tpm {

/// TPM_OIAP is a bare header; its answer opens a session for any entity.
struct OiapReply {
  static constexpr std::size_t size = kHeaderSize + 24;
  Handle handle = 0;
  Nonce nonce_even{};
};

inline constexpr std::uint16_t kEntityOwner = 0x0002;

/// TPM_OSAP opens a session for one entity.
struct OsapRequest {
  static constexpr std::size_t size = kHeaderSize + 26;
  std::uint16_t entity_type = kEntityOwner;
  std::uint32_t entity_value = kHandleOwner;
  Nonce nonce_odd_osap{};
};

struct OsapReply {
  static constexpr std::size_t size = kHeaderSize + 44;
  Handle handle = 0;
  Nonce nonce_even{};
  Nonce nonce_even_osap{};
};

/// The key of an OSAP session: HMAC(entity secret, nonceEvenOSAP || nonceOddOSAP).
Secret osap_secret(base::ByteView entity, const Nonce& even_osap, const Nonce& odd_osap);

/// The last 45 bytes of a command with one authorisation.
struct AuthRequest {
  static constexpr std::size_t size = 45;
  Handle handle = 0;
  Nonce nonce_odd{};
  std::uint8_t continue_session = 0;  ///< as it stands on the wire: the HMAC covers the byte
  Digest hmac{};
};

/// The last 41 bytes of its response.
struct AuthReply {
  static constexpr std::size_t size = 41;
  Nonce nonce_even{};
  std::uint8_t continue_session = 0;
  Digest hmac{};
};

/// A command with one authorisation. Handles come before the parameters and are not covered by
/// the digest.
struct AuthorisedCommand {
  Ordinal ordinal{};
  base::ByteView handles;
  base::ByteView params;
  AuthRequest auth;
};

struct AuthorisedResponse {
  base::ByteView handles;
  base::ByteView params;
  AuthReply auth;
};

/// SHA-1(ordinal || parameters).
Digest command_digest(Ordinal ordinal, base::ByteView params);
/// SHA-1(return code 0 || ordinal || parameters).
Digest response_digest(Ordinal ordinal, base::ByteView params);
/// The HMAC of either direction: over digest || nonceEven || nonceOdd || continueAuthSession, the
/// nonces being the last even one known before a command, and the new one in its response.
Digest auth_value(base::ByteView key, const Digest& digest, const Nonce& even, const Nonce& odd,
                  std::uint8_t continue_session);

base::Bytes oiap_command();
void encode(base::ByteWriter&, const OiapReply&);
void encode(base::ByteWriter&, const OsapRequest&);
void encode(base::ByteWriter&, const OsapReply&);
void encode(base::ByteWriter&, const AuthRequest&);
void encode(base::ByteWriter&, const AuthReply&);
base::Bytes to_bytes(const AuthorisedCommand&);
base::Bytes to_bytes(const AuthorisedResponse&);

std::optional<OiapReply> decode_oiap_reply(base::ByteView frame);
std::optional<OsapRequest> decode_osap_request(base::ByteView frame);
std::optional<OsapReply> decode_osap_reply(base::ByteView frame);
/// `handle_size`: bytes of handles before the parameters (0, 4 ...). Nothing when the frame has no
/// room or another tag.
std::optional<AuthorisedCommand> decode_authorised_command(base::ByteView frame,
                                                           std::size_t handle_size);
std::optional<AuthorisedResponse> decode_authorised_response(base::ByteView frame,
                                                             std::size_t handle_size);

}  // namespace protocol::tpm
