// SPDX-License-Identifier: BSD-3-Clause
// Hashes, LZMA streams and the RSA signature, checked against arithmetic that shares no code with
// the signer.
#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

#include "base/hex.h"
#include "protocol/image/known_keys.h"
#include "tests/updater/image/image_builder.h"
#include "updater/image/image.h"
#include "updater/image/lzma.h"

namespace test {
namespace {

using protocol::update::ToolError;
using updater::image::Defect;
using updater::image::parse;
using updater::image::ParseOutcome;
using updater::image::verify;

std::vector<Defect> defects_of(const base::Bytes& file) {
  const ParseOutcome out = parse(file);
  if (out.defect) return {*out.defect};
  return verify(*out.image);
}

TEST(ImageVerify, SoundImageHasNoDefect) {
  EXPECT_TRUE(defects_of(small_code()).empty());
  EXPECT_TRUE(defects_of(build_region(small_code(), RomBypass::absent)).empty());
  EXPECT_TRUE(defects_of(build_flash(small_code())).empty());
}

TEST(ImageDeathTest, CodeLiesInsideItsFileAndTheSignatureCoversNoMore) {
  auto image = *parse(small_code()).image;
  image.manifest.size_dwords = static_cast<std::uint32_t>(image.code_size / 4 + 1);
  EXPECT_DEATH((void)verify(image), "what a signature covers lies inside the code");
  image.code_offset = 1;
  EXPECT_DEATH((void)image.code(), "an image's code lies inside its file");
}

// signature ^ exponent mod modulus must be 00 01 FF.. 00, the SHA-1 DigestInfo of RFC 8017, and
// the hash.
TEST(ImageVerify, SignatureIsPkcs1OverSha1ByHand) {
  const base::Bytes file = small_code();
  const base::ByteView image = file;
  base::Bytes hashed(file.begin(), file.begin() + 0x80);
  const std::size_t signed_end = 0x290 + 2 * 0x50 + 12;
  hashed.insert(hashed.end(), file.begin() + 0x284,
                file.begin() + static_cast<std::ptrdiff_t>(signed_end));
  base::Bytes expected(256 - 15 - 20, 0xFF);
  expected[0] = 0x00;
  expected[1] = 0x01;
  expected[expected.size() - 1] = 0x00;
  const base::Bytes digest_info = base::from_hex("3021300906052b0e03021a05000414").value();
  expected.insert(expected.end(), digest_info.begin(), digest_info.end());
  expected.resize(256);
  SHA1(hashed.data(), hashed.size(), expected.data() + 236);

  BN_CTX* context = BN_CTX_new();
  BIGNUM* n = BN_lebin2bn(image.subspan(0x80, 256).data(), 256, nullptr);
  BIGNUM* e = BN_lebin2bn(image.subspan(0x180, 4).data(), 4, nullptr);
  BIGNUM* s = BN_lebin2bn(image.subspan(0x184, 256).data(), 256, nullptr);
  BIGNUM* m = BN_new();
  ASSERT_EQ(BN_mod_exp(m, s, e, n, context), 1);
  base::Bytes opened(256);
  BN_bn2binpad(m, opened.data(), 256);
  for (BIGNUM* number : {n, e, s, m}) BN_free(number);
  BN_CTX_free(context);
  EXPECT_EQ(base::to_hex(opened), base::to_hex(expected));
}

TEST(ImageVerify, EveryByteOfAnUpdateImageIsUnderSomeCheck) {
  const base::Bytes sound = small_code();
  for (std::size_t at = 0; at < sound.size(); ++at) {
    base::Bytes damaged = sound;
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x01);
    EXPECT_FALSE(defects_of(damaged).empty()) << "offset " << at;
  }
}

TEST(ImageVerify, ChangedVersionBreaksTheSignature) {
  base::Bytes file = small_code();
  file[0x24] = 6;
  const auto defects = defects_of(file);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_EQ(defects[0].field, "manifest signature");
  EXPECT_EQ(defects[0].offset, 0x184u);
  EXPECT_EQ(defects[0].tool_error, ToolError::invalid_image);
}

TEST(ImageVerify, ChangedModuleBreaksItsHashOnly) {
  base::Bytes file = small_code();
  file.back() = static_cast<std::uint8_t>(file.back() ^ 0x80);
  const auto defects = defects_of(file);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_EQ(defects[0].field, "module BULK SHA-1");
  EXPECT_EQ(defects[0].offset,
            kModule1 + 0x50 + 0x2C);  // second entry; tag 4, GUID 16, version 8, name 16
  EXPECT_EQ(defects[0].tool_error, ToolError::invalid_image);
}

TEST(ImageVerify, OffsetsCountFromTheStartOfTheFile) {
  base::Bytes flash = build_flash(small_code());
  flash[0xC000 + 0x24] = 6;
  const auto defects = defects_of(flash);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_EQ(defects[0].offset, 0xC000u + 0x184);
}

TEST(ImageVerify, ModuleWithoutHashIsNotHashed) {
  CodeRecipe recipe = small_recipe();
  recipe.modules[1].flags = protocol::image::ModuleEntry::flag_no_hash;
  base::Bytes file = build_code(recipe);
  file.back() = static_cast<std::uint8_t>(file.back() ^ 0x80);
  EXPECT_TRUE(defects_of(file).empty());
}

TEST(ImageVerify, DebugAndPreProductionImagesSaySo) {
  CodeRecipe recipe = small_recipe();
  recipe.flags = 0xC0000000;
  const auto defects = defects_of(build_code(recipe));
  ASSERT_EQ(defects.size(), 2u);
  EXPECT_EQ(to_text(defects[0]), "offset 0xC: manifest flags mark the image as debug-signed");
  EXPECT_EQ(to_text(defects[1]), "offset 0xC: manifest flags mark the image as pre-production");
}

TEST(ImageVerify, DamagedStreamIsFoundBehindASoundHash) {
  CodeRecipe recipe = small_recipe();
  recipe.modules[0].flags = protocol::image::ModuleEntry::flag_no_hash;
  base::Bytes file = build_code(recipe);
  file[kModules + 0x50 + 10] = static_cast<std::uint8_t>(file[kModules + 0x50 + 10] ^ 0x10);
  const auto defects = defects_of(file);
  ASSERT_EQ(defects.size(), 1u);
  EXPECT_EQ(defects[0].field, "module KERNEL LZMA stream");
  EXPECT_EQ(defects[0].offset, kModules + 0x50);
  EXPECT_EQ(defects[0].tool_error, ToolError::invalid_image);
}

TEST(ImageVerify, StreamMustExpandToExactlyItsRawSize) {
  CodeRecipe recipe = small_recipe();
  recipe.modules[0].flags = protocol::image::ModuleEntry::flag_no_hash;
  const base::Bytes sound = build_code(recipe);
  for (const std::uint8_t low :
       {std::uint8_t{0x57}, std::uint8_t{0x59}}) {  // 599 and 601; it is 600 (0x258)
    base::Bytes file = sound;
    file[kModules + 0x1C] = low;
    const auto defects = defects_of(file);
    ASSERT_EQ(defects.size(), 1u) << int{low};
    EXPECT_EQ(defects[0].field, "module KERNEL LZMA stream");
  }
}

TEST(ImageVerify, StreamMayEndWithOrWithoutAMarker) {
  const base::Bytes plain(1000, 'a');
  for (const base::Bytes& stream : {lzma_module(plain), lzma_module_without_marker(plain)}) {
    EXPECT_EQ(updater::image::lzma_fault(stream, 1000), "");
    EXPECT_NE(updater::image::lzma_fault(stream, 1001), "");
    EXPECT_NE(updater::image::lzma_fault(stream, 999), "");
  }
}

TEST(ImageVerify, StreamCutAnywhereIsNotTaken) {
  const base::Bytes stream = lzma_module(base::Bytes(1000, 'a'));
  for (std::size_t size = updater::image::kLzmaProperties; size < stream.size(); ++size) {
    EXPECT_NE(updater::image::lzma_fault(base::ByteView(stream).first(size), 1000), "") << size;
  }
}

TEST(ImageVerify, KeyIsNamedByItsMd5) {
  const ParseOutcome out = parse(small_code());
  ASSERT_TRUE(out.image);
  EXPECT_EQ(out.image->key, updater::image::SigningKey::unknown);
  EXPECT_EQ(out.image->key_md5.size(), 32u);
  EXPECT_EQ(protocol::image::find_key("5c7169b7e7065323fb7b3b5657b4d57a")->key,
            protocol::image::KnownKey::intel_me5);
  EXPECT_EQ(protocol::image::find_key(out.image->key_md5), nullptr);
}

TEST(ImageVerify, KeyMd5CoversModulusAndExponentAsStored) {
  const base::Bytes file = small_code();
  const ParseOutcome out = parse(file);
  base::Bytes key(file.begin() + 0x80,
                  file.begin() + 0x184);  // 256 bytes of modulus, 4 of exponent
  EXPECT_EQ(key.size(), 260u);
  EXPECT_EQ(out.image->manifest.exponent, 65537u);
  unsigned char md5[16];
  EVP_Digest(key.data(), key.size(), md5, nullptr, EVP_md5(), nullptr);
  EXPECT_EQ(out.image->key_md5, base::to_hex(md5));
}

}  // namespace
}  // namespace test
