// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/amthi.h"

#include "protocol/mei/fields.h"

namespace protocol::amthi {
namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kBiosWidth = 65;
constexpr std::size_t kStringWidth = 20;
constexpr std::size_t kEntrySize = 2 * (2 + kStringWidth);
constexpr std::size_t kStatusSize = 4;
/// Readers look for the NUL behind a string inside its field, so the last byte is never text.
constexpr std::size_t kMaxStringLength = kStringWidth - 1;

void write_string(ByteWriter& out, const std::string& text) {
  const std::string kept = text.substr(0, kMaxStringLength);
  out.u16(static_cast<std::uint16_t>(kept.size())).text(kept, kStringWidth);
}

/// A counted string in a 20-byte field; a count beyond the field is malformed.
std::optional<std::string> read_string(ByteReader& in) {
  const std::uint16_t length = in.u16();
  const std::string text = mei::read_text(in, kStringWidth);
  if (length > kStringWidth) return std::nullopt;
  return text.substr(0, length);
}

/// AMT_ANSI_STRING: u16 length, then so many bytes.
Bytes counted_text(std::string_view text) {
  Bytes body(2 + text.size());
  ByteWriter(body).u16(static_cast<std::uint16_t>(text.size())).bytes(base::as_bytes(text));
  return body;
}

std::optional<std::string> read_counted_text(ByteView body) {
  ByteReader in(body);
  const ByteView text = in.bytes(in.u16());
  if (!in.finished()) return std::nullopt;
  return std::string(text.begin(), text.end());
}

std::uint32_t word_of(bool value) {
  return value ? 1 : 0;
}

}  // namespace

void encode(ByteWriter& out, const Header& h) {
  out.u8(h.version_major).u8(h.version_minor).u16(h.reserved).u32(h.command).u32(h.length);
}

std::optional<Header> decode_header(ByteView message) {
  ByteReader in(message);
  Header h;
  h.version_major = in.u8();
  h.version_minor = in.u8();
  h.reserved = in.u16();
  h.command = in.u32();
  h.length = in.u32();
  if (!in.ok()) return std::nullopt;
  return h;
}

void encode_request(ByteWriter& out, std::uint32_t command, ByteView body) {
  encode(out, Header{.command = command, .length = static_cast<std::uint32_t>(body.size())});
  out.bytes(body);
}

void encode_response(ByteWriter& out, std::uint32_t command, std::uint32_t status, ByteView body) {
  const auto length = static_cast<std::uint32_t>(kStatusSize + body.size());
  encode(out, Header{.command = command | kResponseBit, .length = length});
  out.u32(status).bytes(body);
}

std::optional<Response> decode_response(ByteView message, std::uint32_t command) {
  const std::optional<Header> h = decode_header(message);
  if (!h || h->command != (command | kResponseBit) || h->reserved != 0) return std::nullopt;
  if (h->version_major < 1 || (h->version_major == 1 && h->version_minor < 1)) return std::nullopt;
  if (message.size() != Header::size + h->length) return std::nullopt;
  ByteReader in(message.subspan(Header::size));
  Response r{.status = in.u32(), .body = {}};
  if (!in.ok()) return std::nullopt;
  r.body = in.bytes(in.remaining());
  return r;
}

std::string CodeVersions::find(std::string_view description) const {
  for (const Entry& entry : entries) {
    if (entry.description == description) return entry.version;
  }
  return {};
}

Bytes encode_body(const CodeVersions& m) {
  Bytes body(kBiosWidth + 4 + m.entries.size() * kEntrySize);
  ByteWriter out(body);
  out.text(m.bios, kBiosWidth).u32(static_cast<std::uint32_t>(m.entries.size()));
  for (const CodeVersions::Entry& entry : m.entries) {
    write_string(out, entry.description);
    write_string(out, entry.version);
  }
  return body;
}

std::optional<CodeVersions> decode_code_versions(ByteView body) {
  ByteReader in(body);
  CodeVersions m;
  m.bios = mei::read_text(in, kBiosWidth);
  const std::uint32_t count = in.u32();
  if (!in.ok() || count > CodeVersions::max_entries || in.remaining() / kEntrySize != count)
    return std::nullopt;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto description = read_string(in);
    const auto version = read_string(in);
    if (!description || !version) return std::nullopt;
    m.entries.push_back({.description = *description, .version = *version});
  }
  return m;
}

std::optional<std::uint32_t> decode_word(ByteView body) {
  ByteReader in(body);
  const std::uint32_t value = in.u32();
  if (!in.ok()) return std::nullopt;
  return value;
}

Bytes encode_body(const ProvisioningModeReply& m) {
  Bytes body(ProvisioningModeReply::size);
  ByteWriter(body).u32(static_cast<std::uint32_t>(m.mode)).u32(word_of(m.legacy));
  return body;
}

std::optional<ProvisioningModeReply> decode_provisioning_mode(ByteView body) {
  if (body.size() != ProvisioningModeReply::size) return std::nullopt;
  ByteReader in(body);
  return ProvisioningModeReply{.mode = static_cast<ProvisioningMode>(in.u32()),
                               .legacy = in.u32() != 0};
}

Bytes encode_body(ProvisioningState state) {
  Bytes body(4);
  ByteWriter(body).u32(static_cast<std::uint32_t>(state));
  return body;
}

Bytes encode_body(const HostResetReason& m) {
  Bytes body(HostResetReason::size);
  ByteWriter(body).u32(m.reason).u32(m.remote_control_time);
  return body;
}

std::optional<HostResetReason> decode_host_reset_reason(ByteView body) {
  if (body.size() != HostResetReason::size) return std::nullopt;
  ByteReader in(body);
  return HostResetReason{.reason = in.u32(), .remote_control_time = in.u32()};
}

Bytes encode_body(const FeaturesState& m) {
  Bytes body(FeaturesState::size);
  ByteWriter(body)
      .u32(static_cast<std::uint32_t>(m.feature))
      .u32(m.words[0])
      .u32(m.words[1])
      .u32(m.words[2]);
  return body;
}

std::optional<FeaturesState> decode_features_state(ByteView body) {
  if (body.size() != FeaturesState::size) return std::nullopt;
  ByteReader in(body);
  return FeaturesState{.feature = static_cast<Feature>(in.u32()),
                       .words = {in.u32(), in.u32(), in.u32()}};
}

Bytes encode_body(const RemoteAccessStatus& m) {
  Bytes body(14 + m.host.size());
  ByteWriter(body)
      .u32(m.network)
      .u32(m.connection)
      .u32(m.trigger)
      .u16(static_cast<std::uint16_t>(m.host.size()))
      .bytes(base::as_bytes(m.host));
  return body;
}

std::optional<RemoteAccessStatus> decode_remote_access_status(ByteView body) {
  ByteReader in(body);
  RemoteAccessStatus m{
      .network = in.u32(), .connection = in.u32(), .trigger = in.u32(), .host = {}};
  const std::uint16_t length = in.u16();
  m.host = mei::read_text(in, length);
  if (!in.finished()) return std::nullopt;
  return m;
}

Bytes encode_dns_suffix_list(std::span<const std::string> suffixes) {
  std::string list;
  for (const std::string& suffix : suffixes) list += suffix + '\0';
  return counted_text(list);
}

std::optional<std::vector<std::string>> decode_dns_suffix_list(ByteView body) {
  const auto list = read_counted_text(body);
  if (!list || (!list->empty() && list->back() != '\0')) return std::nullopt;
  std::vector<std::string> suffixes;
  for (std::size_t at = 0; at < list->size(); at = list->find('\0', at) + 1)
    suffixes.emplace_back(list->c_str() + at);
  return suffixes;
}

Bytes encode_power_policy(std::string_view policy) {
  return counted_text(policy);
}

std::optional<std::string> decode_power_policy(ByteView body) {
  return read_counted_text(body);
}

Bytes encode_body(const LanInterface& m) {
  Bytes body(LanInterface::size);
  ByteWriter(body)
      .u32(m.enabled ? 1 : 0)
      .u32(m.ipv4)
      .u32(m.dhcp_enabled ? 1 : 0)
      .u8(m.dhcp_mode)
      .u8(m.link_up ? 1 : 0)
      .bytes(m.mac);
  return body;
}

std::optional<LanInterface> decode_lan_interface(ByteView body) {
  if (body.size() != LanInterface::size) return std::nullopt;
  ByteReader in(body);
  LanInterface m;
  m.enabled = in.u32() != 0;
  m.ipv4 = in.u32();
  m.dhcp_enabled = in.u32() != 0;
  m.dhcp_mode = in.u8();
  m.link_up = in.u8() != 0;
  m.mac = in.array<6>();
  return m;
}

Bytes encode_body(const SecurityParameters& m) {
  Bytes body(SecurityParameters::size);
  ByteWriter out(body);
  out.u32(word_of(m.enterprise_mode)).u32(word_of(m.tls_enabled)).u32(word_of(m.hardware_crypto));
  out.u32(static_cast<std::uint32_t>(m.provisioning_state))
      .u32(word_of(m.network_interface_enabled));
  out.u32(word_of(m.sol_enabled))
      .u32(word_of(m.ider_enabled))
      .u32(word_of(m.firmware_update_enabled));
  out.u32(word_of(m.link_up));
  return body;
}

std::optional<SecurityParameters> decode_security_parameters(ByteView body) {
  if (body.size() != SecurityParameters::size) return std::nullopt;
  ByteReader in(body);
  SecurityParameters m;
  m.enterprise_mode = in.u32() != 0;
  m.tls_enabled = in.u32() != 0;
  m.hardware_crypto = in.u32() != 0;
  m.provisioning_state = static_cast<ProvisioningState>(in.u32());
  m.network_interface_enabled = in.u32() != 0;
  m.sol_enabled = in.u32() != 0;
  m.ider_enabled = in.u32() != 0;
  m.firmware_update_enabled = in.u32() != 0;
  m.link_up = in.u32() != 0;
  return m;
}

Bytes encode_body(const AmtState& m) {
  Bytes body(AmtState::size);
  ByteWriter(body)
      .bytes(kAmtStateUuid.bytes)
      .u32(5)
      .u8(m.link_up ? 1 : 0)
      .u8(m.hardware_sku)
      .u8(m.crypto_fuse ? 1 : 0)
      .u8(m.flash_protection ? 1 : 0)
      .u8(m.last_reset_reason);
  return body;
}

std::optional<AmtState> decode_amt_state(ByteView body) {
  if (body.size() != AmtState::size) return std::nullopt;
  ByteReader in(body);
  if (in.array<16>() != kAmtStateUuid.bytes || in.u32() != 5) return std::nullopt;
  AmtState m;
  m.link_up = in.u8() != 0;
  m.hardware_sku = in.u8();
  m.crypto_fuse = in.u8() != 0;
  m.flash_protection = in.u8() != 0;
  m.last_reset_reason = in.u8();
  return m;
}

}  // namespace protocol::amthi
