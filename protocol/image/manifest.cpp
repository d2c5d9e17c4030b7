// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/manifest.h"

#include <algorithm>

#include "protocol/generation.h"
#include "protocol/mei/fields.h"

namespace protocol::image {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kPartitionNameWidth = 12;
constexpr std::size_t kModuleNameWidth = 16;
constexpr std::uint32_t kKeyDwords = kRsaBytes / 4;
constexpr std::uint32_t kExponentDwords = 1;
constexpr std::uint32_t kSkuDwords = 3;

void write_tag(ByteWriter& out, std::string_view tag) {
  out.text(tag, 4);
}

/// In ME 8's manifests it stands one word behind everybody else's.
bool has_late_security_version(std::uint16_t major) {
  return nearest_generation(major).security_version_at != Manifest::at_security_version;
}

bool expect_tag(ByteReader& in, std::string_view tag) {
  const ByteView found = in.bytes(4);
  const ByteView wanted = base::as_bytes(tag);
  return std::equal(found.begin(), found.end(), wanted.begin(), wanted.end());
}

}  // namespace

void encode(ByteWriter& out, const Manifest& m) {
  const std::size_t start = out.size();
  out.u32(Manifest::type).u32(Manifest::header_dwords).u32(Manifest::header_version).u32(m.flags);
  out.u32(m.vendor).u32(m.date).u32(m.size_dwords);
  write_tag(out, {m.tag.data(), m.tag.size()});
  out.u32(m.module_count);
  mei::write_version(out, m.version);
  const bool late = has_late_security_version(m.version.major);
  out.u32(late ? 0 : m.security_version).u32(late ? m.security_version : 0);
  out.u32(m.control_number);
  out.zeros(Manifest::at_key_size - (out.size() - start));
  out.u32(kKeyDwords).u32(kExponentDwords).bytes(m.modulus).u32(m.exponent).bytes(m.signature);
  out.text(m.partition_name, kPartitionNameWidth);
}

void encode(ByteWriter& out, const ModuleEntry& m) {
  write_tag(out, "$MME");
  out.bytes(m.guid);
  mei::write_version(out, m.version);
  out.text(m.name, kModuleNameWidth).bytes(m.sha1).u32(m.stored_size).u32(m.flags).zeros(8);
}

void encode(ByteWriter& out, const SkuTrailer& m) {
  write_tag(out, "$SKU");
  out.u32(kSkuDwords).u32(m.attributes);
}

void encode(ByteWriter& out, const ModuleHeader& m) {
  write_tag(out, "$MOD");
  out.zeros(8);
  mei::write_version(out, m.version);
  out.zeros(4).u32(m.compressed_size).u32(m.raw_size).u32(m.load_address).u32(m.mapped_size);
  out.u32(m.entry_point).zeros(4).text(m.name, kModuleNameWidth).bytes(m.guid);
}

std::optional<Manifest> decode_manifest(ByteView data) {
  ByteReader in(data);
  Manifest m;
  in.skip(Manifest::at_flags);
  m.flags = in.u32();
  m.vendor = in.u32();
  m.date = in.u32();
  m.size_dwords = in.u32();
  const auto tag = in.array<4>();
  std::copy(tag.begin(), tag.end(), m.tag.begin());
  m.module_count = in.u32();
  m.version = mei::read_version(in);
  m.security_version = in.u32();
  const std::uint32_t next = in.u32();
  if (has_late_security_version(m.version.major)) m.security_version = next;
  m.control_number = in.u32();
  in.skip(Manifest::at_modulus - in.position());
  m.modulus = in.array<kRsaBytes>();
  m.exponent = in.u32();
  m.signature = in.array<kRsaBytes>();
  m.partition_name = mei::read_text(in, kPartitionNameWidth);
  if (!in.ok()) return std::nullopt;
  return m;
}

std::optional<ModuleEntry> decode_module_entry(ByteView data) {
  ByteReader in(data);
  if (!expect_tag(in, "$MME")) return std::nullopt;
  ModuleEntry m;
  m.guid = in.array<16>();
  m.version = mei::read_version(in);
  m.name = mei::read_text(in, kModuleNameWidth);
  m.sha1 = in.array<20>();
  m.stored_size = in.u32();
  m.flags = in.u32();
  in.skip(8);
  if (!in.ok()) return std::nullopt;
  return m;
}

std::optional<SkuTrailer> decode_sku_trailer(ByteView data) {
  ByteReader in(data);
  if (!expect_tag(in, "$SKU") || in.u32() != kSkuDwords) return std::nullopt;
  const SkuTrailer m{.attributes = in.u32()};
  if (!in.ok()) return std::nullopt;
  return m;
}

std::optional<ModuleHeader> decode_module_header(ByteView data) {
  ByteReader in(data);
  if (!expect_tag(in, "$MOD")) return std::nullopt;
  ModuleHeader m;
  in.skip(8);
  m.version = mei::read_version(in);
  in.skip(4);
  m.compressed_size = in.u32();
  m.raw_size = in.u32();
  m.load_address = in.u32();
  m.mapped_size = in.u32();
  m.entry_point = in.u32();
  in.skip(4);
  m.name = mei::read_text(in, kModuleNameWidth);
  m.guid = in.array<16>();
  if (!in.ok()) return std::nullopt;
  return m;
}

}  // namespace protocol::image
