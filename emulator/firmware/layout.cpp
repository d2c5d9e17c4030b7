// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/layout.h"

#include "base/bytes.h"
#include "protocol/image/flash_descriptor.h"
#include "protocol/image/partition_table.h"

namespace emulator::firmware {
namespace {

using protocol::image::FlashDescriptor;
using protocol::image::PartitionTable;
using protocol::image::Region;
using protocol::image::RegionBounds;

std::optional<FlashDescriptor> read_descriptor(const flash::Flash& flash) {
  base::Bytes sector(FlashDescriptor::size);
  flash.read(0, sector);
  return protocol::image::decode_flash_descriptor(sector);
}

std::optional<RegionBounds> find_me_region(const flash::Flash& flash) {
  const auto descriptor = read_descriptor(flash);
  if (!descriptor) return std::nullopt;
  const RegionBounds me = descriptor->region(Region::me);
  const std::uint64_t end = std::uint64_t{me.base} + me.size;
  if (me.size == 0 || end > flash.geometry().size) return std::nullopt;
  return me;
}

std::optional<Extent> find_partition(const PartitionTable& table, std::string_view partition,
                                     const RegionBounds& region, const flash::Geometry& geometry) {
  const auto* found = table.find(partition);
  if (found == nullptr || found->size == 0) return std::nullopt;
  const std::uint64_t end = std::uint64_t{found->offset} + found->size;
  const bool aligned =
      found->offset % geometry.sector_size == 0 && found->size % geometry.sector_size == 0;
  if (!aligned || end > region.size) return std::nullopt;
  return Extent{.base = region.base + found->offset, .size = found->size};
}

void serialize_extent(sim::Archive& a, Extent& extent, const flash::Geometry& geometry) {
  a.value(extent.base);
  a.value(extent.size);
  const bool aligned =
      extent.base % geometry.sector_size == 0 && extent.size % geometry.sector_size == 0;
  const bool inside = std::uint64_t{extent.base} + extent.size <= geometry.size;
  if (!aligned || !inside) a.fail("a partition that does not fit the flash");
}

}  // namespace

void Layout::serialize(sim::Archive& a, const flash::Geometry& geometry) {
  for (Extent* extent : {&settings, &recovery, &code, &staging, &tpm, &part})
    serialize_extent(a, *extent, geometry);
}

bool straps_disable_me(const flash::Flash& flash) {
  const auto descriptor = read_descriptor(flash);
  return descriptor && descriptor->straps.disable();
}

std::optional<Layout> find_layout(const flash::Flash& flash, std::string_view part) {
  const auto region = find_me_region(flash);
  if (!region) return std::nullopt;
  base::Bytes sector(flash.geometry().sector_size);
  flash.read(region->base, sector);
  const auto table = protocol::image::decode_partition_table(sector);
  if (!table) return std::nullopt;
  const auto partition = [&](std::string_view wanted) {
    return find_partition(*table, wanted, *region, flash.geometry());
  };
  const bool later = table->form == protocol::image::TableForm::v20;
  const auto settings = partition("EFFS");
  const auto recovery = partition(later ? "FTPR" : "RCVY");
  const auto code = partition(later ? "NFTP" : "CODE");
  const auto staging = partition(later ? "FTUP" : "UPDT");
  if (!settings || !recovery || !code || !staging || staging->size > code->size)
    return std::nullopt;
  if (settings->size < 2 * flash.geometry().sector_size) return std::nullopt;
  return Layout{.settings = *settings,
                .recovery = *recovery,
                .code = *code,
                .staging = *staging,
                .tpm = partition("ITPM").value_or(Extent{}),
                .part = part.empty() ? Extent{} : partition(part).value_or(Extent{})};
}

}  // namespace emulator::firmware
