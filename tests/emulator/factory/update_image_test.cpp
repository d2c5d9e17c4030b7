// SPDX-License-Identifier: BSD-3-Clause
// Update images, taken apart by offsets from the format pages rather than by our own codec.
#include "emulator/factory/update_image.h"

#include <gtest/gtest.h>
#include <lzma.h>
#include <openssl/evp.h>

#include "base/hex.h"
#include "emulator/firmware/code_check.h"
#include "tests/emulator/factory/image_fields.h"

namespace {

using base::Bytes;
using base::ByteView;
using emulator::factory::build_update_image;
using emulator::factory::ImageRecipe;
using emulator::factory::kDevelopmentKeyMd5;
using emulator::firmware::check_code;
using emulator::firmware::CodeFault;
using tests::text;
using tests::word;

const ImageRecipe kRecipe = {.version = {5, 2, 70, 1046}, .sku = 0x83E, .size = 0x10000};

Bytes image_of(const ImageRecipe& recipe) {
  auto image = build_update_image(recipe);
  EXPECT_TRUE(image) << (image ? "" : image.error().doing);
  return image ? *image : Bytes();
}

// MEA.py, pr_man_03: what is no "BRINGUP" there is no firmware of ME 2 to 5 for MEAnalyzer.
TEST(UpdateImage, FirstModuleHasTheNameThatPublicReadersLookFor) {
  const auto image = build_update_image({.version = {5, 2, 70, 1046}, .size = 0x10000});
  ASSERT_TRUE(image);
  constexpr std::size_t behind_the_tag = 0x20;
  const std::size_t at = behind_the_tag + 0x28C;
  EXPECT_EQ(std::string(image->begin() + at, image->begin() + at + 8), std::string("BRINGUP\0", 8));
}

TEST(UpdateImage, BeginsWithTheManifestOfItsVersion) {
  const Bytes image = image_of(kRecipe);
  ASSERT_EQ(image.size(), 0x10000u);
  EXPECT_EQ(word(image, 0x00), 4u);
  EXPECT_EQ(word(image, 0x04), 0xA1u);
  EXPECT_EQ(word(image, 0x08), 0x10000u);
  EXPECT_EQ(word(image, 0x10), 0x8086u);
  EXPECT_EQ(word(image, 0x14), 0x20100315u);
  EXPECT_EQ(text(image, 0x1C, 4), "$MAN");
  EXPECT_EQ(word(image, 0x20), 2u);
  EXPECT_EQ(word(image, 0x24), 5u | 2u << 16);
  EXPECT_EQ(word(image, 0x28), 70u | 1046u << 16);
  EXPECT_EQ(text(image, 0x284, 12), "CODE");
}

TEST(UpdateImage, SignedPartEndsBehindTheSkuTrailerAndModulesFollow) {
  const Bytes image = image_of(kRecipe);
  const std::size_t sku = 0x290 + 2 * 0x50;
  EXPECT_EQ(text(image, 0x290, 4), "$MME");
  EXPECT_EQ(text(image, 0x290 + 0x50, 4), "$MME");
  EXPECT_EQ(text(image, sku, 4), "$SKU");
  EXPECT_EQ(word(image, sku + 4), 3u);
  EXPECT_EQ(word(image, sku + 8), 0x83Eu);
  EXPECT_EQ(word(image, 0x18) * 4, sku + 12);
  const std::size_t first = sku + 12;
  EXPECT_EQ(text(image, first, 4), "$MOD");
  const std::size_t second = first + word(image, 0x290 + 0x40);
  EXPECT_EQ(text(image, second, 4), "$MOD");
  EXPECT_EQ(second + word(image, 0x290 + 0x50 + 0x40), image.size());
}

TEST(UpdateImage, CompressedModuleExpandsToTheSizeItsHeaderNames) {
  const Bytes image = image_of(kRecipe);
  const ByteView module = ByteView(image).subspan(0x290 + 2 * 0x50 + 12);
  const std::uint32_t packed = word(module, 0x18);
  const std::uint32_t raw = word(module, 0x1C);
  ASSERT_EQ(base::to_hex(module.subspan(0x50, 5)), "5d00008000");
  EXPECT_LT(packed, raw);
  // As me_unpack does it: the size goes between properties and stream.
  Bytes alone(module.begin() + 0x50, module.begin() + 0x55);
  for (unsigned i = 0; i < 8; ++i)
    alone.push_back(static_cast<std::uint8_t>(std::uint64_t{raw} >> 8 * i));
  alone.insert(alone.end(), module.begin() + 0x55, module.begin() + 0x50 + packed);
  lzma_stream stream = LZMA_STREAM_INIT;
  ASSERT_EQ(lzma_alone_decoder(&stream, UINT64_MAX), LZMA_OK);
  Bytes expanded(raw);
  stream.next_in = alone.data();
  stream.avail_in = alone.size();
  stream.next_out = expanded.data();
  stream.avail_out = expanded.size();
  EXPECT_EQ(lzma_code(&stream, LZMA_FINISH), LZMA_STREAM_END);
  EXPECT_EQ(stream.avail_out, 0u);
  EXPECT_EQ(stream.avail_in, 0u);
  lzma_end(&stream);
}

TEST(UpdateImage, DevelopmentKeyHasTheMd5ThatProfilesNameItBy) {
  const Bytes image = image_of(kRecipe);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  ASSERT_EQ(EVP_Digest(image.data() + 0x80, 0x104, digest, &length, EVP_md5(), nullptr), 1);
  EXPECT_EQ(base::to_hex(ByteView(digest, length)), kDevelopmentKeyMd5);
}

TEST(UpdateImage, IsTheSameForTheSameRecipe) {
  EXPECT_EQ(image_of(kRecipe), image_of(kRecipe));
}

TEST(UpdateImage, DiffersWhereTheVersionDiffers) {
  ImageRecipe other = kRecipe;
  other.version.build = 1047;
  const Bytes a = image_of(kRecipe);
  const Bytes b = image_of(other);
  EXPECT_NE(Bytes(a.end() - 0x1000, a.end()), Bytes(b.end() - 0x1000, b.end()));
}

class UpdateImageOfSize : public testing::TestWithParam<std::uint32_t> {};

TEST_P(UpdateImageOfSize, IsSoundAndExactlyThatLong) {
  ImageRecipe recipe = kRecipe;
  recipe.size = GetParam();
  const Bytes image = image_of(recipe);
  const auto code = check_code(image, kDevelopmentKeyMd5);
  EXPECT_EQ(code.fault, CodeFault::none);
  EXPECT_EQ(code.size, GetParam());
  EXPECT_EQ(code.sku, 0x83Eu);
  EXPECT_EQ(code.manifest.version, recipe.version);
}
INSTANTIATE_TEST_SUITE_P(From64KiBTo16MiB, UpdateImageOfSize,
                         testing::Values(0x10000u, 0x11000u, 0x180000u, 0x1000000u));

TEST(UpdateImage, ImpossibleSizesAreRefused) {
  for (const std::uint32_t size : {0u, 0x8000u, 0x10001u, 0x4000000u}) {
    ImageRecipe recipe = kRecipe;
    recipe.size = size;
    EXPECT_FALSE(build_update_image(recipe)) << size;
  }
}

TEST(UpdateImage, SomethingThatIsNoPrivateKeyIsRefused) {
  ImageRecipe recipe = kRecipe;
  recipe.private_key_pem = "not a key";
  const auto image = build_update_image(recipe);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().code, base::Errc::invalid);
}

TEST(CodeCheck, NamesWhatIsWrong) {
  const Bytes good = image_of(kRecipe);
  const auto fault_after = [&](std::size_t offset) {
    Bytes bad = good;
    bad[offset] = static_cast<std::uint8_t>(bad[offset] ^ 0x01);
    return check_code(bad, kDevelopmentKeyMd5).fault;
  };
  EXPECT_EQ(fault_after(0x00), CodeFault::header);              // type
  EXPECT_EQ(fault_after(0x04), CodeFault::header);              // header length
  EXPECT_EQ(fault_after(0x08), CodeFault::header);              // header version
  EXPECT_EQ(fault_after(0x10), CodeFault::header);              // vendor
  EXPECT_EQ(fault_after(0x1B), CodeFault::header);              // size
  EXPECT_EQ(fault_after(0x1E), CodeFault::header);              // tag
  EXPECT_EQ(fault_after(0x23), CodeFault::header);              // module count
  EXPECT_EQ(fault_after(0x78), CodeFault::header);              // key size
  EXPECT_EQ(fault_after(0x290 + 2 * 0x50), CodeFault::header);  // $SKU tag
  EXPECT_EQ(fault_after(0x24), CodeFault::signature);           // version: signed
  EXPECT_EQ(fault_after(0x184), CodeFault::signature);          // the signature itself
  EXPECT_EQ(fault_after(0x80), CodeFault::signature);           // modulus
  EXPECT_EQ(fault_after(0x290 + 0x2C), CodeFault::signature);   // a module's hash: signed
  EXPECT_EQ(fault_after(0x1000), CodeFault::module);            // BRINGUP
  EXPECT_EQ(fault_after(0xFFFF), CodeFault::module);            // the last byte of BULK
}

TEST(CodeCheck, AnotherKeyIsNotTaken) {
  EXPECT_EQ(check_code(image_of(kRecipe), "5c7169b7e7065323fb7b3b5657b4d57a").fault,
            CodeFault::key);
}

TEST(CodeCheck, EveryTruncationIsRefused) {
  const Bytes good = image_of(kRecipe);
  for (std::size_t length = 0; length < good.size(); length += length < 0x400 ? 1 : 0x333) {
    EXPECT_NE(check_code(ByteView(good).first(length), kDevelopmentKeyMd5).fault, CodeFault::none)
        << length;
  }
}

}  // namespace
