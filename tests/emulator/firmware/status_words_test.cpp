// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/status_words.h"

#include <gtest/gtest.h>

namespace emulator::firmware {
namespace {

/// A Fujitsu T902 in recovery showed 1E000242 6000014A, where others show an image failure.
TEST(StatusWords, OfABoardInTroubleAreThoseThatAreKnownOfIt) {
  Engine engine;
  engine.disturbed_status = {0x1E000242, 0x6000014A};
  const StatusWords derived = {0x1E003042, 0x10320006};
  const StatusWords shown = as_known(derived, engine, BootPath::recovery);
  EXPECT_EQ(shown[0], 0x1E000242u);
  EXPECT_EQ(shown[1], 0x6000014Au);
  EXPECT_EQ(as_known(derived, engine, BootPath::operational), derived);
  EXPECT_EQ(as_known(derived, engine, BootPath::off), derived);
}

TEST(StatusWords, ThatNobodyKnowsAreTheDerivedOnes) {
  Engine engine;
  engine.disturbed_status = {0x1E000242, 0};
  const StatusWords derived = {0x1E003042, 0x10320006};
  EXPECT_EQ(as_known(derived, engine, BootPath::halted)[1], derived[1]);
  EXPECT_EQ(as_known(derived, Engine{}, BootPath::halted), derived);
}

}  // namespace
}  // namespace emulator::firmware
