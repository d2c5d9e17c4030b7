// SPDX-License-Identifier: BSD-3-Clause
#include "tests/emulator/tpm/contents.h"

#include <gtest/gtest.h>

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using namespace protocol::tpm;

constexpr std::uint32_t kArea = 0x00011234;
constexpr std::uint16_t kEntitySrk = 0x0004;
const Secret kKeySecret = secret_from_passphrase("key");

Bytes be32(std::uint32_t value) {
  Bytes bytes(4);
  base::ByteWriter(bytes).be32(value);
  return bytes;
}

/// A secret for something new, hidden with the OSAP session it is created in (Part 1, 13.4: ADIP
/// with XOR).
Secret hidden(const Secret& secret, const HostSession& session) {
  Secret out = sha1({session.key, session.nonce_even});
  for (std::size_t i = 0; i < out.size(); ++i) out[i] ^= secret[i];
  return out;
}

/// TPM_NV_DefineSpace of three bytes that the owner writes and everybody reads.
Bytes define_area_params(const HostSession& session) {
  constexpr std::uint32_t owner_write = 0x00000002;
  Bytes params(2 + 4 + 2 * 26 + 6 + 3 + 4 + 20);
  base::ByteWriter out(params);
  out.be16(0x0018).be32(kArea);
  for (int i = 0; i < 2; ++i) out.be16(3).zeros(3).u8(0x1F).zeros(20);
  out.be16(0x0017).be32(owner_write).zeros(3);
  out.be32(static_cast<std::uint32_t>(kAreaContents.size())).bytes(hidden({}, session));
  return params;
}

}  // namespace

bool fill_area(Host& host, const Secret& owner) {
  auto session = host.osap(owner);
  if (!session) return false;
  const ReturnCode defined =
      host.authorised(*session, Ordinal::nv_define_space, define_area_params(*session));
  if (defined != ReturnCode::success) return false;
  Bytes write(12 + kAreaContents.size());
  base::ByteWriter(write).be32(kArea).be32(0).be32(3).bytes(kAreaContents);
  return host.owner_command(owner, Ordinal::nv_write_value, write) == ReturnCode::success;
}

Bytes read_area(Host& host) {
  Bytes body(12);
  base::ByteWriter(body).be32(kArea).be32(0).be32(static_cast<std::uint32_t>(kAreaContents.size()));
  const Bytes response =
      host.send(to_bytes(Command{.ordinal = Ordinal::nv_read_value, .body = body}));
  const auto decoded = decode_response(response);
  if (!decoded || decoded->body.size() < 4) return {};
  return Bytes(decoded->body.begin() + 4, decoded->body.end());
}

Bytes create_signing_key(Host& host) {
  auto session = host.osap(kWellKnownSecret, kEntitySrk, kHandleSrk);
  if (!session) return {};
  Bytes params(20 + 20 + 11 + 24 + 12);
  base::ByteWriter out(params);
  out.bytes(hidden(kKeySecret, *session)).zeros(20);
  out.u8(1).u8(1).be16(0).be16(0x0010).be32(0).u8(1);               // signing, authorised
  out.be32(1).be16(1).be16(2).be32(12).be32(2048).be32(2).be32(0);  // RSA, PKCS #1 v1.5 over SHA-1
  out.zeros(12);
  Bytes key;
  EXPECT_EQ(host.authorised_on(*session, Ordinal::create_wrap_key, be32(kHandleSrk), params, 0,
                               Host::After::end, &key),
            ReturnCode::success);
  return key;
}

Bytes sign_with(Host& host, ByteView wrapped_key) {
  auto srk = host.oiap(kWellKnownSecret);
  auto user = host.oiap(kKeySecret);
  Bytes handle;
  if (!srk || !user) return {};
  EXPECT_EQ(host.authorised_on(*srk, Ordinal::load_key2, be32(kHandleSrk), wrapped_key, 4,
                               Host::After::end, &handle),
            ReturnCode::success);
  Bytes params(4 + kDigestSize);
  base::ByteWriter(params).be32(kDigestSize).bytes(sha1({base::as_bytes("message")}));
  Bytes signature;
  EXPECT_EQ(
      host.authorised_on(*user, Ordinal::sign, handle, params, 0, Host::After::end, &signature),
      ReturnCode::success);
  return signature;
}

}  // namespace emulator::tpm
