// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/image/partition_table.h"

#include <numeric>

#include "protocol/mei/fields.h"

namespace protocol::image {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::uint8_t kHeaderVersion = 0x10;       // BCD 1.0
constexpr std::uint8_t kHeaderVersionLater = 0x20;  // BCD 2.0
constexpr std::uint32_t kLaterEntryFlags = 0x2700;
constexpr std::uint32_t kLaterCodeFlag = 0x80;
using Vectors = std::array<std::uint8_t, PartitionTable::offset_in_region>;
constexpr Vectors kLaterVectors = {0x20, 0x20, 0x80, 0x0F, 0x40, 0x00, 0x00, 0x10};
constexpr std::uint8_t kEntryVersion = 0x10;
constexpr std::uint16_t kFlashCycleLife = 7;
constexpr std::uint16_t kFlashCycleLimit = 100;
constexpr std::uint32_t kMaxPartitions = 64;
constexpr std::uint32_t kTypeMask = 0x7F;

std::uint8_t byte_sum(ByteView data) {
  return std::accumulate(
      data.begin(), data.end(), std::uint8_t{0},
      [](std::uint8_t sum, std::uint8_t b) { return static_cast<std::uint8_t>(sum + b); });
}

void write_header(ByteWriter& out, const PartitionTable& t, std::uint8_t checksum) {
  out.text("$FPT", 4)
      .u32(static_cast<std::uint32_t>(t.partitions.size()))
      .u8(t.form == TableForm::v20 ? kHeaderVersionLater : kHeaderVersion)
      .u8(kEntryVersion);
  const std::size_t length =
      t.sums_vectors ? PartitionTable::size_with_vectors : PartitionTable::header_size;
  out.u8(static_cast<std::uint8_t>(length)).u8(checksum).u16(kFlashCycleLife).u16(kFlashCycleLimit);
  out.u32(t.uma_size).u32(0);
  mei::write_version(out, t.fitc);
}

std::uint32_t entry_flags(const Partition& p, TableForm form) {
  const std::uint32_t type = static_cast<std::uint32_t>(p.type) & kTypeMask;
  if (form == TableForm::v10) return type;
  return kLaterEntryFlags | type | (p.type == PartitionType::code ? kLaterCodeFlag : 0);
}

void write_entry(ByteWriter& out, const Partition& p, TableForm form) {
  out.text(p.name, 4).text(p.owner, 4).u32(p.offset).u32(p.size).u32(1).u32(1).u32(0);
  out.u32(entry_flags(p, form));
}

Partition read_entry(ByteReader& in) {
  Partition p;
  p.name = mei::read_text(in, 4);
  p.owner = mei::read_text(in, 4);
  p.offset = in.u32();
  p.size = in.u32();
  in.skip(12);
  p.type = static_cast<PartitionType>(in.u32() & kTypeMask);
  return p;
}

}  // namespace

const Partition* PartitionTable::find(std::string_view name) const {
  for (const Partition& p : partitions) {
    if (p.name == name) return &p;
  }
  return nullptr;
}

void encode(ByteWriter& out, const PartitionTable& t) {
  std::array<std::uint8_t, PartitionTable::header_size> header{};
  ByteWriter draft(header);
  write_header(draft, t, 0);
  const bool has_vectors = t.form == TableForm::v20 && t.sums_vectors;
  const Vectors vectors = has_vectors ? kLaterVectors : Vectors{};
  out.bytes(vectors);
  write_header(out, t, static_cast<std::uint8_t>(-(byte_sum(header) + byte_sum(vectors))));
  for (const Partition& p : t.partitions) write_entry(out, p, t.form);
}

std::optional<std::size_t> find_partition_table(ByteView region) {
  for (const std::size_t at : {PartitionTable::offset_in_region, std::size_t{0}}) {
    if (region.size() < at + 4) continue;
    ByteReader in(region.subspan(at));
    if (mei::read_text(in, 4) == "$FPT") return at;
  }
  return std::nullopt;
}

std::optional<ByteView> summed_header(ByteView region, std::size_t at) {
  if (region.size() < at + PartitionTable::header_size) return std::nullopt;
  const std::size_t length = region[at + PartitionTable::at_header_length];
  if (length == PartitionTable::header_size) return region.subspan(at, length);
  if (at == PartitionTable::offset_in_region && length == PartitionTable::size_with_vectors)
    return region.first(length);
  return std::nullopt;
}

std::optional<PartitionTable> decode_partition_table(ByteView region) {
  const auto at = find_partition_table(region);
  if (!at) return std::nullopt;
  const auto header = summed_header(region, *at);
  if (!header || byte_sum(*header) != 0) return std::nullopt;
  ByteReader in(region.subspan(*at));
  in.skip(4);
  const std::uint32_t count = in.u32();
  PartitionTable t;
  t.form = in.u8() == kHeaderVersionLater ? TableForm::v20 : TableForm::v10;
  in.skip(1);
  t.sums_vectors = in.u8() != PartitionTable::header_size;
  in.skip(5);
  t.uma_size = in.u32();
  in.skip(4);
  t.fitc = mei::read_version(in);
  if (!in.ok() || count > kMaxPartitions) return std::nullopt;
  for (std::uint32_t i = 0; i < count; ++i) t.partitions.push_back(read_entry(in));
  if (!in.ok()) return std::nullopt;
  return t;
}

}  // namespace protocol::image
