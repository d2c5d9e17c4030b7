// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/later_image.h"

#include <algorithm>

#include "emulator/factory/cpd_image.h"
#include "emulator/factory/mn2_image.h"
#include "protocol/generation.h"
#include "protocol/image/partition_table.h"

namespace emulator::factory {
namespace {

using base::Bytes;
using protocol::image::ManifestForm;
using protocol::image::Partition;
using protocol::image::PartitionTable;

constexpr std::uint32_t kFileTableSize = 0x1000;

/// The partitions of an update, `offset` bytes from its start.
std::vector<Partition> update_partitions(const firmware::Identity& identity,
                                         std::uint32_t code_size, std::uint32_t offset) {
  std::vector<Partition> out;
  const auto add = [&](const std::string& name, std::uint32_t size) {
    out.push_back({.name = name, .owner = "", .offset = offset, .size = size});
    offset += size;
  };
  add("FTPR", first_code_size(code_size));
  add("NFTP", code_size);
  if (!identity.engine.part.name.empty()) add(identity.engine.part.name, kPartSize);
  return out;
}

}  // namespace

PartitionRecipe partition_recipe(const firmware::Identity& identity, const std::string& name,
                                 std::uint32_t size, std::string_view private_key_pem) {
  PartitionRecipe recipe{.name = name,
                         .version = identity.version,
                         .sku = identity.sku,
                         .sku_high = identity.engine.sku_high,
                         .capabilities = identity.capabilities,
                         .security_version = identity.engine.security_version,
                         .control_number = identity.engine.control_number,
                         .size = size,
                         .private_key_pem = private_key_pem};
  const firmware::PartialPart& part = identity.engine.part;
  if (name != part.name || part.version == protocol::FirmwareVersion{}) return recipe;
  recipe.version = part.version;
  recipe.control_number = part.control_number;
  return recipe;
}

base::Result<Bytes> build_partition(const PartitionRecipe& recipe, std::uint16_t major) {
  const ManifestForm form = protocol::nearest_generation(major).manifest;
  return form == ManifestForm::mn2 ? build_mn2_partition(recipe)
                                   : build_cpd_partition(recipe, form);
}

base::Result<Bytes> build_update_file(const firmware::Identity& identity, std::uint32_t code_size,
                                      std::string_view private_key_pem) {
  const std::uint16_t major = identity.version.major;
  const bool bare =
      protocol::nearest_generation(major).file.value == protocol::fwu::FileForm::partitions;
  PartitionTable table;
  table.form = protocol::image::TableForm::v20;
  table.fitc = identity.fitc_version;
  table.partitions = update_partitions(identity, code_size, bare ? 0 : kFileTableSize);
  Bytes file(table.partitions.back().offset + table.partitions.back().size, 0xFF);
  base::ByteWriter out(file);
  if (!bare) protocol::image::encode(out, table);
  for (const Partition& p : table.partitions) {
    const auto bytes =
        build_partition(partition_recipe(identity, p.name, p.size, private_key_pem), major);
    if (!bytes) return bytes.error();
    std::copy(bytes->begin(), bytes->end(), file.begin() + p.offset);
  }
  return file;
}

}  // namespace emulator::factory
