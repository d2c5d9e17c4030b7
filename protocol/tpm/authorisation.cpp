// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/authorisation.h"

#include <array>

#include "protocol/tpm/crypto.h"

namespace protocol::tpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

ByteWriter& open_response(ByteWriter& out, Tag tag, std::size_t size) {
  return out.be16(static_cast<std::uint16_t>(tag)).be32(static_cast<std::uint32_t>(size)).be32(0);
}

std::array<std::uint8_t, 4> big_endian(std::uint32_t v) {
  std::array<std::uint8_t, 4> out{};
  ByteWriter(out).be32(v);
  return out;
}

/// Body of a successful response of exactly `size` bytes in all.
std::optional<ByteReader> body_of(ByteView frame, std::size_t size) {
  const auto response = decode_response(frame);
  if (!response || frame.size() != size || response->code != ReturnCode::success)
    return std::nullopt;
  return ByteReader(response->body);
}

}  // namespace

Secret osap_secret(ByteView entity, const Nonce& even_osap, const Nonce& odd_osap) {
  return hmac_sha1(entity, {even_osap, odd_osap});
}

Digest command_digest(Ordinal ordinal, ByteView params) {
  return sha1({big_endian(static_cast<std::uint32_t>(ordinal)), params});
}

Digest response_digest(Ordinal ordinal, ByteView params) {
  return sha1({big_endian(0), big_endian(static_cast<std::uint32_t>(ordinal)), params});
}

Digest auth_value(ByteView key, const Digest& digest, const Nonce& even, const Nonce& odd,
                  std::uint8_t continue_session) {
  return hmac_sha1(key, {digest, even, odd, ByteView(&continue_session, 1)});
}

Bytes oiap_command() {
  return to_bytes(Command{.ordinal = Ordinal::oiap, .body = {}});
}

void encode(ByteWriter& out, const OiapReply& m) {
  open_response(out, Tag::response, OiapReply::size).be32(m.handle).bytes(m.nonce_even);
}

void encode(ByteWriter& out, const OsapRequest& m) {
  out.be16(static_cast<std::uint16_t>(Tag::request)).be32(OsapRequest::size);
  out.be32(static_cast<std::uint32_t>(Ordinal::osap));
  out.be16(m.entity_type).be32(m.entity_value).bytes(m.nonce_odd_osap);
}

void encode(ByteWriter& out, const OsapReply& m) {
  open_response(out, Tag::response, OsapReply::size).be32(m.handle);
  out.bytes(m.nonce_even).bytes(m.nonce_even_osap);
}

void encode(ByteWriter& out, const AuthRequest& m) {
  out.be32(m.handle).bytes(m.nonce_odd).u8(m.continue_session).bytes(m.hmac);
}

void encode(ByteWriter& out, const AuthReply& m) {
  out.bytes(m.nonce_even).u8(m.continue_session).bytes(m.hmac);
}

Bytes to_bytes(const AuthorisedCommand& m) {
  Bytes out(kHeaderSize + m.handles.size() + m.params.size() + AuthRequest::size);
  ByteWriter writer(out);
  writer.be16(static_cast<std::uint16_t>(Tag::request_auth1));
  writer.be32(static_cast<std::uint32_t>(out.size())).be32(static_cast<std::uint32_t>(m.ordinal));
  writer.bytes(m.handles).bytes(m.params);
  encode(writer, m.auth);
  return out;
}

Bytes to_bytes(const AuthorisedResponse& m) {
  Bytes out(kHeaderSize + m.handles.size() + m.params.size() + AuthReply::size);
  ByteWriter writer(out);
  open_response(writer, Tag::response_auth1, out.size()).bytes(m.handles).bytes(m.params);
  encode(writer, m.auth);
  return out;
}

std::optional<OiapReply> decode_oiap_reply(ByteView frame) {
  auto in = body_of(frame, OiapReply::size);
  if (!in) return std::nullopt;
  return OiapReply{.handle = in->be32(), .nonce_even = in->array<kDigestSize>()};
}

std::optional<OsapRequest> decode_osap_request(ByteView frame) {
  const auto command = decode_command(frame);
  if (!command || frame.size() != OsapRequest::size || command->ordinal != Ordinal::osap)
    return std::nullopt;
  ByteReader in(command->body);
  return OsapRequest{.entity_type = in.be16(),
                     .entity_value = in.be32(),
                     .nonce_odd_osap = in.array<kDigestSize>()};
}

std::optional<OsapReply> decode_osap_reply(ByteView frame) {
  auto in = body_of(frame, OsapReply::size);
  if (!in) return std::nullopt;
  return OsapReply{.handle = in->be32(),
                   .nonce_even = in->array<kDigestSize>(),
                   .nonce_even_osap = in->array<kDigestSize>()};
}

std::optional<AuthorisedCommand> decode_authorised_command(ByteView frame,
                                                           std::size_t handle_size) {
  const auto command = decode_command(frame);
  if (!command || command->tag != Tag::request_auth1) return std::nullopt;
  if (command->body.size() < handle_size + AuthRequest::size) return std::nullopt;
  const std::size_t param_size = command->body.size() - handle_size - AuthRequest::size;
  ByteReader in(command->body);
  AuthorisedCommand m{.ordinal = command->ordinal,
                      .handles = in.bytes(handle_size),
                      .params = in.bytes(param_size),
                      .auth = {}};
  m.auth.handle = in.be32();
  m.auth.nonce_odd = in.array<kDigestSize>();
  m.auth.continue_session = in.u8();
  m.auth.hmac = in.array<kDigestSize>();
  return m;
}

std::optional<AuthorisedResponse> decode_authorised_response(ByteView frame,
                                                             std::size_t handle_size) {
  const auto response = decode_response(frame);
  if (!response || response->tag != Tag::response_auth1) return std::nullopt;
  if (response->code != ReturnCode::success) return std::nullopt;
  if (response->body.size() < handle_size + AuthReply::size) return std::nullopt;
  const std::size_t param_size = response->body.size() - handle_size - AuthReply::size;
  ByteReader in(response->body);
  AuthorisedResponse m{
      .handles = in.bytes(handle_size), .params = in.bytes(param_size), .auth = {}};
  m.auth.nonce_even = in.array<kDigestSize>();
  m.auth.continue_session = in.u8();
  m.auth.hmac = in.array<kDigestSize>();
  return m;
}

}  // namespace protocol::tpm
