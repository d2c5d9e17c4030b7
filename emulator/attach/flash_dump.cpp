// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/flash_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hex.h"
#include "emulator/firmware/settings_record.h"
#include "emulator/flash/parts.h"
#include "protocol/image/flash_descriptor.h"
#include "protocol/image/manifest_form.h"
#include "protocol/image/partition_table.h"
#include "protocol/image/signature.h"

namespace emulator::attach {
namespace {

using base::ByteReader;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using firmware::Extent;
using firmware::SettingsRecord;
using protocol::image::FlashDescriptor;
using protocol::image::Manifest;
using protocol::image::Partition;
using protocol::image::PartitionTable;
using protocol::image::Region;
using protocol::image::RegionBounds;

constexpr std::size_t kAtFlmap0 = 4;         ///< behind the descriptor's signature
constexpr std::size_t kPchSignature = 0x10;  ///< later descriptors keep their signature here
constexpr std::uint32_t kBanks = 2;          ///< of the settings' partition, a sector each

Error at(const FlashDump& dump, std::size_t offset, const std::string& what,
         Errc code = Errc::invalid) {
  return {code, to_text(dump, {.offset = offset, .what = what, .value = {}})};
}

bool has_tag(ByteView bytes, std::size_t offset, std::string_view tag) {
  return bytes.size() >= offset + tag.size() &&
         std::ranges::equal(bytes.subspan(offset, tag.size()), base::as_bytes(tag));
}

/// What the file is instead of a whole flash, where that can be told.
std::string instead(ByteView bytes) {
  if (protocol::image::find_partition_table(bytes)) return "; this is an ME region alone";
  if (has_tag(bytes, Manifest::at_tag, tag_of(protocol::image::ManifestForm::man)))
    return "; this is an update image";
  return "";
}

std::uint32_t word_at(ByteView bytes, std::size_t offset) {
  return ByteReader(bytes.subspan(offset)).u32();
}

/// Where the descriptor keeps the bounds of `region`.
std::size_t bounds_register(ByteView bytes, Region region) {
  const bool first = word_at(bytes, 0) == protocol::image::kDescriptorSignature;
  const std::uint32_t flmap0 = word_at(bytes, (first ? 0 : kPchSignature) + kAtFlmap0);
  return (std::size_t{flmap0 >> 16 & 0xFF} << 4) + 4 * static_cast<std::size_t>(region);
}

Result<RegionBounds> find_me_region(const FlashDump& dump) {
  const ByteView bytes = dump.bytes;
  const auto descriptor = protocol::image::decode_flash_descriptor(bytes);
  if (!descriptor) {
    return at(dump, 0,
              "no flash descriptor begins here (0FF0A55Ah), and a board is made of a dump of its "
              "whole flash" +
                  instead(bytes));
  }
  const RegionBounds me = descriptor->region(Region::me);
  const std::size_t flreg2 = bounds_register(bytes, Region::me);
  if (me.size == 0) return at(dump, flreg2, "FLREG2 says there is no ME region");
  const std::uint64_t end = std::uint64_t{me.base} + me.size;
  if (end <= bytes.size()) return me;
  return at(dump, flreg2,
            fmt::format("FLREG2 ends the ME region at 0x{:X}, the dump ends at 0x{:X}: is it cut "
                        "short, or one part of two?",
                        end, bytes.size()));
}

/// Finds partitions by name; remembers the first that a board would miss.
class Partitions {
 public:
  Partitions(const FlashDump& dump, const RegionBounds& region, const PartitionTable& table)
      : dump_(dump), region_(region), table_(table) {}

  Extent find(const char* name) {
    const Partition* found = table_.find(name);
    if (found == nullptr || found->size == 0) return {};
    const std::uint64_t end = std::uint64_t{found->offset} + found->size;
    const bool aligned =
        found->offset % flash::kSectorSize == 0 && found->size % flash::kSectorSize == 0;
    if (aligned && end <= region_.size) {
      return {.base = region_.base + found->offset, .size = found->size};
    }
    remember(at(dump_, entry_of(found),
                fmt::format("the partition {} is 0x{:X} bytes at 0x{:X} of a region of 0x{:X}; it "
                            "must lie inside, in whole sectors of 0x{:X}",
                            name, found->size, found->offset, region_.size, flash::kSectorSize)));
    return {};
  }

  /// One that simulated firmware cannot do without.
  Extent needed(const char* name) {
    const Extent found = find(name);
    if (found.size != 0) return found;
    remember(at(dump_, table_at(),
                fmt::format("the ME region has no partition {}; simulated firmware works with "
                            "EFFS, RCVY, CODE and UPDT (docs/formats.md)",
                            name),
                Errc::unsupported));
    return {};
  }

  const std::optional<Error>& missed() const { return missed_; }
  Error too_small(const char* name, const char* what) const {
    return at(dump_, entry_of(table_.find(name)), fmt::format("the partition {} {}", name, what));
  }

 private:
  std::size_t table_at() const { return region_.base + PartitionTable::offset_in_region; }
  std::size_t entry_of(const Partition* partition) const {
    const auto index = static_cast<std::size_t>(partition - table_.partitions.data());
    return table_at() + PartitionTable::header_size + index * Partition::size_on_flash;
  }
  void remember(Error error) {
    if (!missed_) missed_ = std::move(error);
  }

  const FlashDump& dump_;
  const RegionBounds& region_;
  const PartitionTable& table_;
  std::optional<Error> missed_;
};

Result<firmware::Layout> find_partitions(const FlashDump& dump, const RegionBounds& region,
                                         const PartitionTable& table) {
  Partitions partitions(dump, region, table);
  const firmware::Layout layout{.settings = partitions.needed("EFFS"),
                                .recovery = partitions.needed("RCVY"),
                                .code = partitions.needed("CODE"),
                                .staging = partitions.needed("UPDT"),
                                .tpm = partitions.find("ITPM")};
  if (partitions.missed()) return *partitions.missed();
  if (layout.settings.size < kBanks * flash::kSectorSize)
    return partitions.too_small("EFFS", "is smaller than two sectors");
  if (layout.staging.size > layout.code.size)
    return partitions.too_small("UPDT", "is larger than CODE, whose new contents it holds");
  return layout;
}

Result<firmware::Layout> find_layout(const FlashDump& dump) {
  const auto region = find_me_region(dump);
  if (!region) return region.error();
  const auto head =
      ByteView(dump.bytes)
          .subspan(region->base, std::min<std::size_t>(region->size, flash::kSectorSize));
  const auto table = protocol::image::decode_partition_table(head);
  if (table) return find_partitions(dump, *region, *table);
  return at(dump, region->base + PartitionTable::offset_in_region,
            "no partition table ($FPT, with a header that adds up to 0) is here");
}

DumpedCode read_code(ByteView bytes, const Extent& partition) {
  const ByteView contents = bytes.subspan(partition.base, partition.size);
  DumpedCode code{.offset = partition.base, .version = {}, .key_md5 = {}};
  const auto manifest = protocol::image::decode_manifest(contents);
  if (!manifest) return code;
  code.key_md5 = base::to_hex(protocol::image::key_md5(*manifest));
  const firmware::CheckedCode checked = firmware::check_code(contents, code.key_md5);
  code.fault = checked.fault;
  code.version = checked.manifest.version;
  code.sku = checked.sku;
  return code;
}

DumpedSettings read_settings(ByteView bytes, const Extent& partition) {
  const ByteView banks = bytes.subspan(partition.base, kBanks * flash::kSectorSize);
  for (std::size_t i = 0; i + SettingsRecord::size <= banks.size(); i += SettingsRecord::size) {
    if (firmware::decode_settings_record(banks.subspan(i, SettingsRecord::size)))
      return DumpedSettings::kept;
  }
  return DumpedSettings::unreadable;
}

}  // namespace

Result<DumpContents> read_dump(const FlashDump& dump) {
  const auto layout = find_layout(dump);
  if (!layout) return layout.error();
  return DumpContents{.layout = *layout,
                      .code = read_code(dump.bytes, layout->code),
                      .recovery = read_code(dump.bytes, layout->recovery),
                      .settings = read_settings(dump.bytes, layout->settings)};
}

}  // namespace emulator::attach
