// SPDX-License-Identifier: BSD-3-Clause
// What tells circumstances apart: results of one are not taken for those of another.
#include "scenarios/field/boards/circumstances.h"

#include <gtest/gtest.h>

namespace scenarios::field {
namespace {

using emulator::sim::FaultAction;
using emulator::sim::FaultPoint;
using emulator::sim::FaultRule;

std::string key_of(const FaultRule& rule) {
  Circumstances circumstances;
  circumstances.faults.push_back(rule);
  return fault_key(circumstances);
}

TEST(Circumstances, FaultsThatDifferInOneFieldAreDifferent) {
  const FaultRule rule{.point = FaultPoint::fwu_data,
                       .action = FaultAction::delay,
                       .delay = std::chrono::seconds(1)};
  for (const auto& change : std::vector<void (*)(FaultRule&)>{
           [](FaultRule& r) { r.point = FaultPoint::fwu_end; },
           [](FaultRule& r) { r.occurrence = 2; },
           [](FaultRule& r) { r.action = FaultAction::ignore; },
           [](FaultRule& r) { r.delay = std::chrono::seconds(2); },
           [](FaultRule& r) { r.repeat = 2; }, [](FaultRule& r) { r.status = 8707; }}) {
    FaultRule other = rule;
    change(other);
    EXPECT_NE(key_of(other), key_of(rule)) << key_of(other);
  }
  EXPECT_EQ(key_of(rule), key_of(FaultRule(rule)));
}

}  // namespace
}  // namespace scenarios::field
