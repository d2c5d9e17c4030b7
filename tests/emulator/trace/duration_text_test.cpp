// SPDX-License-Identifier: BSD-3-Clause
// Virtual time in words.
#include "emulator/trace/duration_text.h"

#include <gtest/gtest.h>

namespace emulator::trace {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::nanoseconds;

TEST(DurationText, IsExactAndHasNoTrailingZeros) {
  EXPECT_EQ(to_text(nanoseconds(0)), "0s");
  EXPECT_EQ(to_text(nanoseconds(7)), "7ns");
  EXPECT_EQ(to_text(nanoseconds(1500)), "1.5us");
  EXPECT_EQ(to_text(milliseconds(250)), "250ms");
  EXPECT_EQ(to_text(nanoseconds(1'000'000'001)), "1.000000001s");
  EXPECT_EQ(to_text(minutes(4)), "4min");
  EXPECT_EQ(to_text(minutes(1) + milliseconds(34200)), "1min 34.2s");
}

}  // namespace
}  // namespace emulator::trace
