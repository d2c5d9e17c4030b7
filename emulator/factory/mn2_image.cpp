// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/mn2_image.h"

#include <algorithm>
#include <array>

#include "emulator/sim/random.h"
#include "protocol/image/manifest.h"
#include "protocol/image/mn2.h"
#include "protocol/image/partition_table.h"
#include "protocol/image/signature.h"

namespace emulator::factory {
namespace {

using base::Bytes;
using base::ByteWriter;
using protocol::image::Manifest;
using protocol::image::Mn2Module;
using protocol::image::Mn2Sku;
using protocol::image::Partition;
using protocol::image::PartitionTable;

constexpr std::uint32_t kMn2Modules = 2;
constexpr std::uint32_t kMn2Signed = Manifest::size + kMn2Modules * Mn2Module::size + Mn2Sku::size;
static_assert(kMn2Signed % 4 == 0, "the manifest counts dwords");
constexpr std::uint32_t kFirstModuleSize = 0x400;
constexpr std::uint32_t kSmallestPartition = 0x1000;
constexpr std::uint32_t kFileTableSize = 0x1000;
constexpr std::uint32_t kMn2LoadAddress = 0x20000000;

std::uint64_t mn2_seed(const Mn2Recipe& r) {
  std::uint64_t seed = std::uint64_t{r.version.major} << 48 | std::uint64_t{r.version.minor} << 32 |
                       std::uint64_t{r.version.hotfix} << 16 | r.version.build;
  for (const char c : r.name) seed = seed * 31 + static_cast<std::uint8_t>(c);
  return seed;
}

void fill(base::MutableByteView place, std::uint64_t seed) {
  sim::Random random(seed);
  for (std::uint8_t& byte : place) byte = static_cast<std::uint8_t>(random.next());
}

Mn2Module module_at(base::ByteView partition, const char* name, std::uint32_t offset,
                    std::uint32_t size) {
  return {.name = name,
          .sha256 = protocol::image::sha256(partition.subspan(offset, size)),
          .base = kMn2LoadAddress + offset,
          .offset = offset,
          .raw_size = size,
          .stored_size = size,
          .memory_size = size,
          .entry = kMn2LoadAddress + offset};
}

}  // namespace

Mn2Recipe mn2_recipe(const firmware::Identity& identity, const std::string& name,
                     std::uint32_t size, std::string_view private_key_pem) {
  return {.name = name,
          .version = identity.version,
          .sku = identity.sku,
          .security_version = identity.engine.security_version,
          .control_number = identity.engine.control_number,
          .size = size,
          .private_key_pem = private_key_pem};
}

base::Result<Bytes> build_mn2_partition(const Mn2Recipe& recipe) {
  if (recipe.size < kSmallestPartition) {
    return base::Error{base::Errc::invalid, "building a partition: it must have 4 KiB or more"};
  }
  Bytes bytes(recipe.size);
  const base::MutableByteView all(bytes);
  fill(all.subspan(kMn2Signed), mn2_seed(recipe));
  ByteWriter out(all);
  Manifest manifest;
  manifest.date = recipe.date;
  manifest.size_dwords = kMn2Signed / 4;
  manifest.tag = {'$', 'M', 'N', '2'};
  manifest.module_count = kMn2Modules;
  manifest.version = recipe.version;
  manifest.security_version = recipe.security_version;
  manifest.control_number = recipe.control_number;
  manifest.partition_name = recipe.name;
  protocol::image::encode(out, manifest);
  const std::uint32_t second = kMn2Signed + kFirstModuleSize;
  protocol::image::encode(out, module_at(all, "BUP", kMn2Signed, kFirstModuleSize));
  protocol::image::encode(out, module_at(all, "KERNEL", second, recipe.size - second));
  protocol::image::encode(out, Mn2Sku{.attributes = recipe.sku});
  if (const auto done = protocol::image::sign(all.first(kMn2Signed), recipe.private_key_pem); !done)
    return done.error();
  return bytes;
}

base::Result<Bytes> build_update_file(const firmware::Identity& identity, std::uint32_t code_size,
                                      std::string_view private_key_pem) {
  PartitionTable table;
  table.form = protocol::image::TableForm::v20;
  table.fitc = identity.fitc_version;
  std::uint32_t offset = kFileTableSize;
  const auto add = [&](const std::string& name, std::uint32_t size) {
    table.partitions.push_back({.name = name, .owner = "", .offset = offset, .size = size});
    offset += size;
  };
  add("FTPR", first_code_size(code_size));
  add("NFTP", code_size);
  if (!identity.engine.part.name.empty()) add(identity.engine.part.name, kPartSize);
  Bytes file(offset, 0xFF);
  ByteWriter out(file);
  protocol::image::encode(out, table);
  for (const Partition& p : table.partitions) {
    const auto bytes = build_mn2_partition(mn2_recipe(identity, p.name, p.size, private_key_pem));
    if (!bytes) return bytes.error();
    std::copy(bytes->begin(), bytes->end(), file.begin() + p.offset);
  }
  return file;
}

}  // namespace emulator::factory
