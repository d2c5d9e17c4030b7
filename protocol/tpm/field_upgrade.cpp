// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/tpm/field_upgrade.h"

#include "base/secret.h"
#include "protocol/tpm/frame.h"

namespace protocol::tpm {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kMaxPassword = 32;
constexpr std::uint8_t kOwnerSet = 0x01;
constexpr std::uint8_t kUnownedAllowed = 0x02;
constexpr std::uint8_t kDeferredPresenceFlag = 0x08;
constexpr std::uint8_t kWorksInactive = 0x10;

std::uint8_t xor_of(ByteView bytes) {
  std::uint8_t sum = 0;
  for (const std::uint8_t b : bytes) sum ^= b;
  return sum;
}

bool is_known(UpgradeCommand command) {
  switch (command) {
    case UpgradeCommand::information:
    case UpgradeCommand::status:
    case UpgradeCommand::data:
    case UpgradeCommand::complete:
    case UpgradeCommand::abort:
    case UpgradeCommand::start:
      return true;
  }
  return false;
}

/// A length word and room for `size` bytes behind it.
template <class Fill>
Bytes sized(std::size_t size, Fill fill) {
  Bytes out(2 + size);
  ByteWriter writer(out);
  writer.be16(static_cast<std::uint16_t>(size));
  fill(writer);
  return out;
}

std::optional<ByteReader> open_sized(ByteView bytes, std::size_t size) {
  ByteReader in(bytes);
  if (in.be16() != size || in.remaining() != size) return std::nullopt;
  return in;
}

std::uint8_t flags_of(const UpgradeInformation& m) {
  unsigned flags = 0;
  if (m.owner_set) flags |= kOwnerSet;
  if (m.unowned_allowed) flags |= kUnownedAllowed;
  if (m.deferred_presence) flags |= kDeferredPresenceFlag;
  if (m.works_inactive) flags |= kWorksInactive;
  return static_cast<std::uint8_t>(flags);
}

}  // namespace

Bytes to_bytes(const UpgradeBody& m) {
  const std::size_t checked = 3 + m.data.size();
  Bytes out(checked + (has_check_byte(m.command) ? 1 : 0));
  ByteWriter writer(out);
  writer.u8(static_cast<std::uint8_t>(m.command)).be16(static_cast<std::uint16_t>(m.data.size()));
  writer.bytes(m.data);
  if (has_check_byte(m.command)) out.back() = xor_of(ByteView(out).first(checked));
  return out;
}

Bytes to_bytes(const UpgradeStart& m) {
  Bytes out(4 + kDigestSize + m.oem_id.size() + 1 + m.password.size());
  ByteWriter writer(out);
  writer.be32(m.image_length).bytes(m.image_digest).bytes(m.oem_id);
  writer.u8(static_cast<std::uint8_t>(m.password.size())).bytes(base::as_bytes(m.password));
  return out;
}

Bytes upgrade_command(UpgradeCommand command, ByteView data) {
  Bytes body = to_bytes(UpgradeBody{.command = command, .data = data});
  Bytes frame = to_bytes(Command{.ordinal = Ordinal::field_upgrade, .body = body});
  base::wipe(body);  // A start holds the update's password.
  return frame;
}

Bytes to_bytes(const UpgradeInformation& m) {
  return sized(UpgradeInformation::size, [&m](ByteWriter& out) {
    out.u8(m.layout).u8(flags_of(m)).be16(m.max_block).u8(static_cast<std::uint8_t>(m.state));
    out.be16(m.version.major).be16(m.version.minor).be16(m.version.hotfix).be16(m.version.build);
    out.be32(m.last_status);
  });
}

Bytes to_bytes(const UpgradeStatus& m) {
  const bool first = m.layout == kFirstUpgradeLayout;
  return sized(first ? UpgradeStatus::first_size : UpgradeStatus::size, [&](ByteWriter& out) {
    out.u8(static_cast<std::uint8_t>(m.state)).u8(static_cast<std::uint8_t>(m.feeder));
    out.be32(m.announced).be32(m.received).be32(m.last_status).be32(m.reset_type);
    if (!first) out.bytes(m.digest).u8(static_cast<std::uint8_t>(m.working));
  });
}

Bytes to_bytes(const UpgradeOutcome& m) {
  return sized(UpgradeOutcome::size,
               [&m](ByteWriter& out) { out.be32(m.status).be32(m.reset_type); });
}

DecodedBody decode_upgrade_body(ByteView bytes) {
  ByteReader in(bytes);
  DecodedBody out;
  out.body.command = static_cast<UpgradeCommand>(in.u8());
  const std::uint16_t size = in.be16();
  out.body.data = in.bytes(size);
  if (!in.ok()) return {.body = {}, .fault = BodyFault::length};
  if (!is_known(out.body.command)) return {.body = out.body, .fault = BodyFault::unknown_command};
  if (has_check_byte(out.body.command)) {
    const std::uint8_t check = in.u8();
    if (in.ok() && check != xor_of(bytes.first(3u + size))) out.fault = BodyFault::check_byte;
  }
  if (!in.finished()) out.fault = BodyFault::length;
  return out;
}

std::optional<UpgradeStart> decode_upgrade_start(ByteView data) {
  ByteReader in(data);
  UpgradeStart m;
  m.image_length = in.be32();
  m.image_digest = in.array<kDigestSize>();
  m.oem_id = in.array<16>();
  const std::uint8_t used = in.u8();
  const ByteView password = in.bytes(used);
  if (!in.finished() || used > kMaxPassword) return std::nullopt;
  m.password = {reinterpret_cast<const char*>(password.data()), password.size()};
  return m;
}

std::optional<UpgradeInformation> decode_upgrade_information(ByteView out_params) {
  auto in = open_sized(out_params, UpgradeInformation::size);
  if (!in) return std::nullopt;
  UpgradeInformation m;
  m.layout = in->u8();
  const std::uint8_t flags = in->u8();
  m.owner_set = (flags & kOwnerSet) != 0;
  m.unowned_allowed = (flags & kUnownedAllowed) != 0;
  m.deferred_presence = (flags & kDeferredPresenceFlag) != 0;
  m.works_inactive = (flags & kWorksInactive) != 0;
  m.max_block = in->be16();
  m.state = static_cast<UpgradeState>(in->u8());
  m.version = {.major = in->be16(), .minor = in->be16(), .hotfix = in->be16(), .build = in->be16()};
  m.last_status = in->be32();
  return m;
}

std::optional<UpgradeStatus> decode_upgrade_status(ByteView out_params) {
  auto in = open_sized(out_params, UpgradeStatus::size);
  const bool first = !in;
  if (first) in = open_sized(out_params, UpgradeStatus::first_size);
  if (!in) return std::nullopt;
  UpgradeStatus m{.layout = first ? kFirstUpgradeLayout : kUpgradeLayout,
                  .state = static_cast<UpgradeState>(in->u8()),
                  .feeder = static_cast<UpgradeFeeder>(in->u8()),
                  .announced = in->be32(),
                  .received = in->be32(),
                  .last_status = in->be32(),
                  .reset_type = in->be32()};
  if (first) return m;
  m.digest = in->array<kDigestSize>();
  m.working = static_cast<UpgradeWork>(in->u8());
  return m;
}

std::optional<UpgradeOutcome> decode_upgrade_outcome(ByteView out_params) {
  auto in = open_sized(out_params, UpgradeOutcome::size);
  if (!in) return std::nullopt;
  return UpgradeOutcome{.status = in->be32(), .reset_type = in->be32()};
}

}  // namespace protocol::tpm
