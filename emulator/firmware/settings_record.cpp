// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/settings_record.h"

#include <algorithm>

namespace emulator::firmware {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::uint32_t kMagic = 0x5445534D;  // "MSET"
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kChecksumAt = SettingsRecord::size - 4;
constexpr std::uint8_t kFlagRemoteConnectivity = 1u << 0;
constexpr std::uint8_t kFlagTls = 1u << 1;

/// CRC-32 (ISO 3309, reflected 04C11DB7h).
std::uint32_t crc32(ByteView data) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::uint8_t byte : data) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
  }
  return ~crc;
}

std::uint8_t flags_of(const Settings& s) {
  std::uint8_t flags = 0;
  if (s.remote_connectivity) flags |= kFlagRemoteConnectivity;
  if (s.tls_enabled) flags |= kFlagTls;
  return flags;
}

std::uint8_t password_length(const Settings& s) {
  return static_cast<std::uint8_t>(
      std::min(s.update_password.size(), SettingsRecord::max_password));
}

Settings read_settings(ByteReader& in) {
  Settings s;
  s.last_update_status = in.u32();
  s.enabled_update_interfaces = in.u16();
  s.local_update = in.u8();
  s.override_counter = in.u8();
  s.override_qualifier = static_cast<protocol::fwu::OverrideQualifier>(in.u8());
  s.provisioning_state = static_cast<protocol::amthi::ProvisioningState>(in.u8());
  s.provisioning_mode = static_cast<protocol::amthi::ProvisioningMode>(in.u8());
  const std::uint8_t flags = in.u8();
  s.remote_connectivity = (flags & kFlagRemoteConnectivity) != 0;
  s.tls_enabled = (flags & kFlagTls) != 0;
  s.power_policy = in.u8();
  const std::size_t length = std::min<std::size_t>(in.u8(), SettingsRecord::max_password);
  const ByteView password = in.bytes(SettingsRecord::max_password).first(length);
  s.update_password.assign(password.begin(), password.end());
  return s;
}

}  // namespace

std::array<std::uint8_t, SettingsRecord::size> encode(const SettingsRecord& record) {
  const Settings& s = record.settings;
  std::array<std::uint8_t, SettingsRecord::size> bytes{};
  ByteWriter out(bytes);
  out.u32(kMagic).u32(kVersion).u32(record.sequence).u32(s.last_update_status);
  out.u16(s.enabled_update_interfaces).u8(s.local_update).u8(s.override_counter);
  out.u8(static_cast<std::uint8_t>(s.override_qualifier))
      .u8(static_cast<std::uint8_t>(s.provisioning_state));
  out.u8(static_cast<std::uint8_t>(s.provisioning_mode)).u8(flags_of(s)).u8(s.power_policy);
  out.u8(password_length(s)).text(s.update_password, SettingsRecord::max_password);
  out.zeros(kChecksumAt - out.size()).u32(crc32(out.written()));
  return bytes;
}

std::optional<SettingsRecord> decode_settings_record(ByteView bytes) {
  if (bytes.size() < SettingsRecord::size) return std::nullopt;
  ByteReader in(bytes);
  if (in.u32() != kMagic || in.u32() != kVersion) return std::nullopt;
  if (ByteReader(bytes.subspan(kChecksumAt)).u32() != crc32(bytes.first(kChecksumAt)))
    return std::nullopt;
  SettingsRecord record;
  record.sequence = in.u32();
  record.settings = read_settings(in);
  return record;
}

}  // namespace emulator::firmware
