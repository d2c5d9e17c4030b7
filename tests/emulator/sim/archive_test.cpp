// SPDX-License-Identifier: BSD-3-Clause
// Saved state: what goes in comes out, and what was cut or came from elsewhere is refused.
#include "emulator/sim/archive.h"

#include <gtest/gtest.h>

#include <array>

namespace emulator::sim {
namespace {

enum class Colour : std::uint8_t { red, green };

struct Chip {
  bool flag = false;
  std::uint8_t u8 = 0;
  std::uint16_t u16 = 0;
  std::uint32_t u32 = 0;
  std::uint64_t u64 = 0;
  std::int64_t i64 = 0;
  base::TimePoint time{};
  Colour colour = Colour::red;
  std::string text;
  base::Bytes bytes;
  std::array<std::uint8_t, 3> fixed{};

  bool operator==(const Chip&) const = default;

  void serialize(Archive& a) {
    a.section("chip");
    a.value(flag);
    a.value(u8);
    a.value(u16);
    a.value(u32);
    a.value(u64);
    a.value(i64);
    a.value(time);
    a.value(colour);
    a.value(text);
    a.value(bytes);
    a.value(base::MutableByteView(fixed));
  }
};

Chip busy_chip() {
  return {.flag = true,
          .u8 = 0xA5,
          .u16 = 0xBEEF,
          .u32 = 0xDEADBEEF,
          .u64 = 0x0123456789ABCDEF,
          .i64 = -2,
          .time = base::TimePoint(-7),
          .colour = Colour::green,
          .text = "five",
          .bytes = {1, 2, 3, 4},
          .fixed = {7, 8, 9}};
}

base::Bytes save(Chip chip) {
  Archive a = Archive::saving();
  chip.serialize(a);
  return a.saved();
}

TEST(Archive, EveryTypeComesBackAsItWas) {
  const base::Bytes saved = save(busy_chip());
  Chip chip;
  Archive a = Archive::loading(saved);
  chip.serialize(a);
  EXPECT_TRUE(a.finish());
  EXPECT_EQ(chip, busy_chip());
}

TEST(Archive, NumbersAreLittleEndian) {
  Archive a = Archive::saving();
  std::uint32_t value = 0x11223344;
  a.value(value);
  EXPECT_EQ(a.saved(), (base::Bytes{0x44, 0x33, 0x22, 0x11}));
}

TEST(Archive, StateCutAnywhereIsRefused) {
  const base::Bytes saved = save(busy_chip());
  for (std::size_t size = 0; size < saved.size(); ++size) {
    Chip chip;
    Archive a = Archive::loading(base::ByteView(saved).first(size));
    chip.serialize(a);
    EXPECT_FALSE(a.finish()) << size;
    EXPECT_TRUE(a.failed()) << size;
  }
}

TEST(Archive, BytesLeftOverAreRefused) {
  base::Bytes saved = save(busy_chip());
  saved.push_back(0);
  Chip chip;
  Archive a = Archive::loading(saved);
  chip.serialize(a);
  ASSERT_FALSE(a.finish());
  EXPECT_EQ(a.finish().error().doing, "saved state has bytes left over");
}

TEST(Archive, AnotherSectionIsRefusedByTheNameExpected) {
  Archive out = Archive::saving();
  out.section("flash");
  Archive in = Archive::loading(out.saved());
  in.section("heci");
  ASSERT_FALSE(in.finish());
  EXPECT_EQ(in.finish().error().doing, "expected section \"heci\"");
}

TEST(Archive, TheFirstReasonToFailIsKept) {
  Archive a = Archive::saving();
  a.fail("first");
  a.fail("second");
  ASSERT_FALSE(a.finish());
  EXPECT_EQ(a.finish().error().doing, "first");
}

TEST(Archive, ALengthThatLiesAllocatesNothing) {
  const base::Bytes saved = {0xFF, 0xFF, 0xFF, 0xFF, 1, 2};
  base::Bytes value;
  Archive a = Archive::loading(saved);
  a.value(value);
  EXPECT_TRUE(a.failed());
  EXPECT_TRUE(value.empty());
}

}  // namespace
}  // namespace emulator::sim
