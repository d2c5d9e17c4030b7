// SPDX-License-Identifier: BSD-3-Clause
// What the factory builds, the updater reads: two codecs of one format that share no code but
// protocol/.
#include <gtest/gtest.h>

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
}

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

TEST(FactoryImages, DevelopmentKeyIsKnownByItsMd5) {
  const auto* row = protocol::image::find_key(emulator::factory::kDevelopmentKeyMd5);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->key, protocol::image::KnownKey::development);
}

}  // namespace
}  // namespace test
