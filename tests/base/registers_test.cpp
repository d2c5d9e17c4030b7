// SPDX-License-Identifier: BSD-3-Clause
// Typed register snapshots: a field reads and changes its own bits and no others.
#include "base/registers.h"

#include <gtest/gtest.h>

namespace {

struct Sample {
  static constexpr base::Field<Sample, 31, 24> high{};
  static constexpr base::Field<Sample, 7, 4> middle{};
  static constexpr base::Field<Sample, 0> bit{};
  static constexpr base::Field<Sample, 31, 0> all{};
};
using Value = base::Register32<Sample>;

static_assert(Sample::high.mask == 0xFF000000u);
static_assert(Sample::middle.mask == 0x000000F0u);
static_assert(Sample::bit.mask == 0x00000001u);
static_assert(Sample::all.mask == 0xFFFFFFFFu);

TEST(Register32, FieldReadsItsBits) {
  const Value value(0xA55A0F31);
  EXPECT_EQ(value[Sample::high], 0xA5u);
  EXPECT_EQ(value[Sample::middle], 0x3u);
  EXPECT_EQ(value[Sample::bit], 1u);
  EXPECT_EQ(value[Sample::all], 0xA55A0F31u);
}

TEST(Register32, WithChangesOneFieldOfACopy) {
  const Value before(0xFFFFFFFF);
  const Value after = before.with(Sample::middle, 0x6).with(Sample::bit, 0);
  EXPECT_EQ(after.bits(), 0xFFFFFF6Eu);
  EXPECT_EQ(before.bits(), 0xFFFFFFFFu);
}

TEST(Register32, ValueTooWideForAFieldIsCut) {
  EXPECT_EQ(Value().with(Sample::middle, 0x1F).bits(), 0xF0u);
  EXPECT_EQ(Value().with(Sample::high, 0x1FF).bits(), 0xFF000000u);
}

}  // namespace
