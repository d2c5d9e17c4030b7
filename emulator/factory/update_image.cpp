// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/update_image.h"

#include <algorithm>
#include <array>

#include "base/hex.h"
#include "emulator/factory/lzma_stream.h"
#include "emulator/sim/random.h"
#include "protocol/image/manifest.h"
#include "protocol/image/signature.h"

namespace emulator::factory {
namespace {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using protocol::image::Manifest;
using protocol::image::ModuleEntry;
using protocol::image::ModuleHeader;
using protocol::image::SkuTrailer;

constexpr std::uint32_t kModules = 2;
/// By this name, in the first row of the table, public readers know the code of ME 2 to 5
/// (MEAnalyzer, MEA.py: 28Ch behind the manifest's tag).
constexpr std::string_view kFirstModule = "BRINGUP";
constexpr std::uint32_t kSignedSize =
    Manifest::size + kModules * ModuleEntry::size + SkuTrailer::size;
static_assert(kSignedSize % 4 == 0, "the manifest counts dwords");

constexpr std::size_t kBringupSize = 0x8000;  ///< bytes, expanded
constexpr std::uint32_t kLoadAddress = 0x20000000;

/// One number for a version and a partition: contents follow it, so that images differ where their
/// versions do.
std::uint64_t seed_of(const ImageRecipe& r) {
  std::uint64_t seed = std::uint64_t{r.version.major} << 48 | std::uint64_t{r.version.minor} << 32 |
                       std::uint64_t{r.version.hotfix} << 16 | r.version.build;
  for (const char c : r.partition_name) seed = seed * 31 + static_cast<std::uint8_t>(c);
  return seed;
}

/// Something that compresses as code does: few words, often repeated.
Bytes bringup_contents(std::uint64_t seed) {
  constexpr std::size_t word_size = 16;
  std::array<std::array<std::uint8_t, word_size>, 64> words{};
  sim::Random random(seed);
  for (auto& word : words) {
    for (std::uint8_t& byte : word) byte = static_cast<std::uint8_t>(random.next());
  }
  Bytes contents;
  contents.reserve(kBringupSize);
  while (contents.size() < kBringupSize) {
    const auto& word = words[random.below(words.size())];
    contents.insert(contents.end(), word.begin(), word.end());
  }
  return contents;
}

void fill_with_noise(base::MutableByteView place, std::uint64_t seed) {
  sim::Random random(~seed);
  ByteWriter out(place);
  while (place.size() - out.size() >= 8) out.u64(random.next());
  while (out.size() < place.size()) out.u8(static_cast<std::uint8_t>(random.next()));
}

struct Module {
  std::string_view name;
  std::uint32_t raw_size = 0;
  base::MutableByteView stored;  ///< in the image, its $MOD header included
};

std::array<std::uint8_t, 16> guid_of(std::string_view name) {
  std::array<std::uint8_t, 16> guid{};
  const protocol::image::Sha1 digest = protocol::image::sha1(base::as_bytes(name));
  std::copy_n(digest.begin(), guid.size(), guid.begin());
  return guid;
}

void write_module_header(const Module& module, const ImageRecipe& recipe) {
  ByteWriter out(module.stored);
  protocol::image::encode(
      out,
      ModuleHeader{
          .compressed_size = static_cast<std::uint32_t>(module.stored.size() - ModuleHeader::size),
          .raw_size = module.raw_size,
          .load_address = kLoadAddress,
          .mapped_size = module.raw_size,
          .entry_point = 0,
          .name = std::string(module.name),
          .guid = guid_of(module.name),
          .version = recipe.version,
      });
}

ModuleEntry entry_of(const Module& module, const ImageRecipe& recipe) {
  return {.guid = guid_of(module.name),
          .version = recipe.version,
          .name = std::string(module.name),
          .sha1 = protocol::image::sha1(module.stored),
          .stored_size = static_cast<std::uint32_t>(module.stored.size())};
}

void write_signed_part(base::MutableByteView place, const ImageRecipe& recipe,
                       const std::array<Module, kModules>& modules) {
  ByteWriter out(place);
  Manifest manifest;
  manifest.date = recipe.date;
  manifest.size_dwords = kSignedSize / 4;
  manifest.module_count = kModules;
  manifest.version = recipe.version;
  manifest.partition_name = recipe.partition_name;
  protocol::image::encode(out, manifest);
  for (const Module& module : modules) protocol::image::encode(out, entry_of(module, recipe));
  protocol::image::encode(out, SkuTrailer{.attributes = recipe.sku});
}

}  // namespace

base::Result<Bytes> build_update_image(const ImageRecipe& recipe) {
  if (!is_image_size(recipe.size)) {
    return base::Error{base::Errc::invalid,
                       "building an image: its size must be a multiple of 4 KiB, 64 KiB to 32 MiB"};
  }
  const std::uint64_t seed = seed_of(recipe);
  const base::Result<Bytes> bringup = lzma_stream(bringup_contents(seed));
  if (!bringup) return bringup.error();

  Bytes image(recipe.size);
  const base::MutableByteView all(image);
  const std::size_t bringup_end = kSignedSize + ModuleHeader::size + bringup->size();
  const base::MutableByteView bulk = all.subspan(bringup_end);
  const std::array<Module, kModules> modules = {{
      {.name = kFirstModule,
       .raw_size = kBringupSize,
       .stored = all.subspan(kSignedSize, bringup_end - kSignedSize)},
      {.name = "BULK",
       .raw_size = static_cast<std::uint32_t>(bulk.size() - ModuleHeader::size),
       .stored = bulk},
  }};
  std::copy(bringup->begin(), bringup->end(), modules[0].stored.begin() + ModuleHeader::size);
  fill_with_noise(bulk.subspan(ModuleHeader::size), seed);
  for (const Module& module : modules) write_module_header(module, recipe);

  const base::MutableByteView signed_part = all.first(kSignedSize);
  write_signed_part(signed_part, recipe, modules);
  if (const auto done = protocol::image::sign(signed_part, recipe.private_key_pem); !done)
    return done.error();
  return image;
}

}  // namespace emulator::factory
