// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/mn2.h"

#include <algorithm>

#include "protocol/mei/fields.h"

namespace protocol::image {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kMn2NameWidth = 16;
constexpr std::uint32_t kMn2SkuDwords = 4;

bool starts_with(ByteView bytes, std::string_view tag) {
  const ByteView wanted = base::as_bytes(tag);
  return bytes.size() >= wanted.size() && std::equal(wanted.begin(), wanted.end(), bytes.begin());
}

}  // namespace

void encode(ByteWriter& out, const Mn2Module& m) {
  auto stored = m.sha256;
  std::reverse(stored.begin(), stored.end());
  out.text("$MME", 4).text(m.name, kMn2NameWidth).bytes(stored);
  out.u32(m.base).u32(m.offset).u32(m.raw_size).u32(m.stored_size).u32(m.memory_size).zeros(4);
  out.u32(m.entry).u32(static_cast<std::uint32_t>(m.compression) << 4).zeros(12);
}

void encode(ByteWriter& out, const Mn2Sku& m) {
  out.text("$SKU", 4).u32(kMn2SkuDwords).u64(m.attributes);
}

std::optional<Mn2Module> decode_mn2_module(ByteView data) {
  if (!starts_with(data, "$MME") || data.size() < Mn2Module::size) return std::nullopt;
  ByteReader in(data.subspan(4));
  Mn2Module m;
  m.name = mei::read_text(in, kMn2NameWidth);
  m.sha256 = in.array<32>();
  std::reverse(m.sha256.begin(), m.sha256.end());
  m.base = in.u32();
  m.offset = in.u32();
  m.raw_size = in.u32();
  m.stored_size = in.u32();
  m.memory_size = in.u32();
  in.skip(4);
  m.entry = in.u32();
  m.compression = static_cast<Mn2Compression>(in.u32() >> 4 & 7);
  return m;
}

std::optional<Mn2Sku> decode_mn2_sku(ByteView data) {
  if (!starts_with(data, "$SKU") || data.size() < Mn2Sku::size) return std::nullopt;
  ByteReader in(data.subspan(4));
  if (in.u32() != kMn2SkuDwords) return std::nullopt;
  return Mn2Sku{.attributes = in.u64()};
}

std::optional<Mn2Sku> find_mn2_sku(ByteView rest) {
  while (rest.size() >= 4 && rest[0] == 0xFF) rest = rest.subspan(4);
  while (rest.size() >= 8 && rest[0] == '$') {
    if (const auto sku = decode_mn2_sku(rest)) return sku;
    const std::uint64_t length = std::uint64_t{ByteReader(rest.subspan(4)).u32()} * 4;
    if (length < 8 || length > rest.size()) break;
    rest = rest.subspan(static_cast<std::size_t>(length));
  }
  return std::nullopt;
}

}  // namespace protocol::image
