// SPDX-License-Identifier: BSD-3-Clause
// Virtual time: which event runs when, and that saved timers run on in the same order.
#include "emulator/sim/scheduler.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace emulator::sim {
namespace {

using std::chrono::milliseconds;

struct SchedulerTest : testing::Test {
  Timer timer(const std::string& name) {
    return Timer(scheduler, name, [this, name] { history += name; });
  }
  Scheduler scheduler;
  std::string history;
};

TEST_F(SchedulerTest, TimeStartsAtZero) {
  EXPECT_EQ(scheduler.now(), base::TimePoint(0));
}

TEST_F(SchedulerTest, EventsRunInTimeOrder) {
  Timer a = timer("a");
  Timer b = timer("b");
  a.start(milliseconds(2));
  b.start(milliseconds(1));
  scheduler.sleep(milliseconds(5));
  EXPECT_EQ(history, "ba");
}

TEST_F(SchedulerTest, EventsDueTogetherRunInTheOrderTheyWereStarted) {
  Timer a = timer("a");
  Timer b = timer("b");
  Timer c = timer("c");
  c.start(milliseconds(1));
  a.start(milliseconds(1));
  b.start(milliseconds(1));
  scheduler.sleep(milliseconds(1));
  EXPECT_EQ(history, "cab");
}

TEST_F(SchedulerTest, TimeStandsAtTheEventWhileItRuns) {
  base::TimePoint seen{};
  Timer a(scheduler, "a", [&] { seen = scheduler.now(); });
  a.start(milliseconds(3));
  scheduler.sleep(milliseconds(10));
  EXPECT_EQ(seen, milliseconds(3));
  EXPECT_EQ(scheduler.now(), milliseconds(10));
}

TEST_F(SchedulerTest, AnEventAtTheLastMomentOfASleepRuns) {
  Timer a = timer("a");
  a.start(milliseconds(10));
  scheduler.sleep(milliseconds(10));
  EXPECT_EQ(history, "a");
}

TEST_F(SchedulerTest, AnEventAfterTheSleepWaits) {
  Timer a = timer("a");
  a.start(milliseconds(10));
  scheduler.sleep(milliseconds(10) - std::chrono::nanoseconds(1));
  EXPECT_EQ(history, "");
  EXPECT_TRUE(a.pending());
  EXPECT_EQ(a.due(), milliseconds(10));
}

TEST_F(SchedulerTest, StartingAPendingTimerMovesItBehindItsEquals) {
  Timer a = timer("a");
  Timer b = timer("b");
  a.start(milliseconds(1));
  b.start(milliseconds(2));
  a.start(milliseconds(2));
  scheduler.sleep(milliseconds(2));
  EXPECT_EQ(history, "ba");
}

TEST_F(SchedulerTest, AStoppedTimerNeverFires) {
  Timer a = timer("a");
  a.start(milliseconds(1));
  a.stop();
  scheduler.sleep(milliseconds(2));
  EXPECT_EQ(history, "");
  EXPECT_FALSE(a.pending());
}

TEST_F(SchedulerTest, ATimerFiresOnce) {
  Timer a = timer("a");
  a.start(milliseconds(1));
  scheduler.sleep(milliseconds(10));
  EXPECT_EQ(history, "a");
  EXPECT_EQ(scheduler.events_fired(), 1u);
}

TEST_F(SchedulerTest, ATimerStartedInsideAnEventRunsInTheSameSleep) {
  Timer b = timer("b");
  Timer a(scheduler, "a", [&] {
    history += "a";
    b.start(milliseconds(0));
  });
  a.start(milliseconds(1));
  scheduler.sleep(milliseconds(1));
  EXPECT_EQ(history, "ab");
}

TEST_F(SchedulerTest, ATimerThatGoesAwayIsForgotten) {
  auto a = std::make_unique<Timer>(scheduler, "a", [this] { history += "a"; });
  a->start(milliseconds(1));
  a.reset();
  scheduler.sleep(milliseconds(2));
  EXPECT_EQ(history, "");
}

TEST_F(SchedulerTest, RunNextMovesTimeToTheEvent) {
  Timer a = timer("a");
  a.start(milliseconds(7));
  EXPECT_TRUE(scheduler.run_next());
  EXPECT_EQ(scheduler.now(), milliseconds(7));
  EXPECT_FALSE(scheduler.run_next());
  EXPECT_EQ(scheduler.now(), milliseconds(7));
}

TEST_F(SchedulerTest, WaitingInsideAnEventIsOurMistake) {
  Timer a(scheduler, "a", [this] { scheduler.sleep(milliseconds(1)); });
  a.start(milliseconds(1));
  EXPECT_DEATH(scheduler.sleep(milliseconds(2)), "inside an event");
}

TEST_F(SchedulerTest, RestoredTimersFireAtTheSameMomentsInTheSameOrder) {
  Timer a = timer("a");
  Timer b = timer("b");
  Timer idle = timer("i");
  b.start(milliseconds(4));
  a.start(milliseconds(4));
  scheduler.sleep(milliseconds(1));
  Archive saved = Archive::saving();
  scheduler.serialize(saved);
  for (Timer* timer : {&a, &b, &idle}) timer->serialize(saved);

  Scheduler other;
  std::string other_history;
  Timer other_a(other, "a", [&] { other_history += "a"; });
  Timer other_b(other, "b", [&] { other_history += "b"; });
  Timer other_idle(other, "i", [&] { other_history += "i"; });
  other_idle.start(milliseconds(1));
  Archive loading = Archive::loading(saved.saved());
  other.serialize(loading);
  for (Timer* timer : {&other_a, &other_b, &other_idle}) timer->serialize(loading);
  ASSERT_TRUE(loading.finish());

  EXPECT_EQ(other.now(), milliseconds(1));
  EXPECT_FALSE(other_idle.pending());
  other.sleep(milliseconds(3) - std::chrono::nanoseconds(1));
  EXPECT_EQ(other_history, "");
  other.sleep(std::chrono::nanoseconds(1));
  EXPECT_EQ(other_history, "ba");
}

TEST_F(SchedulerTest, TimeEndsAndDoesNotBeginAnew) {
  Timer a = timer("a");
  scheduler.sleep(base::Duration::max() - milliseconds(1));
  a.start(milliseconds(2));
  EXPECT_EQ(a.due(), base::TimePoint::max());
  scheduler.sleep(milliseconds(3));
  EXPECT_EQ(scheduler.now(), base::TimePoint::max());
  EXPECT_EQ(history, "");
}

TEST_F(SchedulerTest, WhatIsDueAtTheEndOfTimeNeverComes) {
  int fired = 0;
  Timer a(scheduler, "a", [&] {
    ++fired;
    ASSERT_LT(fired, 3) << "it is due at the end of time for ever";
    a.start(base::Duration::max() / 2);
  });
  a.start(milliseconds(1));
  scheduler.sleep(base::Duration::max());
  EXPECT_EQ(fired, 2);
  EXPECT_TRUE(a.pending());
  EXPECT_FALSE(scheduler.next_due());
  EXPECT_FALSE(scheduler.run_next());
}

TEST_F(SchedulerTest, ItIsQuietUntilTheNextEventAndForEverWithoutOne) {
  EXPECT_EQ(scheduler.quiet_for(), base::Duration::max());
  Timer a = timer("a");
  a.start(milliseconds(3));
  scheduler.sleep(milliseconds(1));
  EXPECT_EQ(scheduler.quiet_for(), milliseconds(2));
  Timer b = timer("b");
  b.start(milliseconds(0));
  EXPECT_EQ(scheduler.quiet_for(), milliseconds(0));
}

}  // namespace
}  // namespace emulator::sim
