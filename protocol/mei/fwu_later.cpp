// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/fwu_later.h"

#include <algorithm>

#include "protocol/mei/fields.h"

namespace protocol::fwu {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kReserved = 16;

constexpr std::uint32_t reply_to(Later request) {
  return static_cast<std::uint32_t>(request) + 1;
}

/// Of a reply of `size` bytes to `request`, what follows its type.
std::optional<ByteReader> open_reply(ByteView message, Later request, std::size_t size) {
  ByteReader in(message);
  if (message.size() != size || in.u32() != reply_to(request)) return std::nullopt;
  return in;
}

void write_partial_update(ByteWriter& out, const PartialUpdate& p) {
  out.text(p.name, 4).u32(p.load_address);
  mei::write_version(out, p.version);
  out.u32(p.instance).u32(p.update_version);
  out.u32(p.expected_instance).u32(p.expected_update_version).zeros(kReserved);
}

PartialUpdate read_partial_update(ByteReader& in) {
  PartialUpdate p;
  p.name = mei::read_text(in, 4);
  p.load_address = in.u32();
  p.version = mei::read_version(in);
  p.instance = in.u32();
  p.update_version = in.u32();
  p.expected_instance = in.u32();
  p.expected_update_version = in.u32();
  in.skip(kReserved);
  return p;
}

}  // namespace

void encode_request(ByteWriter& out, Later request) {
  out.u32(static_cast<std::uint32_t>(request));
}

void encode_info_status_request(ByteWriter& out) {
  encode_request(out, Later::info_status);
  out.zeros(4 + kReserved);
}

void encode(ByteWriter& out, const InvalidReply& m) {
  out.u32(kInvalidRequest).u32(m.status);
}

void encode(ByteWriter& out, const WordReply& m) {
  out.u32(reply_to(m.request)).u32(m.status).u32(m.word);
}

void encode(ByteWriter& out, const VerifyOemIdRequest& m) {
  encode_request(out, Later::verify_oem_id);
  out.bytes(m.oem_id);
}

void encode(ByteWriter& out, const VerifyOemIdReply& m) {
  out.u32(reply_to(Later::verify_oem_id)).u32(m.status);
}

void encode(ByteWriter& out, const OemIdReply& m) {
  out.u32(reply_to(Later::get_oem_id)).u32(m.status).bytes(m.oem_id);
}

void encode(ByteWriter& out, const RestorePointReply& m) {
  out.u32(reply_to(Later::restore_point)).u32(m.status).u32(m.bytes);
}

void encode(ByteWriter& out, const PartialUpdatesReply& m, std::size_t slots) {
  const std::size_t count = std::min(slots, m.partitions.size());
  out.u32(reply_to(Later::partial_update_attributes)).u32(m.status).zeros(8);
  out.u32(PartialUpdate::size).u32(static_cast<std::uint32_t>(count));
  for (std::size_t i = 0; i < count; ++i) write_partial_update(out, m.partitions[i]);
  out.zeros((slots - count) * PartialUpdate::size + kReserved);
}

void encode(ByteWriter& out, const InfoStatusReply& m) {
  out.u32(reply_to(Later::info_status)).u32(m.status).u32(m.flags).zeros(kReserved);
}

std::optional<InvalidReply> decode_invalid_reply(ByteView message) {
  ByteReader in(message);
  if (message.size() != InvalidReply::size || in.u32() != kInvalidRequest) return std::nullopt;
  return InvalidReply{.status = in.u32()};
}

std::optional<WordReply> decode_word_reply(ByteView message, Later request) {
  auto in = open_reply(message, request, WordReply::size);
  if (!in) return std::nullopt;
  WordReply m{.request = request, .status = in->u32(), .word = 0};
  m.word = in->u32();
  return m;
}

std::optional<VerifyOemIdRequest> decode_verify_oem_id_request(ByteView message) {
  ByteReader in(message);
  const bool ours = message.size() == VerifyOemIdRequest::size &&
                    in.u32() == static_cast<std::uint32_t>(Later::verify_oem_id);
  if (!ours) return std::nullopt;
  return VerifyOemIdRequest{.oem_id = in.array<16>()};
}

std::optional<VerifyOemIdReply> decode_verify_oem_id_reply(ByteView message) {
  auto in = open_reply(message, Later::verify_oem_id, VerifyOemIdReply::size);
  if (!in) return std::nullopt;
  return VerifyOemIdReply{.status = in->u32()};
}

std::optional<OemIdReply> decode_oem_id_reply(ByteView message) {
  auto in = open_reply(message, Later::get_oem_id, OemIdReply::size);
  if (!in) return std::nullopt;
  OemIdReply m{.status = in->u32(), .oem_id = {}};
  m.oem_id = in->array<16>();
  return m;
}

std::optional<RestorePointReply> decode_restore_point_reply(ByteView message) {
  auto in = open_reply(message, Later::restore_point, RestorePointReply::size);
  if (!in) return std::nullopt;
  RestorePointReply m{.status = in->u32(), .bytes = 0};
  m.bytes = in->u32();
  return m;
}

std::optional<PartialUpdatesReply> decode_partial_updates_reply(ByteView message) {
  std::size_t slots = 0;
  for (const std::size_t each :
       {PartialUpdatesReply::slots_me9, PartialUpdatesReply::slots_csme15}) {
    if (message.size() == PartialUpdatesReply::size_with(each)) slots = each;
  }
  auto in = open_reply(message, Later::partial_update_attributes, message.size());
  if (slots == 0 || !in) return std::nullopt;
  PartialUpdatesReply m{.status = in->u32(), .partitions = {}};
  in->skip(8);
  const std::uint32_t record = in->u32();
  const std::uint32_t count = in->u32();
  if (record != PartialUpdate::size || count > slots) return std::nullopt;
  for (std::uint32_t i = 0; i < count; ++i) m.partitions.push_back(read_partial_update(*in));
  return m;
}

std::optional<InfoStatusReply> decode_info_status_reply(ByteView message) {
  auto in = open_reply(message, Later::info_status, InfoStatusReply::size);
  if (!in) return std::nullopt;
  InfoStatusReply m{.status = in->u32(), .flags = 0};
  m.flags = in->u32();
  return m;
}

}  // namespace protocol::fwu
