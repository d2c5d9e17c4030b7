// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/factory/flash_image.h"

#include <gtest/gtest.h>

#include "emulator/firmware/code_check.h"
#include "tests/emulator/factory/image_fields.h"

namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteView;
using emulator::factory::build_flash_image;
using emulator::factory::flash_layout;
using emulator::factory::kDevelopmentKeyMd5;
using emulator::factory::RegionRecipe;
using emulator::flash::find_part;
using tests::word;

RegionRecipe recipe() {
  RegionRecipe r{.code_size = 0x10000};
  r.firmware.identity.version = {5, 0, 1, 1111};
  r.firmware.identity.recovery_version = {5, 0, 0, 1000};
  r.firmware.identity.fitc_version = {5, 0, 0, 1150};
  r.firmware.identity.sku = 0x83E;
  r.firmware.surroundings.wired.mac = {0x00, 0x19, 0x39, 0x47, 0xBB, 0xDD};
  return r;
}

Bytes flash_image() {
  auto image = build_flash_image(recipe(), *find_part("MX25L3205D"));
  EXPECT_TRUE(image);
  return image ? *image : Bytes();
}

TEST(FlashImage, DescriptorNamesTheRegions) {
  const Bytes image = flash_image();
  ASSERT_EQ(image.size(), 0x400000u);
  EXPECT_EQ(word(image, 0x00), 0x0FF0A55Au);
  const std::size_t regions = (word(image, 0x04) >> 16 & 0xFF) << 4;
  EXPECT_EQ(word(image, regions + 0x0), 0x00000000u);   // descriptor: 0..FFF
  EXPECT_EQ(word(image, regions + 0x4) >> 16, 0x3FFu);  // BIOS ends with the part
  EXPECT_EQ(word(image, regions + 0x8) & 0xFFFF, 3u);   // ME begins at 3000h
  EXPECT_EQ(word(image, regions + 0xC), 0x00020001u);   // GbE: 1000..2FFF
}

TEST(FlashImage, OnlyTheMeMayWriteTheMeRegion) {
  const Bytes image = flash_image();
  const std::size_t masters = (word(image, 0x08) & 0xFF) << 4;
  EXPECT_EQ(word(image, masters + 0) >> 26 & 1, 0u);  // host
  EXPECT_EQ(word(image, masters + 4) >> 26 & 1, 1u);  // ME
  EXPECT_EQ(word(image, masters + 8) >> 26 & 1, 0u);  // GbE
}

TEST(FlashImage, PartitionTableLiesBehindTheRomBypassBytes) {
  const Bytes image = flash_image();
  const ByteView table = ByteView(image).subspan(0x3010);
  EXPECT_EQ(word(table, 0), 0x54504624u);  // "$FPT"
  EXPECT_EQ(word(table, 4), 4u);
  std::uint8_t sum = 0;
  for (std::size_t i = 0; i < 0x30; ++i) sum = static_cast<std::uint8_t>(sum + image[0x3000 + i]);
  EXPECT_EQ(sum, 0) << "me_cleaner: the first 30h bytes of the region, for engines before 11";
  EXPECT_EQ(word(table, 0x18), 5u);                // FITC 5.0
  EXPECT_EQ(word(table, 0x1C), 0u | 1150u << 16);  // .0.1150
}

// MEA.py, "Detect $FPT Firmware Starting Offset": a table of version 1.0 whose header is 20h bytes
// long is taken for the first bytes of its region; any other lies 10h bytes behind them.
TEST(FlashImage, MeAnalyzerCountsPartitionsFromWhereWeDo) {
  const Bytes image = flash_image();
  constexpr std::size_t table = 0x3010;
  const bool starts_the_region = image[table + 0x8] == 0x10 && image[table + 0xA] == 0x20;
  const std::size_t region = starts_the_region ? table : table - 0x10;
  EXPECT_EQ(region, 0x3000u);
  const std::size_t code = region + word(ByteView(image).subspan(table + 0x20 + 2 * 0x20), 8);
  EXPECT_EQ(word(image, code + 0x1C), 0x4E414D24u);  // "$MAN"
}

TEST(FlashImage, OperationalAndRecoveryCodeAreSound) {
  const Bytes image = flash_image();
  const auto table = emulator::factory::region_partitions(0x10000);
  const auto code_in = [&](const char* name) {
    const auto* partition = table.find(name);
    return emulator::firmware::check_code(
        ByteView(image).subspan(0x3000 + partition->offset, partition->size), kDevelopmentKeyMd5);
  };
  EXPECT_EQ(code_in("CODE").fault, emulator::firmware::CodeFault::none);
  EXPECT_EQ(code_in("CODE").manifest.version, (protocol::FirmwareVersion{5, 0, 1, 1111}));
  EXPECT_EQ(code_in("RCVY").fault, emulator::firmware::CodeFault::none);
  EXPECT_EQ(code_in("RCVY").manifest.version, (protocol::FirmwareVersion{5, 0, 0, 1000}));
}

TEST(FlashImage, StagingIsErasedAndAsLargeAsTheCode) {
  const Bytes image = flash_image();
  const auto table = emulator::factory::region_partitions(0x10000);
  ASSERT_EQ(table.find("UPDT")->size, 0x10000u);
  const ByteView staging = ByteView(image).subspan(0x3000 + table.find("UPDT")->offset, 0x10000);
  for (const std::uint8_t b : staging) ASSERT_EQ(b, 0xFF);
}

TEST(FlashImage, GbeHoldsTheMacAndItsChecksum) {
  const Bytes image = flash_image();
  EXPECT_EQ(word(image, 0x1000), 0x47391900u);
  std::uint16_t sum = 0;
  for (std::size_t i = 0; i < 0x40; ++i) {
    sum =
        static_cast<std::uint16_t>(sum + ByteReader(ByteView(image).subspan(0x1000 + 2 * i)).u16());
  }
  EXPECT_EQ(sum, 0xBABA);
}

TEST(FlashImage, CodeThatDoesNotFitThePartIsRefused) {
  EXPECT_TRUE(flash_layout(*find_part("MX25L6405D"), 0x300000));
  EXPECT_FALSE(flash_layout(*find_part("MX25L3205D"), 0x200000));
  EXPECT_FALSE(flash_layout(*find_part("MX25L3205D"), 0xFFFFF000));
  EXPECT_FALSE(flash_layout(*find_part("MX25L3205D"), 0x10800));
  EXPECT_TRUE(flash_layout(*find_part("BENCH-64MiB"), 0x1000000));
}

TEST(FlashImage, PasswordLongerThanItsFieldIsRefused) {
  RegionRecipe r = recipe();
  r.firmware.settings.update_password = std::string(33, 'x');
  EXPECT_FALSE(build_flash_image(r, *find_part("MX25L3205D")));
}

}  // namespace
