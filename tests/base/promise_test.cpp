// SPDX-License-Identifier: BSD-3-Clause
#include "base/promise.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace base {
namespace {

TEST(Promise, ThatHoldsDoesNothing) {
  int asked = 0;
  MEBENCH_PROMISE(++asked == 1, "asked once");
  EXPECT_EQ(asked, 1);
}

TEST(PromiseDeathTest, ThatIsBrokenEndsTheProgramAndSaysWhich) {
  EXPECT_DEATH(MEBENCH_PROMISE(2 < 1, "two is less than one"),
               "promise_test.cpp:[0-9]+: a promise .* is broken: two is less than one");
}

TEST(Promise, ThatIsBrokenIsThrownWhileSomebodyAsksForIt) {
  const ThrowBrokenPromises thrown;
  try {
    MEBENCH_PROMISE(false, "nothing is wrong");
    FAIL() << "a broken promise was passed over";
  } catch (const BrokenPromise& broken) {
    EXPECT_STREQ(broken.what(), "nothing is wrong");
    EXPECT_TRUE(std::string_view(broken.file()).ends_with("promise_test.cpp"));
    EXPECT_GT(broken.line(), 0);
  }
}

TEST(PromiseDeathTest, IsThrownNoLongerThanThat) {
  { const ThrowBrokenPromises thrown; }
  EXPECT_DEATH(MEBENCH_PROMISE(false, "over"), "is broken: over");
}

}  // namespace
}  // namespace base
