// SPDX-License-Identifier: BSD-3-Clause
// The library's 64 KiB updates, over both ways, interrupted: every loss of power, everything that
// can befall the end and the commit, and pairs drawn by seed. Whoever follows what meupdate printed
// comes home each time. What is tried beyond this takes hours: scripts/nightly.
#include <gtest/gtest.h>

#include <string>
#include <vector>

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
                                       Deed::power_cut_unstable, Deed::power_cut_after}};
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
TEST(InterruptionsOverHeci, AWildPointerAndADoorbellThatIsLost) {
  EXPECT_EQ(explored(kOverHeci, {.points = {FaultPoint::me_interrupt, FaultPoint::doorbell},
                                 .deeds = {Deed::wild_pointer, Deed::ignore}}),
            "");
}
TEST(InterruptionsOverHeci, PairsDrawnBySeed) {
  EXPECT_EQ(explored(kOverHeci, pairs(400)), "");
}
/// What does not come home updated; each was a violation once: what was printed was not true, or
/// led nobody home.
std::string astray(const char* name, const std::vector<const char*>& ids) {
  const tests::TemporaryFolder folder;
  const std::string path = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/library/explore/" + name;
  const auto stories = engine::load_scenarios(path, name);
  if (!stories) return stories.error().doing;
  std::string out;
  for (const char* id : ids) {
    const auto told = tell(stories->front(), folder.path(), parse_id(id).value(), "");
    if (!told) return told.error().doing;
    if (told->found.ending != Ending::updated) out += std::string(id) + "\n" + told->diary;
  }
  return out;
}

TEST(InterruptionsOverHeci, ThatOnceLedAstray) {
  EXPECT_EQ(astray(kOverHeci, {"flash_operation:473:ignore+fwu_data:210:ignore",
                               "flash_operation:473:ignore+flash_operation:787:fail",
                               "flash_operation:652:lie+flash_operation:879:lie"}),
            "");
}
/// The verdict of the second, 8706, had covered that the first left half-written code behind.
TEST(InterruptionsThroughTheTpm, ThatOnceLedAstray) {
  EXPECT_EQ(astray(kThroughTheTpm,
                   {"flash_operation:290:fail+flash_operation:406:lie+flash_operation:651:ignore"}),
            "");
}

TEST(InterruptionsThroughTheTpm, EveryLossOfPower) {
  EXPECT_EQ(explored(kThroughTheTpm, kEveryLossOfPower), "");
}
TEST(InterruptionsThroughTheTpm, WhateverBefallsTheEndAndTheCommit) {
  EXPECT_EQ(explored(kThroughTheTpm, kEnd), "");
  EXPECT_EQ(explored(kThroughTheTpm, kEndAndCommit), "");
}
TEST(InterruptionsThroughTheTpm, SessionsThatAreEvictedAndAClockThatJumps) {
  EXPECT_EQ(explored(kThroughTheTpm, {.deeds = {Deed::evict_session, Deed::jump_clock}}), "");
}
TEST(InterruptionsThroughTheTpm, PairsDrawnBySeed) {
  // A share of a hundred may have been met by others, all of it.
  EXPECT_EQ(explored(kThroughTheTpm, pairs(MEBENCH_SHARES > 1 ? 400 : 100)), "");
}

}  // namespace
}  // namespace scenarios::explore
