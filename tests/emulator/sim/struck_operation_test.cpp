// SPDX-License-Identifier: BSD-3-Clause
// What a fault does to an operation that says nothing of its own about it, and what the manual says
// of points and actions.
#include "emulator/sim/struck_operation.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/source_dir.h"

namespace emulator::sim {
namespace {

struct Power final : PowerControl {
  void request_power_cut() override { asked += "cut "; }
  void request_me_reset() override { asked += "reset "; }
  std::string asked;
};

/// A chip without a word of its own.
struct Plain final : StruckOperation {
  using StruckOperation::StruckOperation;
};

/// What is asked of the board, and what becomes of the operation.
std::string struck_by(FaultAction action) {
  Power power;
  const Then then = Plain(power).strike({.action = action});
  return power.asked + (then == Then::go_on ? "goes on" : "stops");
}

TEST(StruckOperation, LosesPowerOrTheMeByItself) {
  EXPECT_EQ(struck_by(FaultAction::power_cut_before), "cut stops");
  EXPECT_EQ(struck_by(FaultAction::power_cut_inside), "cut stops");
  EXPECT_EQ(struck_by(FaultAction::power_cut_after), "cut stops");
  EXPECT_EQ(struck_by(FaultAction::me_reset), "reset stops");
}

TEST(StruckOperation, IsAsBeforeWhereTheChipKnowsNoSuchThing) {
  EXPECT_EQ(struck_by(FaultAction::fail), "goes on");
  EXPECT_EQ(struck_by(FaultAction::delay), "goes on");
  EXPECT_EQ(struck_by(FaultAction::twice), "goes on");
  EXPECT_EQ(struck_by(FaultAction::ignore), "stops");
  EXPECT_EQ(struck_by(FaultAction::lie), "goes on");
}

/// What a chip says of its own wins, and hears all that the rule tells.
struct Own final : StruckOperation {
  using StruckOperation::StruckOperation;
  Then lose(Loss, Moment at) override {
    moment = at;
    return Then::go_on;
  }
  Then fail(std::uint32_t with) override {
    status = with;
    return Then::stop;
  }
  Then delay(base::Duration by) override {
    longer = by;
    return Then::stop;
  }
  Moment moment = Moment::before;
  std::uint32_t status = 0;
  base::Duration longer{};
};

TEST(StruckOperation, HearsMomentNumberAndDelay) {
  Power power;
  Own own(power);
  EXPECT_EQ(own.strike({.action = FaultAction::power_cut_after}), Then::go_on);
  EXPECT_EQ(own.moment, Moment::after);
  EXPECT_EQ(own.strike({.action = FaultAction::fail, .status = 8707}), Then::stop);
  EXPECT_EQ(own.status, 8707u);
  EXPECT_EQ(own.strike({.action = FaultAction::delay, .delay = std::chrono::seconds(3)}),
            Then::stop);
  EXPECT_EQ(own.longer, std::chrono::seconds(3));
  EXPECT_EQ(power.asked, "");
}

TEST(FaultManual, NamesEveryPointAndEveryAction) {
  std::ifstream in(MEBENCH_SOURCE_DIR "/docs/scenarios.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = page.find("| `fault = {");
  ASSERT_NE(at, page.npos);
  const std::string row = page.substr(at, page.find('\n', at) - at);
  for (std::size_t i = 0; i < kFaultPointCount; ++i)
    EXPECT_NE(row.find(name(static_cast<FaultPoint>(i))), row.npos)
        << name(static_cast<FaultPoint>(i));
  for (std::size_t i = 0; i < kFaultActionCount; ++i)
    EXPECT_NE(row.find(name(static_cast<FaultAction>(i))), row.npos)
        << name(static_cast<FaultAction>(i));
}

}  // namespace
}  // namespace emulator::sim
