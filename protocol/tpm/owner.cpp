// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/owner.h"

#include <array>

#include "protocol/tpm/crypto.h"

namespace protocol::tpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

constexpr std::uint16_t kProtocolOwner = 0x0005;
constexpr std::uint32_t kAlgorithmRsa = 1;
constexpr std::uint16_t kEncOaepSha1 = 3;
constexpr std::uint16_t kSigNone = 1;
constexpr std::uint32_t kKeyBits = 2048;
constexpr std::uint32_t kPrimes = 2;
constexpr std::size_t kModulusSize = kKeyBits / 8;
constexpr std::size_t kKeyParmsSize = 24;
constexpr std::size_t kPubkeySize = kKeyParmsSize + 4 + kModulusSize;
constexpr std::uint32_t kSetStclearData = 4;
constexpr std::uint32_t kDeferredPresence = 6;

/// TPM_KEY_PARMS of a 2048-bit RSA encryption key with the default exponent.
void write_key_parms(ByteWriter& out) {
  out.be32(kAlgorithmRsa).be16(kEncOaepSha1).be16(kSigNone);
  out.be32(12).be32(kKeyBits).be32(kPrimes).be32(0);
}

Bytes with_body(Ordinal ordinal, ByteView body) {
  return to_bytes(Command{.ordinal = ordinal, .body = body});
}

std::optional<std::uint16_t> one_word(ByteView frame, Ordinal ordinal) {
  const auto command = decode_command(frame);
  if (!command || command->ordinal != ordinal || command->body.size() != 2) return std::nullopt;
  return ByteReader(command->body).be16();
}

}  // namespace

Bytes bare_command(Ordinal ordinal) {
  return with_body(ordinal, {});
}

Bytes startup_command(StartupType type) {
  std::array<std::uint8_t, 2> body{};
  ByteWriter(body).be16(static_cast<std::uint16_t>(type));
  return with_body(Ordinal::startup, body);
}

Bytes presence_command(std::uint16_t meaning) {
  std::array<std::uint8_t, 2> body{};
  ByteWriter(body).be16(meaning);
  return with_body(Ordinal::tsc_physical_presence, body);
}

Bytes setting_command(Ordinal ordinal, Setting setting) {
  const std::array<std::uint8_t, 1> body = {static_cast<std::uint8_t>(setting)};
  return with_body(ordinal, body);
}

Bytes flush_session_command(Handle session) {
  std::array<std::uint8_t, 8> body{};
  ByteWriter(body).be32(session).be32(kResourceAuth);
  return with_body(Ordinal::flush_specific, body);
}

Bytes deferred_presence_command(Setting unowned_field_upgrade) {
  std::array<std::uint8_t, 20> body{};
  ByteWriter out(body);
  out.be32(kSetStclearData).be32(4).be32(kDeferredPresence);
  out.be32(4).be32(static_cast<std::uint32_t>(unowned_field_upgrade));
  return with_body(Ordinal::set_capability, body);
}

Bytes get_random_command(std::uint32_t count) {
  std::array<std::uint8_t, 4> body{};
  ByteWriter(body).be32(count);
  return with_body(Ordinal::get_random, body);
}

std::optional<std::uint16_t> decode_presence_command(ByteView frame) {
  return one_word(frame, Ordinal::tsc_physical_presence);
}

std::optional<StartupType> decode_startup_command(ByteView frame) {
  const auto word = one_word(frame, Ordinal::startup);
  if (!word) return std::nullopt;
  return static_cast<StartupType>(*word);
}

Bytes read_pubek_command(const Nonce& anti_replay) {
  return with_body(Ordinal::read_pubek, anti_replay);
}

Bytes create_endorsement_key_command(const Nonce& anti_replay) {
  Bytes body(kDigestSize + kKeyParmsSize);
  ByteWriter out(body);
  out.bytes(anti_replay);
  write_key_parms(out);
  return with_body(Ordinal::create_endorsement_key_pair, body);
}

std::optional<PublicKey> decode_pubek_reply(ByteView frame, const Nonce& anti_replay) {
  const auto response = decode_response(frame);
  if (!response || response->code != ReturnCode::success) return std::nullopt;
  if (response->body.size() != kPubkeySize + kDigestSize) return std::nullopt;
  ByteReader in(response->body);
  const ByteView pubkey = in.bytes(kPubkeySize);
  if (in.array<kDigestSize>() != sha1({pubkey, anti_replay})) return std::nullopt;
  return decode_pubkey(pubkey);
}

Bytes to_bytes(const TakeOwnershipParams& m) {
  const std::size_t size = 2 + 4 + m.encrypted_owner_secret.size() + 4 +
                           m.encrypted_srk_secret.size() + 11 + kKeyParmsSize + 12;
  Bytes params(size);
  ByteWriter out(params);
  out.be16(kProtocolOwner);
  out.be32(static_cast<std::uint32_t>(m.encrypted_owner_secret.size()));
  out.bytes(m.encrypted_owner_secret);
  out.be32(static_cast<std::uint32_t>(m.encrypted_srk_secret.size()));
  out.bytes(m.encrypted_srk_secret);
  // TPM_KEY: version 1.1, storage key, not migratable, authorisation always, no PCRs,
  // nothing encrypted.
  out.u8(1).u8(1).be16(0).be16(0x0011).be32(0).u8(1);
  write_key_parms(out);
  out.be32(0).be32(0).be32(0);
  return params;
}

std::optional<TakeOwnershipParams> decode_take_ownership_params(ByteView params) {
  ByteReader in(params);
  if (in.be16() != kProtocolOwner) return std::nullopt;
  TakeOwnershipParams m;
  for (Bytes* secret : {&m.encrypted_owner_secret, &m.encrypted_srk_secret}) {
    const std::uint32_t size = in.be32();
    const ByteView bytes = in.bytes(size);
    secret->assign(bytes.begin(), bytes.end());
  }
  in.skip(11 + kKeyParmsSize + 12);
  if (!in.finished()) return std::nullopt;
  return m;
}

Bytes owner_read_internal_pub_params(Handle key) {
  Bytes params(4);
  ByteWriter(params).be32(key);
  return params;
}

std::optional<PublicKey> decode_pubkey(ByteView pubkey) {
  ByteReader in(pubkey);
  if (in.be32() != kAlgorithmRsa) return std::nullopt;
  in.skip(4);
  const std::uint32_t parms_size = in.be32();
  in.skip(parms_size);
  const std::uint32_t size = in.be32();
  const ByteView modulus = in.bytes(size);
  if (!in.finished() || modulus.size() != kModulusSize) return std::nullopt;
  return PublicKey{.modulus = Bytes(modulus.begin(), modulus.end())};
}

}  // namespace protocol::tpm
