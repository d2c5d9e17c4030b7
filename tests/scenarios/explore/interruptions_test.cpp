// SPDX-License-Identifier: BSD-3-Clause
// The library's 64 KiB updates, over both ways, interrupted: every loss of power, everything that
// can befall the end and the commit, and pairs drawn by seed. Whoever follows what meupdate printed
// comes home each time. What is tried beyond this takes hours: scripts/nightly.
#include <gtest/gtest.h>

#include "scenarios/engine/loader.h"
#include "scenarios/explore/explore.h"
#include "tests/source_dir.h"
#include "tests/temporary_folder.h"

namespace scenarios::explore {
namespace {

using emulator::firmware::SessionState;

const char* const kOverHeci = "over-heci.toml";
const char* const kThroughTheTpm = "through-the-tpm.toml";

/// What went wrong; the report is not empty.
std::string explored(const char* name, Wish wish) {
  wish.shard = {.index = 1, .count = MEBENCH_SHARES};
  const tests::TemporaryFolder folder;
  const std::string path = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/library/explore/" + name;
  const auto stories = engine::load_scenarios(path, name);
  if (!stories) return stories.error().doing;
  const auto report = explore(
      stories->front(), folder.path(), wish, [](const Case&) {}, [] { return false; });
  if (!report) return report.error().doing;
  EXPECT_GT(sums(*report).run(), 0u);
  return verdict_of(*report) == Verdict::nothing_violated ? "" : to_text(*report);
}

const Wish kEveryLossOfPower{.deeds = {Deed::power_cut_before, Deed::power_cut_inside,
                                       Deed::power_cut_nearly, Deed::power_cut_garbled,
                                       Deed::power_cut_after}};
const Wish kEndAndCommit{
    .phases = {SessionState::verifying, SessionState::committing, SessionState::committed}};
const Wish kEnd{.points = {FaultPoint::fwu_end}};

Wish pairs(std::uint64_t amount) {
  return {.kind = Kind::pairs, .amount = amount, .seed = 2026};
}

TEST(InterruptionsOverHeci, EveryLossOfPower) {
  EXPECT_EQ(explored(kOverHeci, kEveryLossOfPower), "");
}
TEST(InterruptionsOverHeci, WhateverBefallsTheEndAndTheCommit) {
  EXPECT_EQ(explored(kOverHeci, kEnd), "");
  EXPECT_EQ(explored(kOverHeci, kEndAndCommit), "");
}
TEST(InterruptionsOverHeci, WhateverBefallsAMessageOfTheMe) {
  EXPECT_EQ(explored(kOverHeci, {.points = {FaultPoint::me_message},
                                 .deeds = {Deed::corrupt, Deed::truncate, Deed::twice}}),
            "");
}
TEST(InterruptionsOverHeci, PairsDrawnBySeed) {
  EXPECT_EQ(explored(kOverHeci, pairs(400)), "");
}
/// Each was a violation once: what was printed was not true, or led nobody home.
TEST(InterruptionsOverHeci, ThatOnceLedAstray) {
  const tests::TemporaryFolder folder;
  const std::string path =
      std::string(MEBENCH_SOURCE_DIR) + "/scenarios/library/explore/" + kOverHeci;
  const auto stories = engine::load_scenarios(path, kOverHeci);
  ASSERT_TRUE(stories) << stories.error().doing;
  for (const char* id : {"flash_operation:473:ignore+fwu_data:210:ignore",
                         "flash_operation:473:ignore+flash_operation:787:fail",
                         "flash_operation:652:lie+flash_operation:879:lie"}) {
    const auto told = tell(stories->front(), folder.path(), parse_id(id).value(), "");
    ASSERT_TRUE(told) << told.error().doing;
    EXPECT_EQ(told->found.ending, Ending::updated) << id << "\n" << told->diary;
  }
}

TEST(InterruptionsThroughTheTpm, EveryLossOfPower) {
  EXPECT_EQ(explored(kThroughTheTpm, kEveryLossOfPower), "");
}
TEST(InterruptionsThroughTheTpm, WhateverBefallsTheEndAndTheCommit) {
  EXPECT_EQ(explored(kThroughTheTpm, kEnd), "");
  EXPECT_EQ(explored(kThroughTheTpm, kEndAndCommit), "");
}
TEST(InterruptionsThroughTheTpm, PairsDrawnBySeed) {
  EXPECT_EQ(explored(kThroughTheTpm, pairs(100)), "");
}

}  // namespace
}  // namespace scenarios::explore
