// SPDX-License-Identifier: BSD-3-Clause
// What a flash part is promised, broken on purpose.
#include <gtest/gtest.h>

#include "bench.h"

namespace emulator::flash {
namespace {

TEST(FlashPromisesDeathTest, ThePartsContentsAreAsLargeAsThePart) {
  Bench bench;
  EXPECT_DEATH(NorFlash(kSmallPart, base::Bytes(16), bench.clock, bench.trace, bench.faults, bench),
               "as large as the part");
}

TEST(FlashPromisesDeathTest, OneOperationAtATimeInsideAPage) {
  Bench bench;
  const base::Bytes two(2);
  EXPECT_DEATH(bench.flash.program(0, {}, bench), "one operation at a time, of something");
  EXPECT_DEATH(bench.flash.program(kPageSize - 1, two, bench), "stays in one page");
  EXPECT_DEATH(bench.flash.erase(kSmallPart.geometry.size, bench), "inside the part");
  bench.flash.program(0, two, bench);
  EXPECT_DEATH(bench.flash.program(16, two, bench), "one operation at a time, of something");
}

}  // namespace
}  // namespace emulator::flash
