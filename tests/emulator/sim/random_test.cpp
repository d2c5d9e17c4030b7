// SPDX-License-Identifier: BSD-3-Clause
// SplitMix64 against the published outputs of its reference implementation.
#include "emulator/sim/random.h"

#include <gtest/gtest.h>

namespace emulator::sim {
namespace {

TEST(Random, SeedZeroBeginsAsPublished) {
  EXPECT_EQ(Random(0).next(), 0xE220A8397B1DCDAFu);
}

TEST(Random, Seed1234567GivesThePublishedSequence) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317u);
  EXPECT_EQ(random.next(), 3203168211198807973u);
  EXPECT_EQ(random.next(), 9817491932198370423u);
  EXPECT_EQ(random.next(), 4593380528125082431u);
  EXPECT_EQ(random.next(), 16408922859458223821u);
}

TEST(Random, BelowStaysBelow) {
  Random random(1);
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random.below(7), 7u);
}

TEST(Random, ASavedGeneratorGoesOn) {
  Random random(5);
  random.next();
  Archive out = Archive::saving();
  random.serialize(out);
  Random other(0);
  Archive in = Archive::loading(out.saved());
  other.serialize(in);
  EXPECT_EQ(other.next(), random.next());
}

}  // namespace
}  // namespace emulator::sim
