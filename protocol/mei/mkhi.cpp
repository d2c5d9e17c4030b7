// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/mkhi.h"

#include "protocol/generation.h"

namespace protocol::mkhi {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::uint8_t kResponseBit = 0x80;

Header request(Group group, std::uint8_t command) {
  return {.group = static_cast<std::uint8_t>(group), .command = command};
}

Header response(Group group, std::uint8_t command, std::uint8_t result) {
  return {.group = static_cast<std::uint8_t>(group),
          .command = command,
          .is_response = true,
          .result = result};
}

/// Reads the header and gives its result byte when it is the wanted response.
std::optional<std::uint8_t> expect_response(ByteReader& in, Group group, std::uint8_t command) {
  const std::optional<Header> h = decode_header(in.bytes(Header::size));
  if (!h || *h != response(group, command, h->result)) return std::nullopt;
  return h->result;
}

void write_version(ByteWriter& out, const FirmwareVersion& v) {
  out.u16(v.minor).u16(v.major).u16(v.build).u16(v.hotfix);
}

FirmwareVersion read_version(ByteReader& in) {
  FirmwareVersion v;
  v.minor = in.u16();
  v.major = in.u16();
  v.build = in.u16();
  v.hotfix = in.u16();
  return v;
}

}  // namespace

void encode(ByteWriter& out, const Header& h) {
  out.u8(h.group).u8(
      static_cast<std::uint8_t>((h.command & 0x7F) | (h.is_response ? kResponseBit : 0)));
  out.u8(0).u8(h.result);
}

std::optional<Header> decode_header(ByteView message) {
  ByteReader in(message);
  Header h;
  h.group = in.u8();
  const std::uint8_t command = in.u8();
  h.command = command & 0x7F;
  h.is_response = (command & kResponseBit) != 0;
  in.skip(1);
  h.result = in.u8();
  if (!in.ok()) return std::nullopt;
  return h;
}

void encode(ByteWriter& out, const GetRuleRequest& m) {
  encode(out, request(Group::fwcaps, kGetRule));
  out.u32(m.rule);
}

void encode(ByteWriter& out, const GetRuleResponse& m) {
  encode(out, response(Group::fwcaps, kGetRule, m.result));
  out.u32(m.rule).u8(static_cast<std::uint8_t>(m.data.size())).bytes(m.data);
}

std::optional<GetRuleRequest> decode_get_rule_request(ByteView message) {
  ByteReader in(message);
  if (decode_header(in.bytes(Header::size)) != request(Group::fwcaps, kGetRule))
    return std::nullopt;
  const GetRuleRequest m{.rule = in.u32()};
  if (!in.finished()) return std::nullopt;
  return m;
}

std::optional<GetRuleResponse> decode_get_rule_response(ByteView message) {
  ByteReader in(message);
  const auto result = expect_response(in, Group::fwcaps, kGetRule);
  if (!result) return std::nullopt;
  GetRuleResponse m{.result = *result, .rule = 0, .data = {}};
  if (m.result != kSuccess) return m;
  m.rule = in.u32();
  const std::uint8_t length = in.u8();
  m.data = in.bytes(length);
  if (!in.ok()) return std::nullopt;
  return m;
}

void encode(ByteWriter& out, const FirmwareVersionResponse& m, std::uint8_t blocks) {
  encode(out, response(Group::gen, kGetFirmwareVersion, m.result));
  write_version(out, m.code);
  write_version(out, m.recovery);
  if (blocks == FirmwareVersionResponse::most_blocks) write_version(out, m.fitc);
}

std::optional<FirmwareVersionResponse> decode_firmware_version_response(ByteView message) {
  ByteReader in(message);
  const auto result = expect_response(in, Group::gen, kGetFirmwareVersion);
  if (!result) return std::nullopt;
  FirmwareVersionResponse m;
  m.result = *result;
  if (m.result != kSuccess) return m;
  m.code = read_version(in);
  m.recovery = read_version(in);
  const Generation* row = find_generation(m.code.major);
  const bool two = row != nullptr && row->version_blocks.value == 2;
  if (!two || message.size() != FirmwareVersionResponse::size_of_two) m.fitc = read_version(in);
  if (!in.finished()) return std::nullopt;
  return m;
}

void encode(ByteWriter& out, const UpdateStatusResponse& m) {
  encode(out, response(Group::fwupdate, kGetUpdateStatus, m.result));
  out.u32(m.status);
}

std::optional<UpdateStatusResponse> decode_update_status_response(ByteView message) {
  ByteReader in(message);
  const auto result = expect_response(in, Group::fwupdate, kGetUpdateStatus);
  if (!result) return std::nullopt;
  UpdateStatusResponse m{.result = *result, .status = 0};
  if (m.result != kSuccess) return m;
  m.status = in.u32();
  if (!in.finished()) return std::nullopt;
  return m;
}

void encode(ByteWriter& out, const UpdateProgress& m) {
  encode(out, response(Group::fwupdate, kGetUpdateStatus, m.result));
  out.u32(m.percent).u32(m.stage).u32(m.stages).u32(m.status).u32(m.reset_type).u32(m.flags);
}

std::optional<UpdateProgress> decode_update_progress(ByteView message) {
  ByteReader in(message);
  const auto result = expect_response(in, Group::fwupdate, kGetUpdateStatus);
  if (!result) return std::nullopt;
  UpdateProgress m;
  m.result = *result;
  if (message.size() == Header::size) return m;
  m.percent = in.u32();
  m.stage = in.u32();
  m.stages = in.u32();
  m.status = in.u32();
  m.reset_type = in.u32();
  m.flags = in.u32();
  if (!in.finished()) return std::nullopt;
  return m;
}

}  // namespace protocol::mkhi
