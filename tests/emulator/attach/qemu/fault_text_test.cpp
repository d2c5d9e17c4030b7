// SPDX-License-Identifier: BSD-3-Clause
// Faults as the device property writes them.
#include "emulator/attach/qemu/fault_text.h"

#include <gtest/gtest.h>

namespace emulator::attach::qemu {
namespace {

TEST(FaultText, AnEmptyTextHoldsNoFault) {
  ASSERT_TRUE(read_faults(""));
  EXPECT_TRUE(read_faults("")->empty());
}

TEST(FaultText, EachEntryIsPointOccurrenceAndAction) {
  const auto rules = read_faults("flash_program@40=power_cut_inside;fwu_data@2=delay:1500");
  ASSERT_TRUE(rules);
  ASSERT_EQ(rules->size(), 2u);
  EXPECT_EQ((*rules)[0].point, sim::FaultPoint::flash_program);
  EXPECT_EQ((*rules)[0].occurrence, 40u);
  EXPECT_EQ((*rules)[0].action, sim::FaultAction::power_cut_inside);
  EXPECT_EQ((*rules)[1].delay, std::chrono::milliseconds(1500));
}

TEST(FaultText, WhatIsNoFaultIsRefusedWithItsEntry) {
  for (const char* text : {"lunch@1=fail", "boot@0=fail", "boot@1=lunch", "boot@x=fail",
                           "boot=fail@1", "boot@1", "boot@1=fail:5", "boot@1=delay",
                           "boot@1=delay:", "boot@1=delay:soon", ";", "boot@1=fail;x"}) {
    const auto rules = read_faults(text);
    ASSERT_FALSE(rules) << text;
    EXPECT_NE(rules.error().doing.find("such as flash_program@40"), std::string::npos);
  }
}

TEST(FaultText, TheKeysOfAStoryStandBehindTheAction) {
  const auto rules = read_faults(
      "power_on@2=flip_bits,bits=8,from=4096,to=8192;fwu_end@1=fail,status=8706;"
      "fwu_data@2=delay:1500,repeat=3,chance=50");
  ASSERT_TRUE(rules) << rules.error().doing;
  ASSERT_EQ(rules->size(), 3u);
  EXPECT_EQ((*rules)[0].bits, 8u);
  EXPECT_EQ((*rules)[0].from, 4096u);
  EXPECT_EQ((*rules)[0].to, 8192u);
  EXPECT_EQ((*rules)[1].status, 8706u);
  EXPECT_EQ((*rules)[2].repeat, 3u);
  EXPECT_EQ((*rules)[2].chance, 50u);
  EXPECT_EQ((*rules)[2].delay, std::chrono::milliseconds(1500));
}

/// What a story's reader objects to, too.
TEST(FaultText, AFaultThatCannotStrikeIsRefused) {
  for (const char* text : {"boot@1=flip_bits", "boot@1=fail,bits=2", "boot@1=fail,chance=0",
                           "boot@1=fail,chance=101", "boot@1=fail,lunch=1", "boot@1=fail,status",
                           "boot@1=fail,status=8706", "msi@1=fail", "boot@1=fail,repeat=0"}) {
    const auto rules = read_faults(text);
    ASSERT_FALSE(rules) << text;
    EXPECT_NE(rules.error().doing.find(text), std::string::npos);
  }
}

}  // namespace
}  // namespace emulator::attach::qemu
