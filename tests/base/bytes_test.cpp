// SPDX-License-Identifier: BSD-3-Clause
// Byte cursors: order of bytes, and that running past the end is remembered.
#include "base/bytes.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace {

using base::ByteReader;
using base::Bytes;
using base::ByteWriter;

const Bytes kNine = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09};

TEST(ByteReader, LittleEndianTakesTheLowByteFirst) {
  ByteReader in(kNine);
  EXPECT_EQ(in.u8(), 0x01);
  EXPECT_EQ(in.u16(), 0x0302);
  EXPECT_EQ(in.u32(), 0x07060504u);
  EXPECT_EQ(in.position(), 7u);
  EXPECT_EQ(in.remaining(), 2u);
  EXPECT_EQ(ByteReader(kNine).u64(), 0x0807060504030201u);
}

TEST(ByteReader, BigEndianTakesTheHighByteFirst) {
  ByteReader in(kNine);
  EXPECT_EQ(in.be16(), 0x0102);
  EXPECT_EQ(in.be32(), 0x03040506u);
}

TEST(ByteReader, ReadingToTheEndIsFinished) {
  ByteReader in(kNine);
  in.skip(5);
  EXPECT_TRUE(in.ok());
  EXPECT_FALSE(in.finished());
  in.u32();
  EXPECT_TRUE(in.finished());
}

TEST(ByteReader, ReadingPastTheEndYieldsZerosAndIsRemembered) {
  ByteReader in(kNine);
  in.skip(7);
  EXPECT_EQ(in.u32(), 0u);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.u8(), 0u)
      << "nothing is read after the end was passed, not even the bytes that were left";
  EXPECT_EQ(in.remaining(), 0u);
  EXPECT_FALSE(in.finished());
}

TEST(ByteReader, BytesPastTheEndAreAnEmptyView) {
  ByteReader in(kNine);
  EXPECT_EQ(base::to_hex(in.bytes(3)), "010203");
  EXPECT_TRUE(in.bytes(7).empty());
  EXPECT_FALSE(in.ok());
}

TEST(ByteReader, HugeCountsDoNotWrapAround) {
  ByteReader in(kNine);
  in.u8();
  EXPECT_TRUE(in.bytes(SIZE_MAX).empty());
  EXPECT_FALSE(in.ok());
}

TEST(ByteReader, ArrayPastTheEndIsAllZero) {
  ByteReader in(kNine);
  EXPECT_EQ(base::to_hex(in.array<4>()), "01020304");
  EXPECT_EQ(base::to_hex(in.array<6>()), "000000000000");
  EXPECT_FALSE(in.ok());
}

TEST(ByteReader, NothingCanBeReadFromNothing) {
  ByteReader in({});
  EXPECT_TRUE(in.finished());
  EXPECT_TRUE(in.bytes(0).empty());
  EXPECT_TRUE(in.ok());
  in.u8();
  EXPECT_FALSE(in.ok());
}

TEST(ByteWriter, BothOrdersPutTheirBytes) {
  std::array<std::uint8_t, 21> buffer{};
  ByteWriter out(buffer);
  out.u8(0x01).u16(0x0203).u32(0x04050607).u64(0x08090A0B0C0D0E0F).be16(0x1011).be32(0x12131415);
  EXPECT_TRUE(out.ok());
  EXPECT_EQ(base::to_hex(out.written()),
            "01"
            "0302"
            "07060504"
            "0f0e0d0c0b0a0908"
            "1011"
            "12131415");
}

TEST(ByteWriter, WritingPastTheEndChangesNothingAndIsRemembered) {
  std::array<std::uint8_t, 5> buffer{0xEE, 0xEE, 0xEE, 0xEE, 0xEE};
  ByteWriter out(base::MutableByteView(buffer).first(3));
  out.u16(0x0201).u32(0x06050403);
  EXPECT_FALSE(out.ok());
  EXPECT_EQ(base::to_hex(buffer), "0102eeeeee");
  out.u8(7);
  EXPECT_FALSE(out.ok()) << "a later write that fits does not heal it";
}

TEST(ByteWriter, TextIsCutOrPaddedToItsField) {
  std::array<std::uint8_t, 8> buffer{};
  buffer.fill(0xEE);
  ByteWriter out(buffer);
  out.text("CODE", 4).text("ME", 4);
  EXPECT_TRUE(out.ok());
  EXPECT_EQ(base::to_hex(buffer), "434f44454d450000");
  ByteWriter again(buffer);
  again.text("LONGER", 4);
  EXPECT_EQ(base::to_hex(again.written()), "4c4f4e47");
}

TEST(ByteWriter, FillAndBytesOfNothingAreFine) {
  std::array<std::uint8_t, 2> buffer{};
  ByteWriter out(buffer);
  out.fill(2, 0xAB).bytes({}).zeros(0);
  EXPECT_TRUE(out.ok());
  EXPECT_EQ(out.size(), 2u);
  out.fill(1, 0);
  EXPECT_FALSE(out.ok());
}

}  // namespace
