// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/mn2_image.h"

#include "emulator/factory/filling.h"
#include "protocol/image/manifest.h"
#include "protocol/image/mn2.h"
#include "protocol/image/signature.h"

namespace emulator::factory {
namespace {

using base::Bytes;
using base::ByteWriter;
using protocol::image::Manifest;
using protocol::image::Mn2Module;
using protocol::image::Mn2Sku;

constexpr std::uint32_t kMn2Modules = 2;
constexpr std::uint32_t kMn2Signed = Manifest::size + kMn2Modules * Mn2Module::size + Mn2Sku::size;
static_assert(kMn2Signed % 4 == 0, "the manifest counts dwords");
constexpr std::uint32_t kFirstModuleSize = 0x400;
constexpr std::uint32_t kSmallestPartition = 0x1000;
constexpr std::uint32_t kMn2LoadAddress = 0x20000000;

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

base::Result<Bytes> build_mn2_partition(const PartitionRecipe& recipe) {
  if (recipe.size < kSmallestPartition) {
    return base::Error{base::Errc::invalid, "building a partition: it must have 4 KiB or more"};
  }
  Bytes bytes(recipe.size);
  const base::MutableByteView all(bytes);
  fill(all.subspan(kMn2Signed), seed_of(recipe));
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
  protocol::image::encode(out,
                          Mn2Sku{.attributes = std::uint64_t{recipe.sku_high} << 32 | recipe.sku});
  if (const auto done = protocol::image::sign(all.first(kMn2Signed), recipe.private_key_pem); !done)
    return done.error();
  return bytes;
}

}  // namespace emulator::factory
