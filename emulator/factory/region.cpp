// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/region.h"

#include <algorithm>

#include "emulator/factory/later_image.h"
#include "emulator/factory/update_image.h"
#include "emulator/firmware/settings_record.h"
#include "protocol/generation.h"

namespace emulator::factory {
namespace {

using base::Bytes;
using base::ByteWriter;
using protocol::image::Partition;
using protocol::image::PartitionTable;
using protocol::image::PartitionType;

constexpr std::uint32_t kTableSize =
    0x1000;  ///< ROM bypass bytes and $FPT have a sector for themselves
constexpr std::uint32_t kSettingsSize = 0x2000;  ///< two banks
constexpr std::uint32_t kLargestRecovery = 0x40000;
constexpr std::uint32_t kUmaSize = 0x1000000;

std::uint32_t recovery_size(std::uint32_t code_size) {
  const std::uint32_t eighth = code_size / 8 / kImageGranularity * kImageGranularity;
  return std::clamp(eighth, kSmallestImage, kLargestRecovery);
}

base::Result<void> put_partition(base::MutableByteView region, const Partition& place,
                                 const RegionRecipe& recipe) {
  const auto bytes = build_partition(
      partition_recipe(recipe.firmware.identity, place.name, place.size, recipe.private_key_pem),
      recipe.firmware.identity.version.major);
  if (!bytes) return bytes.error();
  std::copy(bytes->begin(), bytes->end(), region.begin() + place.offset);
  return {};
}

base::Result<void> put_code(base::MutableByteView region, const PartitionTable& table,
                            std::string_view partition, const protocol::FirmwareVersion& version,
                            const RegionRecipe& recipe) {
  const Partition* place = table.find(partition);
  const auto image = build_update_image({.version = version,
                                         .sku = recipe.firmware.identity.sku,
                                         .partition_name = std::string(partition),
                                         .size = place->size,
                                         .private_key_pem = recipe.private_key_pem});
  if (!image) return image.error();
  std::copy(image->begin(), image->end(), region.begin() + place->offset);
  return {};
}

void put_table(base::MutableByteView region, PartitionTable table, const RegionRecipe& recipe) {
  table.fitc = recipe.firmware.identity.fitc_version;
  ByteWriter out(region);
  protocol::image::encode(out, table);
}

void put_settings(base::MutableByteView region, const PartitionTable& table,
                  const firmware::Settings& settings) {
  const auto record =
      firmware::encode(firmware::SettingsRecord{.sequence = 1, .settings = settings});
  std::copy(record.begin(), record.end(), region.begin() + table.find("EFFS")->offset);
}

}  // namespace

RegionShape shape_of(const firmware::Identity& identity, std::uint32_t code_size,
                     std::uint32_t tpm_size) {
  const auto& generation = protocol::nearest_generation(identity.version.major);
  RegionShape shape{.code_size = code_size, .tpm_size = tpm_size};
  if (generation.manifest == protocol::image::ManifestForm::man) return shape;
  shape.form = protocol::image::TableForm::v20;
  shape.sums_vectors = generation.manifest == protocol::image::ManifestForm::mn2;
  shape.part = identity.engine.part.name;
  return shape;
}

PartitionTable region_partitions(std::uint32_t code_size, std::uint32_t tpm_size) {
  return region_partitions(RegionShape{.code_size = code_size, .tpm_size = tpm_size});
}

std::uint32_t region_size(std::uint32_t code_size, std::uint32_t tpm_size) {
  return region_size(RegionShape{.code_size = code_size, .tpm_size = tpm_size});
}

namespace {

/// FTUP lies where NFTP does: an update goes through it.
PartitionTable later_partitions(const RegionShape& shape) {
  PartitionTable table;
  table.form = protocol::image::TableForm::v20;
  table.sums_vectors = shape.sums_vectors;
  table.uma_size = kUmaSize;
  std::uint32_t offset = kTableSize;
  const auto add = [&](const std::string& name, std::uint32_t size, PartitionType type) {
    table.partitions.push_back(
        {.name = name, .owner = "", .offset = offset, .size = size, .type = type});
    offset += size;
  };
  add("EFFS", kSettingsSize, PartitionType::effs);
  add("FTPR", first_code_size(shape.code_size), PartitionType::code);
  const std::uint32_t second_at = offset;
  add("NFTP", shape.code_size, PartitionType::code);
  table.partitions.push_back({.name = "FTUP",
                              .owner = "",
                              .offset = second_at,
                              .size = shape.code_size,
                              .type = PartitionType::generic});
  if (!shape.part.empty()) add(shape.part, kPartSize, PartitionType::code);
  return table;
}

std::uint32_t end_of(const PartitionTable& table) {
  std::uint32_t end = 0;
  for (const Partition& p : table.partitions) end = std::max(end, p.offset + p.size);
  return end;
}

}  // namespace

PartitionTable region_partitions(const RegionShape& shape) {
  if (shape.form == protocol::image::TableForm::v20) return later_partitions(shape);
  const std::uint32_t code_size = shape.code_size;
  const std::uint32_t tpm_size = shape.tpm_size;
  PartitionTable table;
  table.uma_size = kUmaSize;
  std::uint32_t offset = kTableSize;
  const auto add = [&](const char* name, std::uint32_t size, PartitionType type) {
    table.partitions.push_back(
        {.name = name, .owner = "ME", .offset = offset, .size = size, .type = type});
    offset += size;
  };
  add("EFFS", kSettingsSize, PartitionType::effs);
  add("RCVY", recovery_size(code_size), PartitionType::code);
  add("CODE", code_size, PartitionType::code);
  add("UPDT", code_size, PartitionType::generic);
  if (tpm_size != 0) add("ITPM", tpm_size, PartitionType::nvram);
  return table;
}

std::uint32_t region_size(const RegionShape& shape) {
  return end_of(region_partitions(shape));
}

namespace {

base::Result<Bytes> put_later_code(Bytes region, const PartitionTable& table,
                                   const RegionRecipe& recipe) {
  for (const Partition& p : table.partitions) {
    if (p.type != PartitionType::code) continue;
    if (const auto done = put_partition(region, p, recipe); !done) return done.error();
  }
  return region;
}

}  // namespace

base::Result<Bytes> build_region(const RegionRecipe& recipe) {
  const firmware::FirmwareConfig& config = recipe.firmware;
  if (config.settings.update_password.size() > firmware::SettingsRecord::max_password) {
    return base::Error{base::Errc::invalid,
                       "building a region: the update password is longer than 32 bytes"};
  }
  if (!is_image_size(recipe.code_size)) {
    return base::Error{
        base::Errc::invalid,
        "building a region: the code size must be a multiple of 4 KiB, 64 KiB to 32 MiB"};
  }
  const auto tpm_size = static_cast<std::uint32_t>(recipe.tpm.size());
  const RegionShape shape = shape_of(config.identity, recipe.code_size, tpm_size);
  const PartitionTable table = region_partitions(shape);
  Bytes region(region_size(shape), 0xFF);
  put_table(region, table, recipe);
  put_settings(region, table, config.settings);
  if (shape.form == protocol::image::TableForm::v20) return put_later_code(region, table, recipe);
  std::copy(recipe.tpm.rbegin(), recipe.tpm.rend(), region.rbegin());
  if (const auto done = put_code(region, table, "RCVY", config.identity.recovery_version, recipe);
      !done) {
    return done.error();
  }
  if (const auto done = put_code(region, table, "CODE", config.identity.version, recipe); !done) {
    return done.error();
  }
  return region;
}

}  // namespace emulator::factory
