// SPDX-License-Identifier: BSD-3-Clause
// What is promised to the simulation's core, broken on purpose.
#include <gtest/gtest.h>

#include "emulator/sim/fault_plan.h"
#include "emulator/sim/scheduler.h"

namespace emulator::sim {
namespace {

TEST(SimulationPromisesDeathTest, NothingIsScheduledInThePast) {
  Scheduler scheduler;
  Timer timer(scheduler, "timer", [] {});
  EXPECT_DEATH(timer.start(base::Duration(-1)), "nothing is scheduled in the past");
}

TEST(SimulationPromisesDeathTest, TimeIsRunByOneCallerAtATime) {
  Scheduler scheduler;
  Timer timer(scheduler, "timer", [&] { scheduler.run_next(); });
  timer.start(base::Duration(1));
  EXPECT_DEATH(scheduler.run_next(), "time is run by one caller at a time");
}

TEST(SimulationPromisesDeathTest, AFaultComesAtATimeThatComes) {
  Scheduler scheduler;
  Trace trace(scheduler);
  FaultPlan faults(trace);
  EXPECT_DEATH(faults.arm({.occurrence = 0}), "occurrences count from 1");
  EXPECT_DEATH(faults.arm({.repeat = 0}), "occurrences count from 1");
  EXPECT_DEATH(faults.arm({.chance = 0}), "a chance is 1 to 100");
  EXPECT_DEATH(faults.arm({.chance = 101}), "a chance is 1 to 100");
}

}  // namespace
}  // namespace emulator::sim
