// SPDX-License-Identifier: BSD-3-Clause
// Planted bugs are a constant no wherever they are not compiled in: the compiler leaves out what
// they would do. That the programs hold nothing of them is tests/scenarios/cli/mesim_test.py's.
#include "base/planted.h"

#include <gtest/gtest.h>

namespace base {
namespace {

#define MEBENCH_ONE(name, ...) static_assert(!planted(PlantedBug::name));
MEBENCH_PLANTED_BUGS_LIST(MEBENCH_ONE)
#undef MEBENCH_ONE
static_assert(!kPlantedBugs);

TEST(Planted, ThereAreTwenty) {
#define MEBENCH_ONE(...) +1
  EXPECT_EQ(0 MEBENCH_PLANTED_BUGS_LIST(MEBENCH_ONE), 20);
#undef MEBENCH_ONE
}

}  // namespace
}  // namespace base
