// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/strike.h"

#include <gtest/gtest.h>

namespace scenarios::explore {
namespace {

const Strike kCut{FaultPoint::flash_operation, 17, Deed::power_cut_inside};
const Strike kKill{FaultPoint::host_message, 3, Deed::kill};

TEST(StrikeId, SaysPointCountAndAction) {
  EXPECT_EQ(id_of({kCut}), "flash_operation:17:power_cut_inside");
  EXPECT_EQ(id_of({kCut, kKill}), "flash_operation:17:power_cut_inside+host_message:3:kill");
  EXPECT_EQ(id_of({}), "none");
}

TEST(StrikeId, IsReadAsItWasWritten) {
  for (const std::vector<Strike>& strikes :
       {std::vector<Strike>{}, {kCut}, {kKill, kCut}, {kCut, kCut, kKill}}) {
    const auto read = parse_id(id_of(strikes));
    ASSERT_TRUE(read) << read.error().doing;
    EXPECT_EQ(*read, strikes);
  }
}

TEST(StrikeId, SaysWhichPartMakesNoSense) {
  const auto complaint = [](const char* id) { return parse_id(id).error().doing; };
  EXPECT_NE(complaint("fwu_end").find("POINT:COUNT:ACTION"), std::string::npos);
  EXPECT_NE(complaint("nowhere:1:fail").find("no such point"), std::string::npos);
  EXPECT_NE(complaint("boot:0:fail").find("a number from 1"), std::string::npos);
  EXPECT_NE(complaint("boot:1x:fail").find("a number from 1"), std::string::npos);
  EXPECT_NE(complaint("boot:1:burn").find("no such action"), std::string::npos);
  EXPECT_NE(complaint("boot:1:twice").find("twice does not go with boot"), std::string::npos);
  EXPECT_NE(complaint("boot:1:fail+").find("\"\""), std::string::npos);
}

TEST(Deed, IsAFaultOfTheBoardOrADisturbanceOfTheHost) {
  EXPECT_EQ(fault_of(Deed::me_reset), FaultAction::me_reset);
  EXPECT_EQ(disturbance_of(Deed::me_reset), std::nullopt);
  EXPECT_EQ(fault_of(Deed::kill), std::nullopt);
  EXPECT_EQ(disturbance_of(Deed::kill), Disturbance::kill);
  EXPECT_EQ(disturbance_of(Deed::reset_host), Disturbance::reset_platform);
}

TEST(Deed, IsToBeOvercomeUnlessSomethingRefusesOrLies) {
  for (const Deed deed : {Deed::ignore, Deed::delay, Deed::me_reset, Deed::power_cut_inside,
                          Deed::kill, Deed::reset_host, Deed::twice})
    EXPECT_TRUE(can_be_overcome(deed)) << name(deed);
  for (const Deed deed :
       {Deed::fail, Deed::lie, Deed::stop, Deed::fail_locked, Deed::ignore_always})
    EXPECT_FALSE(can_be_overcome(deed)) << name(deed);
}

TEST(Deed, HasANameOfItsOwn) {
  for (std::size_t i = 0; i < emulator::sim::kFaultPointCount; ++i) {
    for (const Deed deed : deeds_at(static_cast<FaultPoint>(i)))
      EXPECT_EQ(parse_deed(name(deed)), deed);
  }
  EXPECT_EQ(parse_deed("burn"), std::nullopt);
}

TEST(Deed, OfTheFaultPlanIsARuleThatCanStrike) {
  for (std::size_t i = 0; i < emulator::sim::kFaultPointCount; ++i) {
    for (const Deed deed : deeds_at(static_cast<FaultPoint>(i))) {
      if (!fault_of(deed)) continue;
      const auto against = objection(rule_of({static_cast<FaultPoint>(i), 1, deed}));
      EXPECT_FALSE(against) << name(deed) << ": " << against->what;
    }
  }
}

}  // namespace
}  // namespace scenarios::explore
