// SPDX-License-Identifier: BSD-3-Clause
// What the factory builds, the updater reads: two codecs of one format that share no code but
// protocol/.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "emulator/factory/development_key.h"
#include "emulator/factory/flash_image.h"
#include "emulator/factory/region.h"
#include "emulator/factory/update_image.h"
#include "protocol/image/known_keys.h"
#include "updater/image/image.h"

namespace test {
namespace {

using updater::image::Kind;
using updater::image::parse;
using updater::image::SigningKey;
using updater::image::verify;
using updater::image::verify_rest;

constexpr protocol::FirmwareVersion kVersion = {5, 2, 70, 1046};

emulator::factory::RegionRecipe region_recipe() {
  emulator::factory::RegionRecipe recipe;
  recipe.firmware.identity.version = kVersion;
  recipe.code_size = 0x20000;
  return recipe;
}

void expect_sound(const base::Result<base::Bytes>& file, Kind kind) {
  ASSERT_TRUE(file) << file.error().doing;
  const auto out = parse(*file);
  ASSERT_TRUE(out.image) << to_text(*out.defect);
  EXPECT_EQ(out.image->kind, kind);
  EXPECT_EQ(out.image->version(), kVersion);
  EXPECT_EQ(out.image->key, SigningKey::development);
  for (const auto& defect : verify(*out.image)) ADD_FAILURE() << to_text(defect);
  for (const auto& defect : verify_rest(*out.image)) ADD_FAILURE() << to_text(defect);
}

/// A flash image, and where things are in it.
class DamagedFlash : public testing::Test {
 protected:
  DamagedFlash()
      : file(emulator::factory::build_flash_image(region_recipe(), emulator::flash::kParts[0])
                 .value()),
        sound(*parse(file).image) {}

  const protocol::image::Partition& partition(const char* name) const {
    return *sound.partitions->find(name);
  }
  std::size_t begin(const char* name) const { return sound.region_offset + partition(name).offset; }

  base::Bytes file;
  updater::image::Image sound;
};

TEST(FactoryImages, UpdateImageIsSound) {
  expect_sound(
      emulator::factory::build_update_image({.version = kVersion, .sku = 0x83E, .size = 0x20000}),
      Kind::update);
}

TEST(FactoryImages, RegionIsSound) {
  expect_sound(emulator::factory::build_region(region_recipe()), Kind::region);
}

TEST(FactoryImages, FlashIsSound) {
  expect_sound(emulator::factory::build_flash_image(region_recipe(), emulator::flash::kParts[0]),
               Kind::flash);
}

TEST_F(DamagedFlash, RecoveryCodeThatIsGoneIsFoundThoughAnUpdateNeedsItNot) {
  const auto at = file.begin() + static_cast<std::ptrdiff_t>(begin("RCVY"));
  std::fill_n(at, partition("RCVY").size, std::uint8_t{0});
  const auto image = *parse(file).image;
  EXPECT_TRUE(verify(image).empty());
  const auto defects = verify_rest(image);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_EQ(defects[0].field.substr(0, 6), "RCVY: ") << to_text(defects[0]);
  EXPECT_GE(defects[0].offset, begin("RCVY"));
}

TEST_F(DamagedFlash, OneByteOfTheRecoveryCodeIsFound) {
  file[begin("RCVY") + sound.code_size / 4] ^= 1;
  EXPECT_EQ(verify_rest(*parse(file).image).size(), 1u);
}

TEST_F(DamagedFlash, PartitionThatLiesOnTheOperationalCodeIsFound) {
  auto table = *sound.partitions;
  for (auto& entry : table.partitions) {
    if (entry.name == "EFFS") entry.offset = partition("CODE").offset + 0x1000;
  }
  base::ByteWriter out(base::MutableByteView(file).subspan(sound.region_offset));
  encode(out, table);
  const auto defects = verify_rest(*parse(file).image);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_EQ(to_text(defects[0]),
            fmt::format("offset 0x{:X}: $FPT partition EFFS lies on the operational code",
                        sound.code_offset + 0x1000));
}

TEST(FactoryImages, DevelopmentKeyIsKnownByItsMd5) {
  const auto* row = protocol::image::find_key(emulator::factory::kDevelopmentKeyMd5);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->key, protocol::image::KnownKey::development);
}

}  // namespace
}  // namespace test
