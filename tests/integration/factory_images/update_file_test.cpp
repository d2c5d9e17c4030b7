// SPDX-License-Identifier: BSD-3-Clause
// Update files of ME 6 to CSME 11, FTPR and NFTP behind a $FPT, and regions with the same
// partitions.
#include <gtest/gtest.h>

#include "emulator/factory/development_key.h"
#include "emulator/factory/later_image.h"
#include "emulator/factory/region.h"
#include "updater/image/image.h"

namespace test {
namespace {

using updater::image::Kind;
using updater::image::parse;
using updater::image::SigningKey;
using updater::image::verify;

base::Bytes file_of(protocol::FirmwareVersion version) {
  emulator::firmware::Identity identity;
  identity.version = version;
  identity.sku = 0xC11199E0;
  identity.engine.security_version = 1;
  identity.engine.part.name = "MDMV";
  return emulator::factory::build_update_file(identity, 0x10000,
                                              emulator::factory::kDevelopmentKeyPem)
      .value();
}

TEST(UpdateFile, OfMe9IsSentWhole) {
  const auto parsed = parse(file_of({9, 0, 30, 1482}));
  ASSERT_TRUE(parsed.image) << to_text(*parsed.defect);
  EXPECT_EQ(parsed.image->kind, Kind::update);
  EXPECT_EQ(parsed.image->version(), (protocol::FirmwareVersion{9, 0, 30, 1482}));
  EXPECT_EQ(parsed.image->sku, 0xC11199E0u);
  EXPECT_EQ(parsed.image->code_offset, 0u);
  EXPECT_EQ(parsed.image->code_size, parsed.image->file.size());
  EXPECT_EQ(parsed.image->key, SigningKey::development);
  EXPECT_EQ(parsed.image->manifest.security_version, 1u);
  ASSERT_EQ(parsed.image->file_partitions.size(), 3u);
  EXPECT_EQ(parsed.image->file_partitions[1].name, "NFTP");
  EXPECT_TRUE(verify(*parsed.image).empty());
}

TEST(UpdateFile, WithOneByteOfAModuleWrongIsNotSound) {
  base::Bytes file = file_of({9, 0, 30, 1482});
  file[0x1000 + 0x8000 + 0x2000] ^= 1;  // NFTP, behind FTPR
  const auto parsed = parse(std::move(file));
  ASSERT_TRUE(parsed.image);
  const auto defects = verify(*parsed.image);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_NE(to_text(defects[0]).find("NFTP: module KERNEL SHA-256"), std::string::npos)
      << to_text(defects[0]);
}

TEST(UpdateFile, WithItsManifestChangedIsNotSound) {
  base::Bytes file = file_of({9, 0, 30, 1482});
  file[0x1000 + 0x2C] ^= 1;  // FTPR's security version
  const auto parsed = parse(std::move(file));
  ASSERT_TRUE(parsed.image);
  const auto defects = verify(*parsed.image);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_EQ(defects[0].offset, 0x1000u + 0x184);
}

TEST(UpdateFile, OfCsme11HasItsPartitionsInDirectories) {
  base::Bytes file = file_of({11, 8, 93, 4323});
  const auto parsed = parse(file);
  ASSERT_TRUE(parsed.image) << to_text(*parsed.defect);
  EXPECT_EQ(parsed.image->kind, Kind::update);
  EXPECT_EQ(parsed.image->form, protocol::image::ManifestForm::cpd_r1);
  EXPECT_EQ(parsed.image->version(), (protocol::FirmwareVersion{11, 8, 93, 4323}));
  EXPECT_EQ(parsed.image->sku, 0xC11199E0u);
  EXPECT_EQ(parsed.image->code_size, file.size());
  EXPECT_EQ(parsed.image->file_partitions.size(), 3u);
  EXPECT_EQ(parsed.image->key, SigningKey::development);
  EXPECT_TRUE(verify(*parsed.image).empty());
  file[0x1000 + 0x1000] ^= 1;  // the second module of FTPR
  const auto spoilt = parse(std::move(file));
  ASSERT_TRUE(spoilt.image);
  const auto defects = verify(*spoilt.image);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_NE(to_text(defects[0]).find("FTPR: module kernel SHA-256"), std::string::npos)
      << to_text(defects[0]);
}

struct RegionOf {
  protocol::FirmwareVersion version;
  std::size_t partitions;  ///< with a manifest
};
class Region : public testing::TestWithParam<RegionOf> {};

TEST_P(Region, TellsItsVersionItsSkuAndWhetherItIsSound) {
  emulator::factory::RegionRecipe recipe;
  recipe.firmware.identity.version = GetParam().version;
  recipe.firmware.identity.sku = 0x01101C70;
  recipe.firmware.identity.engine.security_version = 1;
  if (GetParam().partitions > 2) recipe.firmware.identity.engine.part.name = "MDMV";
  recipe.code_size = 0x10000;
  recipe.private_key_pem = emulator::factory::kDevelopmentKeyPem;
  base::Bytes region = emulator::factory::build_region(recipe).value();
  const auto parsed = parse(region);
  ASSERT_TRUE(parsed.image) << to_text(*parsed.defect);
  EXPECT_EQ(parsed.image->kind, Kind::region);
  EXPECT_EQ(parsed.image->version(), GetParam().version);
  EXPECT_EQ(parsed.image->sku, 0x01101C70u);
  EXPECT_EQ(parsed.image->file_partitions.size(), GetParam().partitions);
  EXPECT_EQ(parsed.image->file_partitions[0].name, "FTPR");
  EXPECT_EQ(parsed.image->key, SigningKey::development);
  EXPECT_TRUE(verify(*parsed.image).empty());
  region[parsed.image->file_partitions[1].offset + 0x2000] ^= 1;
  const auto spoilt = parse(std::move(region));
  ASSERT_TRUE(spoilt.image);
  EXPECT_EQ(verify(*spoilt.image).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Generations, Region,
    testing::Values(RegionOf{{7, 1, 40, 1161}, 2}, RegionOf{{8, 0, 20, 1513}, 3},
                    RegionOf{{9, 0, 30, 1482}, 3}, RegionOf{{11, 8, 50, 3425}, 3}),
    [](const auto& tried) { return "Of" + std::to_string(tried.param.version.major); });

TEST(UpdateFile, OfAGenerationWithoutABoardIsRefusedAsEver) {
  const auto parsed = parse(file_of({10, 0, 60, 3000}));
  ASSERT_FALSE(parsed.image);
  EXPECT_NE(to_text(*parsed.defect).find("operational code"), std::string::npos)
      << to_text(*parsed.defect);
}

TEST(UpdateFile, ThatEndsBeforeAPartitionDoesIsRefused) {
  base::Bytes file = file_of({9, 0, 30, 1482});
  file.resize(file.size() - 0x1800);
  const auto parsed = parse(std::move(file));
  ASSERT_FALSE(parsed.image);
}

}  // namespace
}  // namespace test
