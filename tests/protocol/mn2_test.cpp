// SPDX-License-Identifier: BSD-3-Clause
// $MN2 partitions and the $FPT in front of them: offsets and values as MEAnalyzer and me_cleaner
// have them, and as public regions of ME 7 and 8 were measured.
#include <gtest/gtest.h>

#include <numeric>

#include "base/hex.h"
#include "protocol/image/manifest.h"
#include "protocol/image/mn2.h"
#include "protocol/image/partition_table.h"
#include "protocol/image/signature.h"

namespace protocol::image {
namespace {

std::uint32_t word_at(base::ByteView bytes, std::size_t at) {
  return base::ByteReader(bytes.subspan(at)).u32();
}

TEST(Mn2Module, HasItsFieldsWherePublicReadersLookForThem) {
  Mn2Module m{.name = "BUP",
              .base = 0x34343434,
              .offset = 0x38383838,
              .raw_size = 0x3C3C3C3C,
              .stored_size = 0x40404040,
              .memory_size = 0x44444444,
              .entry = 0x4C4C4C4C,
              .compression = Mn2Compression::lzma};
  std::iota(m.sha256.begin(), m.sha256.end(), std::uint8_t{1});
  base::Bytes bytes(Mn2Module::size);
  base::ByteWriter out(bytes);
  encode(out, m);
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(out.size(), 0x60u);
  EXPECT_EQ(base::to_hex(base::ByteView(bytes).first(8)), "244d4d4542555000");  // "$MMEBUP"
  EXPECT_EQ(bytes[0x14], 32) << "the hash is stored byte-reversed";
  EXPECT_EQ(bytes[0x33], 1);
  for (const std::size_t at : {0x34u, 0x38u, 0x3Cu, 0x40u, 0x44u, 0x4Cu})
    EXPECT_EQ(word_at(bytes, at), at * 0x01010101) << std::hex << at;
  EXPECT_EQ(word_at(bytes, 0x50), 0x20u) << "(f >> 4) & 7 is 2";
  const auto read = decode_mn2_module(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->sha256, m.sha256);
  EXPECT_EQ(read->name, "BUP");
  EXPECT_EQ(read->offset, 0x38383838u);
  EXPECT_EQ(read->compression, Mn2Compression::lzma);
}

/// "real: 7.1 1.5 MB 701C1001 83220000".
TEST(Mn2Sku, IsFoundBehindFillBytes) {
  const auto bytes = base::from_hex("FFFFFFFF 24534B55 04000000 701C1001 83220000").value();
  const auto sku = find_mn2_sku(bytes);
  ASSERT_TRUE(sku);
  EXPECT_EQ(sku->attributes, 0x0000228301101C70u);
  base::Bytes written(16);
  base::ByteWriter out(written);
  encode(out, *sku);
  EXPECT_EQ(written, base::Bytes(bytes.begin() + 4, bytes.end()));
  EXPECT_FALSE(find_mn2_sku(base::from_hex("24534B55 03000000 701C1001").value()));
}

TEST(Mn2Manifest, HasSvnAt2CAndVcnAt34) {
  Manifest m;
  m.security_version = 0x2C2C2C2C;
  m.control_number = 0x34343434;
  base::Bytes bytes(Manifest::size);
  base::ByteWriter out(bytes);
  encode(out, m);
  EXPECT_EQ(word_at(bytes, 0x2C), 0x2C2C2C2Cu);
  EXPECT_EQ(word_at(bytes, 0x30), 0u);
  EXPECT_EQ(word_at(bytes, 0x34), 0x34343434u);
  EXPECT_EQ(decode_manifest(bytes)->control_number, 0x34343434u);
}

// 8.0.20.1513 in public regions: 0 at 2Ch, its SVN 1 at 30h, its VCN 2 at 34h.
TEST(Mn2Manifest, OfMe8HasSvnAt30) {
  Manifest m;
  m.version = {8, 0, 20, 1513};
  m.security_version = 1;
  m.control_number = 2;
  base::Bytes bytes(Manifest::size);
  base::ByteWriter out(bytes);
  encode(out, m);
  EXPECT_EQ(base::to_hex(base::ByteView(bytes).subspan(0x2C, 12)), "000000000100000002000000");
  EXPECT_EQ(decode_manifest(bytes)->security_version, 1u);
}

TEST(LaterPartitionTable, IsThatOfPublicRegions) {
  PartitionTable t;
  t.form = TableForm::v20;
  t.partitions = {
      {.name = "FTPR", .owner = "", .offset = 0x1000, .size = 0x2000},
      {.name = "EFFS", .owner = "", .offset = 0x3000, .size = 0x1000, .type = PartitionType::effs}};
  base::Bytes region(0x4000);
  base::ByteWriter out(region);
  encode(out, t);
  EXPECT_EQ(base::to_hex(base::ByteView(region).first(20)),
            "2020800f400000100000000000000000"
            "24465054");  // vectors, "$FPT"
  EXPECT_EQ(region[0x18], 0x20) << "version 2.0";
  EXPECT_EQ(region[0x1A], 0x30) << "header length, vectors and all";
  EXPECT_EQ(std::accumulate(region.begin(), region.begin() + 0x30, 0u) & 0xFF, 0u);
  EXPECT_NE(std::accumulate(region.begin() + 0x10, region.begin() + 0x30, 0u) & 0xFF, 0u)
      << "the vectors count";
  EXPECT_EQ(word_at(region, 0x30 + 0x1C), 0x2780u) << "code";
  EXPECT_EQ(word_at(region, 0x50 + 0x1C), 0x2704u) << "EFFS";
  const auto read = decode_partition_table(region);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->form, TableForm::v20);
  EXPECT_EQ(read->find("EFFS")->type, PartitionType::effs);
}

TEST(Sha256, IsThatOfTheStandard) {
  EXPECT_EQ(base::to_hex(sha256(base::as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
}

}  // namespace
}  // namespace protocol::image
