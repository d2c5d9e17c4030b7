// SPDX-License-Identifier: BSD-3-Clause
// The HECI register map against the bits of Linux hw-me-regs.h, written here as that file's
// numbers.
#include "protocol/heci/registers.h"

#include <gtest/gtest.h>

namespace protocol::heci {
namespace {

TEST(HeciRegisters, HostControlBitsAreWhereDriversExpectThem) {
  EXPECT_EQ(HCsr::cbd.mask, 0xFF000000u);
  EXPECT_EQ(HCsr::cbwp.mask, 0x00FF0000u);
  EXPECT_EQ(HCsr::cbrp.mask, 0x0000FF00u);
  EXPECT_EQ(HCsr::rst.mask, 0x10u);
  EXPECT_EQ(HCsr::rdy.mask, 0x08u);
  EXPECT_EQ(HCsr::ig.mask, 0x04u);
  EXPECT_EQ(HCsr::is.mask, 0x02u);
  EXPECT_EQ(HCsr::ie.mask, 0x01u);
}

TEST(HeciRegisters, MeControlHasTheSameShape) {
  EXPECT_EQ(MeCsrHa::cbd.mask, HCsr::cbd.mask);
  EXPECT_EQ(MeCsrHa::cbwp.mask, HCsr::cbwp.mask);
  EXPECT_EQ(MeCsrHa::cbrp.mask, HCsr::cbrp.mask);
  EXPECT_EQ(MeCsrHa::rst.mask, HCsr::rst.mask);
  EXPECT_EQ(MeCsrHa::rdy.mask, HCsr::rdy.mask);
  EXPECT_EQ(MeCsrHa::ig.mask, HCsr::ig.mask);
  EXPECT_EQ(MeCsrHa::is.mask, HCsr::is.mask);
  EXPECT_EQ(MeCsrHa::ie.mask, HCsr::ie.mask);
}

TEST(HeciRegisters, OnlyResetReadyAndEnableAreWritable) {
  EXPECT_EQ(kHCsrWritable, 0x19u);
  EXPECT_EQ(kHCsrWrite1ToClear, 0x02u);
}

TEST(HeciRegisters, FourRegistersFillSixteenBytes) {
  EXPECT_EQ(kHCbWw, 0x0u);
  EXPECT_EQ(kHCsr, 0x4u);
  EXPECT_EQ(kMeCbRw, 0x8u);
  EXPECT_EQ(kMeCsrHa, 0xCu);
  EXPECT_EQ(kBarSize, 16u);
}

TEST(HeciRegisters, PointersRunFreelyThroughTheirWrap) {
  EXPECT_EQ(filled_slots(0, 0), 0u);
  EXPECT_EQ(filled_slots(5, 3), 2u);
  EXPECT_EQ(filled_slots(0x01, 0xFF), 2u);
  EXPECT_EQ(filled_slots(0x7F, 0xFF), 128u);
}

TEST(HeciRegisters, PayloadRoundsUpToSlots) {
  EXPECT_EQ(slots_for(0), 0u);
  EXPECT_EQ(slots_for(1), 1u);
  EXPECT_EQ(slots_for(4), 1u);
  EXPECT_EQ(slots_for(511), 128u);
}

}  // namespace
}  // namespace protocol::heci
