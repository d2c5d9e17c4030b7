// SPDX-License-Identifier: BSD-3-Clause
// Injected faults: which occurrence they strike, for how long, and that one that never struck is
// found out.
#include "emulator/sim/fault_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/sim/scheduler.h"

namespace emulator::sim {
namespace {

struct FaultPlanTest : testing::Test {
  /// One letter for each of `count` occurrences: S where it strikes.
  std::string reach(FaultPoint point, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += plan.reach(point) ? 'S' : '.';
    return out;
  }
  Scheduler scheduler;
  Trace trace{scheduler};
  FaultPlan plan{trace};
};

TEST_F(FaultPlanTest, AnEmptyPlanStrikesNothingButCounts) {
  EXPECT_EQ(reach(FaultPoint::boot, 3), "...");
  EXPECT_EQ(plan.reached(FaultPoint::boot), 3u);
  EXPECT_EQ(plan.reached(FaultPoint::fwu_end), 0u);
}

TEST_F(FaultPlanTest, ARuleStrikesItsOccurrenceOnce) {
  plan.arm({.point = FaultPoint::fwu_data, .occurrence = 3});
  EXPECT_EQ(reach(FaultPoint::fwu_data, 6), "..S...");
}

TEST_F(FaultPlanTest, ARepeatedRuleStrikesThatManyInARow) {
  plan.arm({.point = FaultPoint::fwu_data, .occurrence = 2, .repeat = 3});
  EXPECT_EQ(reach(FaultPoint::fwu_data, 7), ".SSS...");
}

TEST_F(FaultPlanTest, OccurrencesCountFromTheMomentARuleIsArmed) {
  reach(FaultPoint::boot, 4);
  plan.arm({.point = FaultPoint::boot, .occurrence = 2});
  EXPECT_EQ(reach(FaultPoint::boot, 3), ".S.");
}

TEST_F(FaultPlanTest, AChanceStrikesAboutSoManyInAHundredOfThoseItMay) {
  plan.arm({.point = FaultPoint::boot, .occurrence = 11, .repeat = 1000, .chance = 20});
  EXPECT_EQ(reach(FaultPoint::boot, 10), "..........");
  const std::string strikes = reach(FaultPoint::boot, 1000);
  const auto struck = std::ranges::count(strikes, 'S');
  EXPECT_GT(struck, 150);
  EXPECT_LT(struck, 250);
  EXPECT_EQ(reach(FaultPoint::boot, 100).find('S'), std::string::npos);
}

TEST_F(FaultPlanTest, OneSeedHasOneLuckAndAnotherHasAnother) {
  const auto luck = [&](std::uint64_t seed) {
    FaultPlan of_seed(trace, seed);
    of_seed.arm({.point = FaultPoint::boot, .repeat = 64, .chance = 50});
    std::string out;
    for (int i = 0; i < 64; ++i) out += of_seed.reach(FaultPoint::boot) ? 'S' : '.';
    return out;
  };
  EXPECT_EQ(luck(7), luck(7));
  EXPECT_NE(luck(7), luck(8));
}

TEST_F(FaultPlanTest, AnotherPointIsNotStruck) {
  plan.arm({.point = FaultPoint::flash_erase});
  EXPECT_EQ(reach(FaultPoint::flash_program, 2), "..");
}

TEST_F(FaultPlanTest, TheStrikeTellsItsActionAndDelay) {
  plan.arm({.point = FaultPoint::host_message,
            .action = FaultAction::delay,
            .delay = std::chrono::seconds(2)});
  const auto strike = plan.reach(FaultPoint::host_message);
  ASSERT_TRUE(strike);
  EXPECT_EQ(strike->action, FaultAction::delay);
  EXPECT_EQ(strike->delay, std::chrono::seconds(2));
}

TEST_F(FaultPlanTest, OfTwoRulesForOneOccurrenceTheFirstArmedStrikes) {
  plan.arm({.point = FaultPoint::boot, .action = FaultAction::fail});
  plan.arm({.point = FaultPoint::boot, .action = FaultAction::ignore});
  EXPECT_EQ(plan.reach(FaultPoint::boot)->action, FaultAction::fail);
  ASSERT_EQ(plan.unfired().size(), 1u);
  EXPECT_EQ(plan.unfired()[0].rule.action, FaultAction::ignore);
}

TEST_F(FaultPlanTest, ARuleThatNeverStruckIsListed) {
  plan.arm({.point = FaultPoint::fwu_end, .occurrence = 2});
  plan.arm({.point = FaultPoint::fwu_start, .occurrence = 1});
  reach(FaultPoint::fwu_end, 1);
  reach(FaultPoint::fwu_start, 1);
  ASSERT_EQ(plan.unfired().size(), 1u);
  EXPECT_EQ(plan.unfired()[0].rule.point, FaultPoint::fwu_end);
}

TEST_F(FaultPlanTest, DisarmingForgetsEveryRule) {
  plan.arm({.point = FaultPoint::boot});
  plan.disarm_all();
  EXPECT_FALSE(plan.reach(FaultPoint::boot));
  EXPECT_TRUE(plan.unfired().empty());
}

TEST_F(FaultPlanTest, AStrikeIsInTheTraceWithItsOccurrence) {
  TraceRing ring(4);
  trace.attach(ring);
  plan.arm({.point = FaultPoint::boot, .occurrence = 2, .action = FaultAction::me_reset});
  reach(FaultPoint::boot, 2);
  ASSERT_EQ(ring.last(4).size(), 1u);
  EXPECT_EQ(ring.last(4)[0].record.kind, TraceKind::fault);
  EXPECT_STREQ(ring.last(4)[0].record.text, "me_reset");
  EXPECT_EQ(ring.last(4)[0].record.a, 2u);
}

TEST_F(FaultPlanTest, ARestoredPlanCountsOn) {
  plan.arm({.point = FaultPoint::boot, .occurrence = 3, .action = FaultAction::ignore});
  reach(FaultPoint::boot, 2);
  Archive out = Archive::saving();
  plan.serialize(out);
  FaultPlan other(trace);
  other.arm({.point = FaultPoint::fwu_end});
  Archive in = Archive::loading(out.saved());
  other.serialize(in);
  ASSERT_TRUE(in.finish());
  EXPECT_EQ(other.reached(FaultPoint::boot), 2u);
  EXPECT_EQ(other.unfired().size(), 1u);
  ASSERT_TRUE(other.reach(FaultPoint::boot));
  EXPECT_TRUE(other.unfired().empty());
}

TEST_F(FaultPlanTest, EqualRulesAreToldApart) {
  const FaultRule rule{.point = FaultPoint::boot, .action = FaultAction::ignore};
  const FaultId first = plan.arm(rule);
  const FaultId second = plan.arm(rule);
  EXPECT_NE(first, second);
  reach(FaultPoint::boot, 1);
  ASSERT_EQ(plan.unfired().size(), 1u) << "one occurrence is struck by one rule";
  EXPECT_EQ(plan.unfired()[0].id, second);
}

TEST_F(FaultPlanTest, AnIdIsNeverGivenTwice) {
  const FaultId first = plan.arm({});
  plan.disarm_all();
  EXPECT_NE(plan.arm({}), first);
}

TEST_F(FaultPlanTest, ARestoredPlanKnowsItsRulesByTheSameIds) {
  plan.arm({});
  plan.disarm_all();
  const FaultId id = plan.arm({.point = FaultPoint::fwu_end});
  Archive out = Archive::saving();
  plan.serialize(out);
  FaultPlan other(trace);
  Archive in = Archive::loading(out.saved());
  other.serialize(in);
  ASSERT_TRUE(in.finish());
  ASSERT_EQ(other.unfired().size(), 1u);
  EXPECT_EQ(other.unfired()[0].id, id);
  EXPECT_NE(other.arm({}), id);
}

TEST_F(FaultPlanTest, AFaultOfAnUnknownKindIsNotRestored) {
  plan.arm({.point = static_cast<FaultPoint>(kFaultPointCount)});
  Archive out = Archive::saving();
  plan.serialize(out);
  Archive in = Archive::loading(out.saved());
  FaultPlan(trace).serialize(in);
  ASSERT_FALSE(in.finish());
  EXPECT_EQ(in.finish().error().doing, "fault_plan: a fault of an unknown kind");
}

TEST(FaultRules, AreEqualInAllOfTheirFieldsOrNot) {
  const FaultRule rule;
  EXPECT_EQ(rule, FaultRule{});
  EXPECT_NE(rule, (FaultRule{.point = FaultPoint::boot}));
  EXPECT_NE(rule, (FaultRule{.occurrence = 2}));
  EXPECT_NE(rule, (FaultRule{.action = FaultAction::ignore}));
  EXPECT_NE(rule, (FaultRule{.delay = std::chrono::seconds(1)}));
  EXPECT_NE(rule, (FaultRule{.repeat = 2}));
  EXPECT_NE(rule, (FaultRule{.status = 8707}));
  EXPECT_NE(rule, (FaultRule{.chance = 99}));
}

TEST(FaultRules, SayWhatCannotStrike) {
  const auto key = [](const FaultRule& rule) {
    const auto wrong = objection(rule);
    return std::string(wrong ? wrong->key : "");
  };
  using enum FaultAction;
  EXPECT_EQ(key({.point = FaultPoint::tpm_command, .action = fail, .status = 0x800}), "");
  EXPECT_EQ(key({.point = FaultPoint::tpm_command, .action = ignore, .status = 0x800}), "status");
  EXPECT_EQ(key({.point = FaultPoint::boot, .action = fail, .status = 1}), "status");
  for (const FaultAction action : {power_cut_nearly, power_cut_garbled, lie}) {
    EXPECT_EQ(key({.point = FaultPoint::flash_erase, .action = action}), "");
    EXPECT_EQ(key({.point = FaultPoint::host_message, .action = action}), "action");
  }
  for (const FaultAction action : {corrupt, truncate, twice})
    EXPECT_EQ(key({.point = FaultPoint::me_message, .action = action}), "");
  for (const FaultAction action : {corrupt, truncate})
    EXPECT_EQ(key({.point = FaultPoint::fwu_data, .action = action}), "action");
}

/// Decides on the spot, once.
struct Once final : Crossroads {
  std::optional<FaultRule> reached(FaultPoint point, std::uint64_t count) override {
    asked.emplace_back(point, count);
    return std::exchange(rule, std::nullopt);
  }
  std::optional<FaultRule> rule;
  std::vector<std::pair<FaultPoint, std::uint64_t>> asked;
};

TEST_F(FaultPlanTest, WhoeverStandsAtTheCrossroadsGoesBeforeWhatIsArmed) {
  Once once;
  once.rule = FaultRule{.point = FaultPoint::boot, .action = FaultAction::ignore};
  plan.arm({.point = FaultPoint::boot, .action = FaultAction::fail});
  plan.stand_at(once);
  EXPECT_EQ(plan.reach(FaultPoint::boot)->action, FaultAction::ignore);
  EXPECT_EQ(plan.unfired().size(), 1u);
  EXPECT_EQ(plan.reach(FaultPoint::fwu_end), std::nullopt);
  EXPECT_EQ(once.asked, (std::vector<std::pair<FaultPoint, std::uint64_t>>{
                            {FaultPoint::boot, 1}, {FaultPoint::fwu_end, 1}}));
  plan.leave();
  EXPECT_EQ(plan.reach(FaultPoint::boot), std::nullopt) << "its first occurrence is over";
  EXPECT_EQ(once.asked.size(), 2u);
}

TEST(FaultRules, HaveATextEachThatTellsAllOfTheirFields) {
  EXPECT_EQ(to_text({.point = FaultPoint::fwu_data,
                     .occurrence = 3,
                     .action = FaultAction::delay,
                     .delay = std::chrono::microseconds(2),
                     .repeat = 4,
                     .status = 8707,
                     .chance = 25,
                     .bits = 5,
                     .from = 6,
                     .to = 7}),
            "fwu_data 3 delay 2000 4 8707 25 5 6 7");
}

TEST(FaultNames, EveryPointAndActionHasANameThatIsReadBack) {
  for (std::size_t i = 0; i < kFaultPointCount; ++i) {
    const auto point = static_cast<FaultPoint>(i);
    EXPECT_EQ(parse_fault_point(name(point)), point);
  }
  for (std::size_t i = 0; i < kFaultActionCount; ++i) {
    const auto action = static_cast<FaultAction>(i);
    EXPECT_EQ(parse_fault_action(name(action)), action);
  }
  EXPECT_FALSE(parse_fault_point("lunch"));
  EXPECT_FALSE(parse_fault_action("unknown"));
}

/// What the manual says of the points that take few actions, and of those that belong to one point.
TEST(FaultObjection, EveryActionHasItsPoints) {
  const auto fits = [](FaultPoint point, FaultAction action) {
    return !objection({.point = point, .action = action});
  };
  EXPECT_TRUE(fits(FaultPoint::power_on, FaultAction::flip_bits));
  EXPECT_FALSE(fits(FaultPoint::power_on, FaultAction::fail));
  EXPECT_FALSE(fits(FaultPoint::boot, FaultAction::flip_bits));
  EXPECT_TRUE(fits(FaultPoint::me_interrupt, FaultAction::wild_pointer));
  EXPECT_FALSE(fits(FaultPoint::doorbell, FaultAction::wild_pointer));
  EXPECT_FALSE(fits(FaultPoint::doorbell, FaultAction::fail));
  EXPECT_TRUE(fits(FaultPoint::msi, FaultAction::twice));
  EXPECT_FALSE(fits(FaultPoint::msi, FaultAction::delay));
  EXPECT_TRUE(fits(FaultPoint::tpm_command, FaultAction::evict_session));
  EXPECT_FALSE(fits(FaultPoint::tpm_store, FaultAction::lock_out));
  EXPECT_TRUE(fits(FaultPoint::tpm_store, FaultAction::lie));
  EXPECT_FALSE(fits(FaultPoint::tpm_store, FaultAction::delay));
  EXPECT_TRUE(fits(FaultPoint::flash_erase, FaultAction::power_cut_unstable));
  EXPECT_FALSE(fits(FaultPoint::boot, FaultAction::power_cut_unstable));
  EXPECT_FALSE(fits(FaultPoint::tpm_store, FaultAction::stick_bit));
}

TEST(FaultObjection, BitsFlipBetweenTwoAddressesThatHoldThem) {
  FaultRule rule{.point = FaultPoint::power_on,
                 .action = FaultAction::flip_bits,
                 .bits = 16,
                 .from = 10,
                 .to = 12};
  EXPECT_FALSE(objection(rule));
  rule.bits = 17;
  EXPECT_TRUE(objection(rule)) << "two bytes have sixteen bits";
  rule = {.point = FaultPoint::power_on, .action = FaultAction::flip_bits, .from = 12, .to = 12};
  EXPECT_TRUE(objection(rule));
  rule = {.point = FaultPoint::boot, .action = FaultAction::fail, .bits = 2};
  EXPECT_TRUE(objection(rule)) << "bits are of flip_bits alone";
}

}  // namespace
}  // namespace emulator::sim
