// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/capability.h"

#include <algorithm>

namespace protocol::tpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

constexpr std::uint16_t kTagPermanentFlags = 0x001F;
constexpr std::uint16_t kTagStclearFlags = 0x0020;
constexpr std::uint16_t kTagVersionInfo = 0x0030;
constexpr std::uint16_t kTagDaInfo = 0x0037;
constexpr std::uint16_t kTagDaInfoLimited = 0x0038;
constexpr std::uint16_t kTagDaAction = 0x0039;

/// The flags in the order of the specification, once for both directions.
constexpr bool PermanentFlags::*kPermanentOrder[] = {
    &PermanentFlags::disable,
    &PermanentFlags::ownership,
    &PermanentFlags::deactivated,
    &PermanentFlags::read_pubek,
    &PermanentFlags::disable_owner_clear,
    &PermanentFlags::allow_maintenance,
    &PermanentFlags::physical_presence_lifetime_lock,
    &PermanentFlags::physical_presence_hw_enable,
    &PermanentFlags::physical_presence_cmd_enable,
    &PermanentFlags::cekp_used,
    &PermanentFlags::tpm_post,
    &PermanentFlags::tpm_post_lock,
    &PermanentFlags::fips,
    &PermanentFlags::operator_set,
    &PermanentFlags::enable_revoke_ek,
    &PermanentFlags::nv_locked,
    &PermanentFlags::read_srk_pub,
    &PermanentFlags::tpm_established,
    &PermanentFlags::maintenance_done,
    &PermanentFlags::disable_full_da_logic_info,
};
static_assert(std::size(kPermanentOrder) + 2 == PermanentFlags::size);

constexpr bool StclearFlags::*kStclearOrder[] = {
    &StclearFlags::deactivated,       &StclearFlags::disable_force_clear,
    &StclearFlags::physical_presence, &StclearFlags::physical_presence_lock,
    &StclearFlags::b_global_lock,
};
static_assert(std::size(kStclearOrder) + 2 == StclearFlags::size);

template <class Flags, class Order>
Bytes write_flags(std::uint16_t tag, const Flags& flags, const Order& order) {
  Bytes out(Flags::size);
  ByteWriter writer(out);
  writer.be16(tag);
  for (const auto member : order) writer.u8(flags.*member ? 1 : 0);
  return out;
}

template <class Flags, class Order>
std::optional<Flags> read_flags(std::uint16_t tag, ByteView data, const Order& order) {
  ByteReader in(data);
  if (in.be16() != tag) return std::nullopt;
  Flags flags;
  for (const auto member : order) flags.*member = in.u8() != 0;
  if (!in.finished()) return std::nullopt;
  return flags;
}

void write_version(ByteWriter& out, const TpmVersion& v) {
  out.u8(v.major).u8(v.minor).u8(v.rev_major).u8(v.rev_minor);
}

TpmVersion read_version(ByteReader& in) {
  return {.major = in.u8(), .minor = in.u8(), .rev_major = in.u8(), .rev_minor = in.u8()};
}

Bytes copy_of(ByteView view) {
  return {view.begin(), view.end()};
}

}  // namespace

Bytes to_bytes(const CapabilityRequest& m) {
  Bytes body(8 + m.sub_cap.size());
  ByteWriter out(body);
  out.be32(static_cast<std::uint32_t>(m.area)).be32(static_cast<std::uint32_t>(m.sub_cap.size()));
  out.bytes(m.sub_cap);
  return to_bytes(Command{.ordinal = Ordinal::get_capability, .body = body});
}

Bytes capability_command(CapArea area) {
  return to_bytes(CapabilityRequest{.area = area, .sub_cap = {}});
}

Bytes capability_command(CapArea area, std::uint32_t sub_cap) {
  std::array<std::uint8_t, 4> bytes{};
  ByteWriter(bytes).be32(sub_cap);
  return to_bytes(CapabilityRequest{.area = area, .sub_cap = bytes});
}

Bytes da_logic_command() {
  constexpr std::array<std::uint8_t, 2> owner = {0x00, 0x02};
  return to_bytes(CapabilityRequest{.area = CapArea::da_logic, .sub_cap = owner});
}

Bytes capability_response(ByteView data) {
  Bytes body(4 + data.size());
  ByteWriter(body).be32(static_cast<std::uint32_t>(data.size())).bytes(data);
  return to_bytes(Response{.body = body});
}

Bytes to_bytes(const PermanentFlags& m) {
  return write_flags(kTagPermanentFlags, m, kPermanentOrder);
}

Bytes to_bytes(const StclearFlags& m) {
  return write_flags(kTagStclearFlags, m, kStclearOrder);
}

Bytes to_bytes(const TpmVersion& m) {
  Bytes out(4);
  ByteWriter writer(out);
  write_version(writer, m);
  return out;
}

Bytes to_bytes(const VersionInfo& m) {
  Bytes out(15 + m.vendor_specific.size());
  ByteWriter writer(out);
  writer.be16(kTagVersionInfo);
  write_version(writer, m.version);
  writer.be16(m.spec_level).u8(m.errata_revision).bytes(m.vendor);
  writer.be16(static_cast<std::uint16_t>(m.vendor_specific.size())).bytes(m.vendor_specific);
  return out;
}

Bytes to_bytes(const BuildRecord& m) {
  Bytes out(BuildRecord::size);
  ByteWriter(out).be16(m.hotfix).be16(m.build);
  return out;
}

Bytes to_bytes(const LockoutRecord& m) {
  Bytes out(LockoutRecord::size);
  ByteWriter writer(out);
  writer.be16(m.threshold).be16(m.initial_seconds).be16(m.multiplier).be16(m.fade_out_seconds);
  return out;
}

Bytes to_bytes(const BoardRecord& m) {
  Bytes out(BoardRecord::size);
  ByteWriter(out).bytes(base::as_bytes(BoardRecord::kText)).bytes(m.id.bytes);
  return out;
}

Bytes to_bytes(const DaInfo& m) {
  Bytes out(21 + m.vendor_data.size());
  ByteWriter writer(out);
  writer.be16(kTagDaInfo).u8(m.active ? 1 : 0).be16(m.current_count).be16(m.threshold_count);
  writer.be16(kTagDaAction).be32(m.actions).be32(m.action_depend_value);
  writer.be32(static_cast<std::uint32_t>(m.vendor_data.size())).bytes(m.vendor_data);
  return out;
}

Bytes to_bytes(const DaInfoLimited& m) {
  Bytes out(13 + m.vendor_data.size());
  ByteWriter writer(out);
  writer.be16(kTagDaInfoLimited).u8(m.active ? 1 : 0).be16(kTagDaAction).be32(m.actions);
  writer.be32(static_cast<std::uint32_t>(m.vendor_data.size())).bytes(m.vendor_data);
  return out;
}

std::optional<CapabilityRequest> decode_capability_request(ByteView frame) {
  const auto command = decode_command(frame);
  if (!command || command->ordinal != Ordinal::get_capability) return std::nullopt;
  ByteReader in(command->body);
  CapabilityRequest m;
  m.area = static_cast<CapArea>(in.be32());
  const std::uint32_t size = in.be32();
  m.sub_cap = in.bytes(size);
  if (!in.finished()) return std::nullopt;
  return m;
}

std::optional<ByteView> decode_capability_response(ByteView frame) {
  const auto response = decode_response(frame);
  if (!response || response->code != ReturnCode::success) return std::nullopt;
  ByteReader in(response->body);
  const std::uint32_t size = in.be32();
  const ByteView data = in.bytes(size);
  if (!in.finished()) return std::nullopt;
  return data;
}

std::optional<std::uint32_t> number_of(const CapabilityRequest& request) {
  if (request.sub_cap.size() != 4) return std::nullopt;
  return ByteReader(request.sub_cap).be32();
}

std::optional<PermanentFlags> decode_permanent_flags(ByteView data) {
  return read_flags<PermanentFlags>(kTagPermanentFlags, data, kPermanentOrder);
}

std::optional<StclearFlags> decode_stclear_flags(ByteView data) {
  return read_flags<StclearFlags>(kTagStclearFlags, data, kStclearOrder);
}

std::optional<TpmVersion> decode_version(ByteView data) {
  ByteReader in(data);
  const TpmVersion version = read_version(in);
  if (!in.finished()) return std::nullopt;
  return version;
}

std::optional<VersionInfo> decode_version_info(ByteView data) {
  ByteReader in(data);
  if (in.be16() != kTagVersionInfo) return std::nullopt;
  VersionInfo m;
  m.version = read_version(in);
  m.spec_level = in.be16();
  m.errata_revision = in.u8();
  m.vendor = in.array<4>();
  const std::uint16_t size = in.be16();
  m.vendor_specific = copy_of(in.bytes(size));
  if (!in.finished()) return std::nullopt;
  return m;
}

std::optional<BuildRecord> decode_build_record(ByteView data) {
  ByteReader in(data);
  const BuildRecord m{.hotfix = in.be16(), .build = in.be16()};
  if (!in.finished()) return std::nullopt;
  return m;
}

std::optional<LockoutRecord> decode_lockout_record(ByteView data) {
  ByteReader in(data);
  const LockoutRecord m{.threshold = in.be16(),
                        .initial_seconds = in.be16(),
                        .multiplier = in.be16(),
                        .fade_out_seconds = in.be16()};
  if (!in.finished()) return std::nullopt;
  return m;
}

std::optional<BoardRecord> decode_board_record(ByteView data) {
  ByteReader in(data);
  const bool ours =
      std::ranges::equal(in.bytes(BoardRecord::kText.size()), base::as_bytes(BoardRecord::kText));
  const BoardRecord m{.id = {in.array<BoardId::size>()}};
  if (!ours || !in.finished()) return std::nullopt;
  return m;
}

std::optional<DaInfo> decode_da_info(ByteView data) {
  ByteReader in(data);
  if (in.be16() != kTagDaInfo) return std::nullopt;
  DaInfo m;
  m.active = in.u8() != 0;
  m.current_count = in.be16();
  m.threshold_count = in.be16();
  if (in.be16() != kTagDaAction) return std::nullopt;
  m.actions = in.be32();
  m.action_depend_value = in.be32();
  const std::uint32_t size = in.be32();
  m.vendor_data = copy_of(in.bytes(size));
  if (!in.finished()) return std::nullopt;
  return m;
}

std::optional<DaInfoLimited> decode_da_info_limited(ByteView data) {
  ByteReader in(data);
  if (in.be16() != kTagDaInfoLimited) return std::nullopt;
  DaInfoLimited m;
  m.active = in.u8() != 0;
  if (in.be16() != kTagDaAction) return std::nullopt;
  m.actions = in.be32();
  const std::uint32_t size = in.be32();
  m.vendor_data = copy_of(in.bytes(size));
  if (!in.finished()) return std::nullopt;
  return m;
}

}  // namespace protocol::tpm
