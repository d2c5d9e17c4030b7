// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/region.h"

#include <algorithm>

#include "emulator/factory/update_image.h"
#include "emulator/firmware/settings_record.h"

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

PartitionTable region_partitions(std::uint32_t code_size, std::uint32_t tpm_size) {
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

std::uint32_t region_size(std::uint32_t code_size, std::uint32_t tpm_size) {
  const PartitionTable table = region_partitions(code_size, tpm_size);
  return table.partitions.back().offset + table.partitions.back().size;
}

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
  const PartitionTable table = region_partitions(recipe.code_size, tpm_size);
  Bytes region(region_size(recipe.code_size, tpm_size), 0xFF);
  put_table(region, table, recipe);
  put_settings(region, table, config.settings);
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
