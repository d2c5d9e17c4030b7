// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/local_update.h"

#include <gtest/gtest.h>

namespace emulator::firmware {
namespace {

using protocol::fwu::OverrideQualifier;
constexpr std::uint8_t kDisabled = 0;
constexpr std::uint8_t kEnabled = 1;
constexpr std::uint8_t kPassword = 2;

std::uint8_t effective(OverrideQualifier qualifier, std::uint8_t counter, std::uint8_t option) {
  return effective_local_update(
      {.local_update = option, .override_counter = counter, .override_qualifier = qualifier});
}

TEST(LocalUpdate, AlwaysOpenIsOpenWhateverTheOptionSays) {
  EXPECT_EQ(effective(OverrideQualifier::always, 255, kDisabled), kEnabled);
  EXPECT_EQ(effective(OverrideQualifier::always, 255, kEnabled), kEnabled);
  EXPECT_EQ(effective(OverrideQualifier::always, 1, kDisabled), kEnabled);
}

TEST(LocalUpdate, AlwaysOpenStillAsksForAPassword) {
  EXPECT_EQ(effective(OverrideQualifier::always, 255, kPassword), kPassword);
}

TEST(LocalUpdate, AlwaysOpenClosesWhenTheCounterIsUsedUp) {
  EXPECT_EQ(effective(OverrideQualifier::always, 0, kEnabled), kDisabled);
}

TEST(LocalUpdate, NeverOpenFollowsTheOptionAndNoCounter) {
  EXPECT_EQ(effective(OverrideQualifier::never, 0, kEnabled), kEnabled);
  EXPECT_EQ(effective(OverrideQualifier::never, 255, kDisabled), kDisabled);
  EXPECT_EQ(effective(OverrideQualifier::never, 255, kPassword), kPassword);
}

TEST(LocalUpdate, RestrictedNeedsBoth) {
  EXPECT_EQ(effective(OverrideQualifier::restricted, 1, kEnabled), kEnabled);
  EXPECT_EQ(effective(OverrideQualifier::restricted, 0, kEnabled), kDisabled);
  EXPECT_EQ(effective(OverrideQualifier::restricted, 255, kDisabled), kDisabled);
  EXPECT_EQ(effective(OverrideQualifier::restricted, 1, kPassword), kPassword);
}

}  // namespace
}  // namespace emulator::firmware
