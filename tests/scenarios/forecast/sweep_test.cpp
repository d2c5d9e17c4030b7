// SPDX-License-Identifier: BSD-3-Clause
// How a range is written, and a forecast for each value in it.
#include "scenarios/forecast/sweep.h"

#include <gtest/gtest.h>

namespace scenarios::forecast {
namespace {

using updater::update::Way;
using Values = std::vector<std::string>;

TEST(Sweep, DoublesFromOneNumberToAnother) {
  const auto sweep = read_sweep("heci.depth=2..128");
  ASSERT_TRUE(sweep);
  EXPECT_EQ(sweep->key, "heci.depth");
  EXPECT_EQ(sweep->values, (Values{"2", "4", "8", "16", "32", "64", "128"}));
  EXPECT_EQ(read_sweep("a=3..20")->values, (Values{"3", "6", "12"}));
  EXPECT_EQ(read_sweep("a=5..5")->values, (Values{"5"}));
}

TEST(Sweep, DoublesTimesInTheirUnit) {
  EXPECT_EQ(read_sweep("update.boot_time=1s..4s")->values, (Values{"\"1s\"", "\"2s\"", "\"4s\""}));
}

TEST(Sweep, ListsValuesAsTheyAre) {
  EXPECT_EQ(read_sweep("flash.part=MX25L6405D,W25Q64BV")->values,
            (Values{"\"MX25L6405D\"", "\"W25Q64BV\""}));
  EXPECT_EQ(read_sweep("flash.code_size=0x10000,131072")->values, (Values{"0x10000", "131072"}));
  EXPECT_EQ(read_sweep("tpm.tis.expect_flaw=true,false")->values, (Values{"true", "false"}));
}

TEST(Sweep, WhatIsNoRangeIsRefusedWithAnExample) {
  for (const char* text : {"", "heci.depth", "=2..4", "a=", "a=0..8", "a=8..2", "a=1s..4ms",
                           "a=x..y", "a=18446744073709551615..18446744073709551616"}) {
    const auto sweep = read_sweep(text);
    ASSERT_FALSE(sweep) << text;
    EXPECT_NE(sweep.error().doing.find("heci.depth=2..128"), std::string::npos) << text;
  }
  std::string many = "a=1";
  for (std::size_t i = 0; i < kMostValues; ++i) many += ",1";
  EXPECT_FALSE(read_sweep(many));
}

TEST(Sweep, ALargestNumberEndsIt) {
  EXPECT_EQ(read_sweep("a=9223372036854775808..18446744073709551615")->values.size(), 1u);
}

TEST(Sweep, TellsEachValuesTimeOrWhyItHasNone) {
  const Subject subject{.machine = "esprimo-e5730",
                        .set = {{"flash.code_size", "0x10000", "test"}}};
  const auto points =
      run_sweep(subject, {.key = "heci.depth", .values = {"2", "3", "128"}}, {}, Way::heci);
  ASSERT_EQ(points.size(), 3u);
  ASSERT_TRUE(points[0].forecast && points[2].forecast);
  EXPECT_GT(points[0].forecast->total, points[2].forecast->total);
  ASSERT_FALSE(points[1].forecast);
  EXPECT_NE(points[1].forecast.error().doing.find("depth is 3"), std::string::npos);
}

TEST(Sweep, EachMachineGetsAnImageOfItsOwnUnlessOneIsGiven) {
  const Subject subject{.machine = "esprimo-e5730", .set = {}};
  const Sweep sweep{.key = "flash.code_size", .values = {"0x10000", "0x20000"}};
  const auto own = run_sweep(subject, sweep, {}, Way::heci);
  ASSERT_TRUE(own[0].forecast && own[1].forecast);
  EXPECT_EQ(own[0].forecast->bytes, 0x10000u);
  EXPECT_EQ(own[1].forecast->bytes, 0x20000u);
}

}  // namespace
}  // namespace scenarios::forecast
