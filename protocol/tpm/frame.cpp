// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/frame.h"

namespace protocol::tpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

struct RawFrame {
  std::uint16_t tag = 0;
  std::uint32_t code = 0;
  ByteView body;
};

void write(ByteWriter& out, Tag tag, std::uint32_t code, ByteView body) {
  out.be16(static_cast<std::uint16_t>(tag));
  out.be32(static_cast<std::uint32_t>(kHeaderSize + body.size())).be32(code).bytes(body);
}

std::optional<RawFrame> read(ByteView frame) {
  ByteReader in(frame);
  RawFrame raw;
  raw.tag = in.be16();
  const std::uint32_t size = in.be32();
  raw.code = in.be32();
  if (!in.ok() || size != frame.size()) return std::nullopt;
  raw.body = in.bytes(in.remaining());
  return raw;
}

template <class Frame>
Bytes to_own_bytes(const Frame& frame) {
  Bytes out(kHeaderSize + frame.body.size());
  ByteWriter writer(out);
  encode(writer, frame);
  return out;
}

}  // namespace

void encode(ByteWriter& out, const Command& m) {
  write(out, m.tag, static_cast<std::uint32_t>(m.ordinal), m.body);
}

void encode(ByteWriter& out, const Response& m) {
  write(out, m.tag, number(m.code), m.body);
}

Bytes to_bytes(const Command& m) {
  return to_own_bytes(m);
}
Bytes to_bytes(const Response& m) {
  return to_own_bytes(m);
}

Bytes error_response(ReturnCode code) {
  return to_bytes(Response{.tag = Tag::response, .code = code, .body = {}});
}

std::optional<Command> decode_command(ByteView frame) {
  const auto raw = read(frame);
  if (!raw) return std::nullopt;
  return Command{.tag = static_cast<Tag>(raw->tag),
                 .ordinal = static_cast<Ordinal>(raw->code),
                 .body = raw->body};
}

std::optional<Response> decode_response(ByteView frame) {
  const auto raw = read(frame);
  if (!raw) return std::nullopt;
  return Response{.tag = static_cast<Tag>(raw->tag),
                  .code = static_cast<ReturnCode>(raw->code),
                  .body = raw->body};
}

std::optional<std::uint32_t> announced_size(ByteView beginning) {
  ByteReader in(beginning);
  in.skip(2);
  const std::uint32_t size = in.be32();
  if (!in.ok()) return std::nullopt;
  return size;
}

}  // namespace protocol::tpm
