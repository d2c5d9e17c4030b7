// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/ledger.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "scenarios/explore/branch.h"

namespace scenarios::explore {
namespace {

Ledger new_ledger() {
  auto ledger = Ledger::make();
  EXPECT_TRUE(ledger) << ledger.error().doing;
  return std::move(*ledger);
}

TEST(Ledger, ShowsTheTrunkWhatABranchWrote) {
  Ledger ledger = new_ledger();
  const std::uint32_t record = ledger.begin().value();
  EXPECT_TRUE(holds_in_a_branch([&] {
    ledger.at(record).ending = Ending::updated;
    ledger.write_diary("switched on");
    return true;
  }));
  ASSERT_EQ(ledger.all().size(), 1u);
  EXPECT_EQ(ledger.all()[0].ending, Ending::updated);
  EXPECT_EQ(ledger.diary(), "switched on");
}

TEST(Ledger, KnowsWhoMetAStateFirst) {
  Ledger ledger = new_ledger();
  EXPECT_EQ(ledger.met(7, 3), std::nullopt);
  EXPECT_EQ(ledger.met(7, 4), 3u);
  EXPECT_EQ(ledger.met(8, 5), std::nullopt);
  EXPECT_EQ(ledger.met(0, 6), std::nullopt);
  EXPECT_EQ(ledger.met(0, 7), 6u);
}

TEST(Branch, ThatBreaksOrDeniesIsToldFromOneThatHolds) {
  EXPECT_TRUE(holds_in_a_branch([] { return true; }));
  EXPECT_FALSE(holds_in_a_branch([] { return false; }));
  EXPECT_FALSE(holds_in_a_branch([]() -> bool { std::abort(); }));
}

TEST(Record, CutsOffWhatDoesNotFit) {
  Record record;
  record.say(std::string(1000, 'x'));
  EXPECT_EQ(record.said(), std::string(record.what.size() - 1, 'x'));
  record.say("short");
  EXPECT_EQ(record.said(), "short");
}

}  // namespace
}  // namespace scenarios::explore
