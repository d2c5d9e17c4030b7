// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/fwu.h"

#include <cstddef>
#include <iterator>

#include "protocol/mei/fields.h"

namespace protocol::fwu {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kPasswordWidth = 32;
constexpr std::size_t kBiosVersionWidth = 20;

ByteWriter& open(ByteWriter& out, Type type) {
  return out.u32(static_cast<std::uint32_t>(type));
}

bool expect(ByteReader& in, Type type) {
  return in.u32() == static_cast<std::uint32_t>(type);
}

std::uint32_t pack_flags(const InfoReply& m) {
  return (m.crypto_fuse ? 1u : 0u) | (m.flash_protection ? 2u : 0u) |
         (static_cast<std::uint32_t>(m.override_qualifier) & 3u) << 2 |
         (static_cast<std::uint32_t>(m.reset_reason) & 3u) << 4 |
         static_cast<std::uint32_t>(m.override_counter) << 6;
}

void unpack_flags(std::uint32_t word, InfoReply& m) {
  m.crypto_fuse = (word & 1) != 0;
  m.flash_protection = (word >> 1 & 1) != 0;
  m.override_qualifier = static_cast<OverrideQualifier>(word >> 2 & 3);
  m.reset_reason = static_cast<ResetReason>(word >> 4 & 3);
  m.override_counter = static_cast<std::uint8_t>(word >> 6);
}

constexpr std::size_t kShiftOfFormB = 4;  ///< reserved bytes in front of the kind

/// What stands in both forms of the reply, before and behind the MCH's version of the first.
void read_identity(ByteReader& in, VersionReply& m) {
  m.status = in.u32();
  m.sku = in.u32();
  m.ich_version = in.u32();
}
void read_versions(ByteReader& in, VersionReply& m) {
  m.vendor = in.u32();
  m.last_update_status = in.u32();
  m.hardware_sku = in.u32();
  m.code = mei::read_version(in);
  m.amt = mei::read_version(in);
  m.enabled_update_interfaces = in.u16();
}

std::optional<VersionReply> decode_version_reply_later(ByteView message) {
  ByteReader in(message);
  if (!expect(in, Type::get_version_reply)) return std::nullopt;
  VersionReply m;
  read_identity(in, m);
  read_versions(in, m);
  LaterVersion later;
  later.security_version = in.u16();
  later.data_format = in.u32();
  later.last_reset_type = in.u32();
  m.later = later;
  return m;
}

void encode_later(ByteWriter& out, const VersionReply& m) {
  const LaterVersion later = m.later.value_or(LaterVersion{});
  open(out, Type::get_version_reply).u32(m.status).u32(m.sku).u32(m.ich_version).u32(m.vendor);
  out.u32(m.last_update_status).u32(m.hardware_sku);
  mei::write_version(out, m.code);
  mei::write_version(out, m.amt.value_or(m.code));
  out.u16(m.enabled_update_interfaces).u16(later.security_version);
  out.u32(later.data_format).u32(later.last_reset_type);
}

std::optional<VersionReply> decode_version_reply_me3(ByteView message) {
  ByteReader in(message);
  if (in.u8() != static_cast<std::uint8_t>(Type::get_version_reply)) return std::nullopt;
  VersionReply m;
  m.status = in.u32();
  m.sku = in.u32();
  m.ich_version = in.u32();
  m.mch_version = in.u32();
  m.vendor = in.u32();
  m.code = mei::read_version(in);
  m.recovery = mei::read_version(in);
  m.enabled_update_interfaces = in.u16();
  m.last_update_status = in.u32();
  return m;
}

constexpr const char* kTypeNames[] = {"GET_VERSION", "GET_VERSION_REPLY", "START", "START_REPLY",
                                      "DATA",        "DATA_REPLY",        "END",   "END_REPLY",
                                      "GET_INFO",    "GET_INFO_REPLY"};

}  // namespace

const char* name(Type type) {
  const auto number = static_cast<std::size_t>(type);
  return number < std::size(kTypeNames) ? kTypeNames[number] : nullptr;
}

void encode_request(ByteWriter& out, Type type) {
  open(out, type);
}

void encode(ByteWriter& out, const VersionReply& m) {
  open(out, Type::get_version_reply).u32(m.status).u32(m.sku).u32(m.ich_version).u32(m.mch_version);
  out.u32(m.vendor).u32(m.last_update_status).u32(m.hardware_sku);
  mei::write_version(out, m.code);
  mei::write_version(out, m.amt.value_or(m.code));
  out.u16(m.enabled_update_interfaces).u16(0);
}

void encode_me3(ByteWriter& out, const VersionReply& m) {
  out.u8(static_cast<std::uint8_t>(Type::get_version_reply)).u32(m.status).u32(m.sku);
  out.u32(m.ich_version).u32(m.mch_version).u32(m.vendor);
  mei::write_version(out, m.code);
  mei::write_version(out, m.recovery.value_or(m.code));
  out.u16(m.enabled_update_interfaces).u32(m.last_update_status).u32(0);
}

void encode(ByteWriter& out, const VersionReply& m, VersionForm form) {
  switch (form) {
    case VersionForm::bytes_47:
      return encode_me3(out, m);
    case VersionForm::bytes_52:
      return encode(out, m);
    case VersionForm::bytes_56:
      return encode_later(out, m);
    case VersionForm::from_mkhi:
      return;
  }
}

void encode(ByteWriter& out, const InfoReply& m) {
  open(out, Type::get_info_reply).u32(m.status);
  mei::write_version(out, m.mebx);
  out.u32(m.flash_override_policy)
      .u32(static_cast<std::uint32_t>(m.manageability_mode))
      .u32(m.bios_boot_state);
  out.u32(pack_flags(m)).text(m.bios_version, kBiosVersionWidth);
}

void encode(ByteWriter& out, const StartRequest& m, StartForm form) {
  open(out, Type::start).u32(m.image_length);
  if (form == StartForm::b) out.zeros(kShiftOfFormB);
  out.u8(m.update_type);
  out.u8(static_cast<std::uint8_t>(m.password.size())).text(m.password, kPasswordWidth);
  out.u32(m.ipu_id).u32(m.environment).u32(m.flags).bytes(m.oem_id).zeros(16);
}

void encode(ByteWriter& out, const StartReply& m) {
  open(out, Type::start_reply).u32(m.status).zeros(16);
}

void encode(ByteWriter& out, const DataRequest& m, DataForm form) {
  open(out, Type::data).u32(static_cast<std::uint32_t>(m.data.size())).zeros(3).bytes(m.data);
  if (form == DataForm::padded) out.u8(0);
}

void encode(ByteWriter& out, const DataReply& m) {
  open(out, Type::data_reply).u32(m.status);
}

void encode(ByteWriter& out, const EndReply& m) {
  open(out, Type::end_reply).u32(m.status).u32(m.reset_type).zeros(16);
}

std::optional<std::uint32_t> decode_type(ByteView message) {
  ByteReader in(message);
  const std::uint32_t type = in.u32();
  if (!in.ok()) return std::nullopt;
  return type;
}

std::optional<VersionReply> decode_version_reply(ByteView message) {
  if (message.size() == VersionReply::size_me3) return decode_version_reply_me3(message);
  if (message.size() == VersionReply::size_later) return decode_version_reply_later(message);
  ByteReader in(message);
  if (message.size() != VersionReply::size || !expect(in, Type::get_version_reply))
    return std::nullopt;
  VersionReply m;
  read_identity(in, m);
  m.mch_version = in.u32();
  read_versions(in, m);
  return m;
}

std::optional<InfoReply> decode_info_reply(ByteView message) {
  ByteReader in(message);
  if (message.size() != InfoReply::size || !expect(in, Type::get_info_reply)) return std::nullopt;
  InfoReply m;
  m.status = in.u32();
  m.mebx = mei::read_version(in);
  m.flash_override_policy = in.u32();
  m.manageability_mode = static_cast<ManageabilityMode>(in.u32());
  m.bios_boot_state = in.u32();
  unpack_flags(in.u32(), m);
  m.bios_version = mei::read_text(in, kBiosVersionWidth);
  return m;
}

std::optional<StartRequest> decode_start_request(ByteView message) {
  return decode_start(message, StartForm::a);
}

std::optional<StartRequest> decode_start(ByteView message, StartForm form) {
  ByteReader in(message);
  if (message.size() != size_of(form) || !expect(in, Type::start)) return std::nullopt;
  StartRequest m;
  m.image_length = in.u32();
  if (form == StartForm::b) in.skip(kShiftOfFormB);
  m.update_type = in.u8();
  const std::uint8_t used = in.u8();
  const ByteView password = in.bytes(kPasswordWidth);
  if (used > kPasswordWidth) return std::nullopt;
  m.password = {reinterpret_cast<const char*>(password.data()), used};
  m.ipu_id = in.u32();
  m.environment = in.u32();
  m.flags = in.u32();
  m.oem_id = in.array<16>();
  return m;
}

std::optional<StartReply> decode_start_reply(ByteView message) {
  ByteReader in(message);
  if (message.size() != StartReply::size || !expect(in, Type::start_reply)) return std::nullopt;
  return StartReply{.status = in.u32()};
}

std::optional<DataRequest> decode_data_request(ByteView message) {
  ByteReader in(message);
  if (!expect(in, Type::data)) return std::nullopt;
  const std::uint32_t length = in.u32();
  in.skip(3);
  const DataRequest m{.data = in.bytes(length)};
  if (!in.ok() || in.remaining() > 1) return std::nullopt;
  return m;
}

std::optional<DataReply> decode_data_reply(ByteView message) {
  ByteReader in(message);
  if (message.size() != DataReply::size || !expect(in, Type::data_reply)) return std::nullopt;
  return DataReply{.status = in.u32()};
}

std::optional<EndReply> decode_end_reply(ByteView message) {
  ByteReader in(message);
  if (message.size() != EndReply::size || !expect(in, Type::end_reply)) return std::nullopt;
  return EndReply{.status = in.u32(), .reset_type = in.u32()};
}

}  // namespace protocol::fwu
