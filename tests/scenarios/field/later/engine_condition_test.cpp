// SPDX-License-Identifier: BSD-3-Clause
// Status words of real machines, with what their owners saw of them.
#include "scenarios/field/later/engine_condition.h"

#include <gtest/gtest.h>

#include <vector>

namespace scenarios::field {
namespace {

struct RealWords {
  std::vector<std::uint32_t> words;
  std::uint16_t generation;
  EngineCondition condition;
  const char* whose;
};

TEST(EngineCondition, IsWhatRealWordsTell) {
  using enum EngineCondition;
  const RealWords all[] = {
      {{0x00000245, 0x69000000}, 6, runs, "E6410"},
      {{0x1E000245, 0x60000006}, 7, runs, "X220"},
      {{0x00020191, 0x100A0000}, 7, not_ready, "X220, told to stop early"},
      {{0x1E003052, 0x1632017A}, 8, second_lost, "T430, cleaned"},
      {{0x00003006, 0x80040000}, 8, no_code, "Akoya P6640"},
      {{0x1E000245, 0x76442312}, 9, update_failed, "behind 8741 and 8707"},
      {{0x1E020191, 0x124D2142}, 9, not_ready, "H87M, told to stop early"},
      {{0x80022004, 0x304D0116}, 11, not_ready, "11.8, told to stop early"},
      {{0x8030404E, 0x340D0006}, 11, not_ready, "T470, halted"},
      {{0x90000245, 0x86110306}, 11, runs, "N650DU"},
      {{0x94000242, 0x02F10507}, 15, second_lost, "T14s Gen 2i"},
      {{0x94000642, 0x00F10507}, 16, first_lost, "P14s Gen 4"},
      {{0x90000245, 0x39850106}, 16, runs, "Z790 HERO"},
  };
  for (const RealWords& each : all)
    EXPECT_EQ(condition_of(each.words, each.generation), each.condition) << each.whose;
}

TEST(EngineCondition, OfWordsThatNobodyDocumentsIsTakenForARunningOne) {
  const std::vector<std::uint32_t> words = {0x3009065A};
  EXPECT_EQ(condition_of(words, 5), EngineCondition::runs);
}

}  // namespace
}  // namespace scenarios::field
