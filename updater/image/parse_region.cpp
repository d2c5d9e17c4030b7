// SPDX-License-Identifier: BSD-3-Clause
// $FPT of an ME region, with or without the 16 ROM bypass bytes in front of it.
#include <fmt/format.h>

#include <numeric>

#include "protocol/image/manifest_form.h"
#include "updater/image/cpd_file.h"
#include "updater/image/parse_code.h"
#include "updater/image/update_file.h"

namespace updater::image {
namespace {

using base::ByteReader;
using base::ByteView;
using protocol::image::Partition;
using protocol::image::PartitionTable;
using protocol::image::PartitionType;

constexpr std::size_t kAtCount = 0x04;
constexpr std::size_t kEntryAtOffset = 0x08;
constexpr std::uint32_t kMostPartitions = 64;
constexpr std::uint32_t kUnused = 0xFFFFFFFF;
constexpr const char* kCodePartition = "CODE";

Defect bad_layout(std::size_t offset, std::string field, std::string what) {
  return {offset, std::move(field), std::move(what), protocol::update::ToolError::partition_layout};
}

/// Names the field for which decode_partition_table() would refuse the region. Its table lies at
/// `table_at`, which is `at` of the file.
std::optional<Defect> judge_table(ByteView region, std::size_t table_at, std::size_t at) {
  const ByteView table = region.subspan(table_at);
  if (table.size() < PartitionTable::header_size)
    return bad_length(at, "$FPT header", "is cut short");
  ByteReader in(table.subspan(kAtCount));
  const std::uint32_t count = in.u32();
  const auto header = protocol::image::summed_header(region, table_at);
  if (!header) {
    return bad_field(
        at + PartitionTable::at_header_length, "$FPT header length",
        fmt::format("is 0x{:02X}, must be 0x20{}", table[PartitionTable::at_header_length],
                    table_at == 0 ? "" : ", or 0x30 with the ROM bypass vectors"));
  }
  const unsigned sum = std::accumulate(header->begin(), header->end(), 0u) & 0xFF;
  if (sum != 0) {
    return bad_field(at + PartitionTable::at_checksum, "$FPT checksum",
                     fmt::format("makes the header sum to 0x{:02X}, must be 0", sum));
  }
  if (count > kMostPartitions) {
    return bad_field(at + kAtCount, "$FPT entry count",
                     fmt::format("is {}, at most {} are taken", count, kMostPartitions));
  }
  if (count * Partition::size_on_flash > table.size() - PartitionTable::header_size) {
    return bad_length(at + kAtCount, "$FPT entry count",
                      fmt::format("is {}, the region ends before that", count));
  }
  return std::nullopt;
}

std::optional<Defect> judge_partitions(const PartitionTable& table, std::size_t at,
                                       std::size_t region_size) {
  for (std::size_t i = 0; i < table.partitions.size(); ++i) {
    const Partition& p = table.partitions[i];
    const std::uint64_t end = std::uint64_t{p.offset} + p.size;
    if (unused(p) || end <= region_size) continue;
    const std::size_t entry = at + PartitionTable::header_size + i * Partition::size_on_flash;
    return bad_layout(entry + kEntryAtOffset,
                      fmt::format("$FPT partition {}", printable(base::as_bytes(p.name))),
                      fmt::format("ends at 0x{:X}, the region at 0x{:X}", end, region_size));
  }
  return std::nullopt;
}

const Partition* find_recovery(const PartitionTable& table) {
  const Partition* named = table.find(kRecoveryPartition);
  return named == nullptr || unused(*named) ? nullptr : named;
}

}  // namespace

bool unused(const Partition& p) {
  return p.size == 0 || p.offset == 0 || p.offset == kUnused;
}

bool holds_manifest(ByteView region, const Partition& p) {
  constexpr std::size_t tag = protocol::image::Manifest::at_tag;
  return p.size >= tag + 4 &&
         printable(region.subspan(p.offset + tag, 4)) == tag_of(protocol::image::ManifestForm::man);
}

const Partition* find_code(const PartitionTable& table, ByteView region) {
  const Partition* named = table.find(kCodePartition);
  if (named != nullptr && !unused(*named)) return named;
  for (const Partition& p : table.partitions) {
    if (!unused(p) && p.type == PartitionType::code && holds_manifest(region, p)) return &p;
  }
  return nullptr;
}

std::optional<Defect> parse_region(Image& image, std::size_t offset, std::size_t size, Code code) {
  const ByteView region = ByteView(image.file).subspan(offset, size);
  const auto at = protocol::image::find_partition_table(region);
  if (!at) {
    return bad_field(offset + PartitionTable::offset_in_region, "ME region",
                     "has no $FPT at 0x10 or 0x0");
  }
  if (auto defect = judge_table(region, *at, offset + *at)) return defect;
  image.partitions = protocol::image::decode_partition_table(region);
  if (!image.partitions) return bad_field(offset + *at, "$FPT", "cannot be read");
  if (auto defect = judge_partitions(*image.partitions, offset + *at, size)) return defect;
  if (holds_cpd(image, offset)) return parse_cpd_region(image, offset);
  if (holds_mn2(image, offset)) return parse_mn2_region(image, offset);
  const Partition* holder = code == Code::recovery ? find_recovery(*image.partitions)
                                                   : find_code(*image.partitions, region);
  if (holder == nullptr) {
    return bad_layout(offset + *at, "$FPT",
                      code == Code::recovery ? "has no partition with recovery code (RCVY)"
                                             : "has no partition with operational code (CODE)");
  }
  image.region_offset = offset;
  image.code_offset = offset + holder->offset;
  return parse_code(image, holder->size);
}

}  // namespace updater::image
