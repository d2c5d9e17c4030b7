// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/cpd.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "protocol/image/libcrypto.h"
#include "protocol/mei/fields.h"

namespace protocol::image {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::string_view kCpdTag = "$CPD";
constexpr std::uint8_t kCpdVersion = 1;
constexpr std::uint32_t kMostCpdEntries = 256;
constexpr std::size_t kCpdNameWidth = 12;
constexpr std::uint32_t kCpdOffsetMask = (1u << 25) - 1;
constexpr std::uint8_t kProcess = 0;  ///< a module's type
constexpr std::uint16_t kModuleReserved = 0xFFFF;
constexpr std::uint32_t kCsme = 3;  ///< at 64h of extension 03, as CSME has it
constexpr std::uint16_t kModuleVendor = 0x8086;
constexpr std::size_t kExtensionHeader = 8;

std::uint8_t sum_of(ByteView bytes) {
  const auto add = [](std::uint8_t sum, std::uint8_t b) {
    return static_cast<std::uint8_t>(sum + b);
  };
  return std::accumulate(bytes.begin(), bytes.end(), std::uint8_t{0}, add);
}

void write_cpd(ByteWriter& out, const Cpd& cpd, std::uint8_t checksum) {
  out.text(kCpdTag, 4).u32(static_cast<std::uint32_t>(cpd.entries.size()));
  out.u8(kCpdVersion).u8(1).u8(Cpd::header_size).u8(checksum).text(cpd.partition, 4);
  for (const CpdEntry& e : cpd.entries) {
    out.text(e.name, kCpdNameWidth).u32(e.offset | (e.is_huffman ? CpdEntry::huffman : 0));
    out.u32(e.size).u32(0);
  }
}

void write_reversed(ByteWriter& out, ByteView hash, std::size_t size) {
  if (hash.empty()) out.zeros(size);
  out.bytes(base::Bytes(hash.rbegin(), hash.rend()));
}

CpdHash read_reversed(ByteReader& in, std::size_t size) {
  const ByteView stored = in.bytes(size);
  return {stored.rbegin(), stored.rend()};
}

CpdModule read_module(ByteReader& in) {
  CpdModule m;
  m.name = mei::read_text(in, kCpdNameWidth);
  in.skip(1);
  m.compression = static_cast<CpdCompression>(in.u8());
  in.skip(2);
  m.metadata_size = in.u32();
  m.metadata_sha256 = in.array<std::tuple_size_v<Sha256>>();
  std::reverse(m.metadata_sha256.begin(), m.metadata_sha256.end());
  return m;
}

}  // namespace

const CpdEntry* Cpd::find(std::string_view name) const {
  for (const CpdEntry& e : entries) {
    if (e.name == name) return &e;
  }
  return nullptr;
}

Sha384 sha384(ByteView first, ByteView second) {
  return libcrypto::digest<48>(EVP_sha384(), first, second);
}

CpdHash cpd_hash(ManifestForm form, ByteView first, ByteView second) {
  if (form == ManifestForm::cpd_r1) {
    const auto hash = libcrypto::digest<32>(EVP_sha256(), first, second);
    return {hash.begin(), hash.end()};
  }
  const Sha384 hash = sha384(first, second);
  return {hash.begin(), hash.end()};
}

void encode(ByteWriter& out, const Cpd& cpd) {
  base::Bytes draft(Cpd::header_size + cpd.entries.size() * CpdEntry::size_on_flash);
  ByteWriter unsummed(draft);
  write_cpd(unsummed, cpd, 0);
  write_cpd(out, cpd, static_cast<std::uint8_t>(-sum_of(draft)));
}

void encode(ByteWriter& out, const PartitionInfo& info) {
  out.u32(PartitionInfo::tag).u32(static_cast<std::uint32_t>(info.size_on_flash()));
  out.text(info.name, 4).u32(info.size);
  write_reversed(out, info.hash, hash_size(info.form));
  out.u32(info.control_number).zeros(8).u32(info.instance).u32(0).zeros(16).u32(kCsme);
  for (const CpdModule& m : info.modules) {
    out.text(m.name, kCpdNameWidth).u8(kProcess).u8(static_cast<std::uint8_t>(m.compression));
    out.u16(kModuleReserved).u32(m.metadata_size);
    write_reversed(out, m.metadata_sha256, m.metadata_sha256.size());
  }
}

void encode(ByteWriter& out, const ClientSystemInfo& info) {
  out.u32(ClientSystemInfo::tag).u32(ClientSystemInfo::size_on_flash);
  out.u32(info.capabilities).zeros(28).u64(info.attributes);
}

void encode(ByteWriter& out, const ModuleAttributes& m) {
  out.u32(ModuleAttributes::tag);
  out.u32(static_cast<std::uint32_t>(ModuleAttributes::size_with(m.form)));
  out.u8(static_cast<std::uint8_t>(m.compression)).zeros(3);
  out.u32(m.raw_size).u32(m.stored_size).u16(0).u16(kModuleVendor);
  write_reversed(out, m.hash, hash_size(m.form));
}

bool begins_with_cpd(ByteView bytes) {
  const ByteView wanted = base::as_bytes(kCpdTag);
  return bytes.size() >= wanted.size() && std::equal(wanted.begin(), wanted.end(), bytes.begin());
}

std::optional<Cpd> decode_cpd(ByteView partition) {
  if (!begins_with_cpd(partition) || partition.size() < Cpd::header_size) return std::nullopt;
  ByteReader in(partition.subspan(4));
  const std::uint32_t count = in.u32();
  const bool ours = in.u8() == kCpdVersion && in.u8() == 1 && in.u8() == Cpd::header_size;
  const std::size_t size = Cpd::header_size + std::size_t{count} * CpdEntry::size_on_flash;
  if (!ours || count > kMostCpdEntries || size > partition.size()) return std::nullopt;
  if (sum_of(partition.first(size)) != 0) return std::nullopt;
  in.skip(1);
  Cpd cpd{.partition = mei::read_text(in, 4), .entries = {}};
  for (std::uint32_t i = 0; i < count; ++i) {
    CpdEntry e;
    e.name = mei::read_text(in, kCpdNameWidth);
    const std::uint32_t place = in.u32();
    e.offset = place & kCpdOffsetMask;
    e.is_huffman = (place & CpdEntry::huffman) != 0;
    e.size = in.u32();
    in.skip(4);
    cpd.entries.push_back(std::move(e));
  }
  return cpd;
}

ByteView find_extension(ByteView rest, std::uint32_t tag) {
  while (rest.size() >= kExtensionHeader) {
    ByteReader in(rest);
    const std::uint32_t found = in.u32();
    const std::uint32_t length = in.u32();
    if (length < kExtensionHeader || length > rest.size()) break;
    if (found == tag) return rest.first(length);
    rest = rest.subspan(length);
  }
  return {};
}

std::optional<PartitionInfo> decode_partition_info(ByteView extensions, ManifestForm form) {
  const ByteView bytes = find_extension(extensions, PartitionInfo::tag);
  if (bytes.size() < PartitionInfo::fixed_size(form)) return std::nullopt;
  ByteReader in(bytes.subspan(kExtensionHeader));
  PartitionInfo info;
  info.form = form;
  info.name = mei::read_text(in, 4);
  info.size = in.u32();
  info.hash = read_reversed(in, hash_size(form));
  info.control_number = in.u32();
  in.skip(8);
  info.instance = in.u32();
  in.skip(PartitionInfo::fixed_size(form) - kExtensionHeader - in.position());
  while (in.remaining() >= CpdModule::size) info.modules.push_back(read_module(in));
  return info;
}

std::optional<ClientSystemInfo> decode_client_system_info(ByteView extensions) {
  const ByteView bytes = find_extension(extensions, ClientSystemInfo::tag);
  if (bytes.size() < ClientSystemInfo::size_on_flash) return std::nullopt;
  ByteReader in(bytes.subspan(kExtensionHeader));
  ClientSystemInfo info{.capabilities = in.u32(), .attributes = 0};
  in.skip(28);
  info.attributes = in.u64();
  return info;
}

std::optional<ModuleAttributes> decode_module_attributes(ByteView extensions, ManifestForm form) {
  const ByteView bytes = find_extension(extensions, ModuleAttributes::tag);
  if (bytes.size() < ModuleAttributes::size_with(form)) return std::nullopt;
  ByteReader in(bytes.subspan(kExtensionHeader));
  ModuleAttributes m;
  m.form = form;
  m.compression = static_cast<CpdCompression>(in.u8());
  in.skip(3);
  m.raw_size = in.u32();
  m.stored_size = in.u32();
  in.skip(4);
  m.hash = read_reversed(in, hash_size(form));
  return m;
}

}  // namespace protocol::image
