// SPDX-License-Identifier: BSD-3-Clause
// $CPD, its extensions, and manifests R1 and R2. Expected bytes are laid out by hand after
// MEAnalyzer's structures.
#include "protocol/image/cpd.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "emulator/factory/development_key.h"
#include "protocol/image/cpd_manifest.h"

namespace protocol::image {
namespace {

template <class T>
std::string encoded(const T& value, std::size_t size) {
  base::Bytes bytes(size);
  base::ByteWriter out(bytes);
  encode(out, value);
  EXPECT_EQ(out.size(), size);
  return base::to_hex(bytes);
}

TEST(CpdFormat, ADirectoryAddsUpToZero) {
  const Cpd cpd{.partition = "FTPR",
                .entries = {{.name = "FTPR.man", .offset = 0x88, .size = 0x454},
                            {.name = "bup", .offset = 0x1000, .size = 0x20, .is_huffman = true}}};
  const std::string hex = encoded(cpd, 0x40);
  EXPECT_EQ(hex,
            "24435044"
            "02000000"
            "01"
            "01"
            "10" +
                hex.substr(22, 2) +
                "46545052"
                "465450522e6d616e00000000"
                "88000000"
                "54040000"
                "00000000"
                "627570000000000000000000"
                "00100002"
                "20000000"
                "00000000");
  std::uint8_t sum = 0;
  base::Bytes bytes = base::from_hex(hex).value();
  for (const std::uint8_t b : bytes) sum = static_cast<std::uint8_t>(sum + b);
  EXPECT_EQ(sum, 0);
  const auto back = decode_cpd(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->partition, "FTPR");
  ASSERT_NE(back->find("bup"), nullptr);
  EXPECT_EQ(back->find("bup")->offset, 0x1000u);
  EXPECT_TRUE(back->find("bup")->is_huffman);
  bytes[0x0B] ^= 1;
  EXPECT_FALSE(decode_cpd(bytes)) << "the checksum";
}

TEST(CpdFormat, APartitionsInformationHas68hBytesAndRowsOf34h) {
  PartitionInfo info{.name = "PMCP", .size = 0x1000, .control_number = 2, .instance = 1};
  info.hash.resize(48);
  info.hash[0] = 0xAA;
  info.modules.push_back({.name = "bup", .metadata_size = 0x48});
  info.modules[0].metadata_sha256[0] = 0xBB;
  const std::string hex = encoded(info, 0x68 + 0x34);
  const auto at = [&](std::size_t offset, std::size_t size) {
    return hex.substr(offset * 2, size * 2);
  };
  EXPECT_EQ(at(0, 0x10),
            "03000000"
            "9c000000"
            "504d4350"
            "00100000");
  EXPECT_EQ(at(0x3F, 1), "aa") << "stored byte-reversed";
  EXPECT_EQ(at(0x40, 4), "02000000") << "VCN";
  EXPECT_EQ(at(0x4C, 4), "01000000") << "instance";
  EXPECT_EQ(at(0x68, 0x14),
            "627570000000000000000000"
            "00"
            "00"
            "ffff"
            "48000000");
  EXPECT_EQ(at(0x68 + 0x33, 1), "bb") << "stored byte-reversed";
  const auto back = decode_partition_info(base::from_hex(hex).value(), ManifestForm::cpd_r2);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->control_number, 2u);
  ASSERT_EQ(back->modules.size(), 1u);
  EXPECT_EQ(back->modules[0].metadata_sha256, info.modules[0].metadata_sha256);
}

TEST(CpdFormat, AnExtensionThatLeavesItsPlaceIsNone) {
  EXPECT_TRUE(find_extension(base::from_hex("0c000000 ff000000").value(), 0x0C).empty());
  EXPECT_TRUE(find_extension(base::from_hex("0c000000 04000000").value(), 0x0C).empty());
  const base::Bytes two = base::from_hex("0300000008000000 0c00000008000000").value();
  EXPECT_EQ(find_extension(two, 0x0C).size(), 8u);
}

TEST(CpdFormat, BesideAManifestOfFormR1ItHas58hBytes) {
  PartitionInfo info{.form = ManifestForm::cpd_r1,
                     .name = "LOCL",
                     .size = 0x1000,
                     .control_number = 2,
                     .instance = 1};
  info.hash.resize(32);
  info.hash[0] = 0xAA;
  info.modules.push_back({.name = "bup", .metadata_size = 0x38});
  const std::string hex = encoded(info, 0x58 + 0x34);
  const auto at = [&](std::size_t offset, std::size_t size) {
    return hex.substr(offset * 2, size * 2);
  };
  EXPECT_EQ(at(0x2F, 1), "aa") << "stored byte-reversed";
  EXPECT_EQ(at(0x30, 4), "02000000") << "VCN";
  EXPECT_EQ(at(0x3C, 4), "01000000") << "instance";
  const auto back = decode_partition_info(base::from_hex(hex).value(), ManifestForm::cpd_r1);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->hash, info.hash);
  EXPECT_EQ(back->instance, 1u);
  EXPECT_EQ(back->modules.at(0).name, "bup");
}

TEST(CpdFormat, AModulesMetadataHas38hBytesInFormR1And48hInFormR2) {
  for (const auto& [form, size] : {std::pair{ManifestForm::cpd_r1, std::size_t{0x38}},
                                   std::pair{ManifestForm::cpd_r2, std::size_t{0x48}}}) {
    ModuleAttributes m{.form = form, .raw_size = 0x400, .stored_size = 0x400, .hash = {}};
    m.hash.assign(hash_size(form), 0x11);
    m.hash[0] = 0xAA;
    const std::string hex = encoded(m, size);
    EXPECT_EQ(hex.substr(0, 8), "0a000000");
    EXPECT_EQ(hex.substr(hex.size() - 2), "aa") << "stored byte-reversed";
    const auto back = decode_module_attributes(base::from_hex(hex).value(), form);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->hash, m.hash);
  }
}

struct ManifestCase {
  ManifestForm form;
  FirmwareVersion version;
  const char* head;  ///< the first 48 bytes, by hand
  std::string_view key;
  std::string_view key_md5;
  std::string_view wrong_key;  ///< of another size
};

class CpdManifestFormat : public testing::TestWithParam<ManifestCase> {};

TEST_P(CpdManifestFormat, IsSignedOverItsHeadAndItsExtensions) {
  const ManifestCase& tried = GetParam();
  const std::size_t header = shape_of(tried.form).size();
  base::Bytes bytes(header + 0x10);
  base::ByteWriter out(bytes);
  encode(out, CpdManifest{.form = tried.form,
                          .date = 0x20210101,
                          .size_dwords = static_cast<std::uint32_t>(bytes.size() / 4),
                          .version = tried.version,
                          .security_version = 1,
                          .modulus = {},
                          .signature = {}});
  EXPECT_EQ(base::to_hex(base::ByteView(bytes).first(0x30)), tried.head);
  ASSERT_TRUE(sign_cpd(bytes, tried.key));
  const auto manifest = decode_cpd_manifest(bytes);
  ASSERT_TRUE(manifest);
  EXPECT_EQ(manifest->form, tried.form);
  EXPECT_TRUE(signature_verifies(bytes, *manifest));
  EXPECT_EQ(base::to_hex(key_md5(*manifest)), tried.key_md5);
  const base::Bytes once = bytes;
  ASSERT_TRUE(sign_cpd(bytes, tried.key));
  EXPECT_EQ(bytes, once) << "the same bytes give the same signature";
  for (const std::size_t at : {std::size_t{0x24}, header}) {
    base::Bytes bad = once;
    bad[at] ^= 1;
    EXPECT_FALSE(signature_verifies(bad, *decode_cpd_manifest(bad))) << at;
  }
  EXPECT_FALSE(sign_cpd(bytes, tried.wrong_key)) << "a key of another size";
}

INSTANTIATE_TEST_SUITE_P(
    Forms, CpdManifestFormat,
    testing::Values(ManifestCase{.form = ManifestForm::cpd_r1,
                                 .version = {11, 8, 50, 3425},
                                 .head = "04000000"
                                         "a1000000"
                                         "00000100"
                                         "00000000"
                                         "86800000"
                                         "01012120"
                                         "a5000000"
                                         "244d4e32"
                                         "00000000"
                                         "0b00"
                                         "0800"
                                         "3200"
                                         "610d"
                                         "01000000",
                                 .key = emulator::factory::kDevelopmentKeyPem,
                                 .key_md5 = emulator::factory::kDevelopmentKeyMd5,
                                 .wrong_key = emulator::factory::kDevelopmentKey3072Pem},
                    ManifestCase{.form = ManifestForm::cpd_r2,
                                 .version = {15, 0, 55, 2751},
                                 .head = "04000000"
                                         "e1000000"
                                         "00100200"
                                         "00000000"
                                         "86800000"
                                         "01012120"
                                         "e5000000"
                                         "244d4e32"
                                         "00000000"
                                         "0f00"
                                         "0000"
                                         "3700"
                                         "bf0a"
                                         "01000000",
                                 .key = emulator::factory::kDevelopmentKey3072Pem,
                                 .key_md5 = emulator::factory::kDevelopmentKey3072Md5,
                                 .wrong_key = emulator::factory::kDevelopmentKeyPem}),
    [](const auto& tried) {
      return tried.param.form == ManifestForm::cpd_r1 ? std::string("R1") : std::string("R2");
    });

}  // namespace
}  // namespace protocol::image
