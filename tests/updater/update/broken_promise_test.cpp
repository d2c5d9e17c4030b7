// SPDX-License-Identifier: BSD-3-Clause
// A part of the updater itself is wrong while an update is under way: it ends as an interruption at
// the same moment does.
#include <gtest/gtest.h>

#include <functional>

#include "base/promise.h"
#include "tests/updater/update/listener.h"
#include "tests/updater/update/scripted_me.h"
#include "updater/update/carry_out.h"
#include "updater/update/destroying_step.h"

namespace {

using namespace updater::update;

enum class Breaks { once, always };

/// Breaks a promise when the update comes to a phase, or to that many bytes of it.
class BreakingListener : public tests::Listener {
 public:
  BreakingListener(Phase phase, Breaks breaks) : phase_(phase), breaks_(breaks) {}

  void progress(const Progress& progress) override {
    Listener::progress(progress);
    if (progress.phase != phase_ || progress.bytes_done < from_ || broken_) return;
    broken_ = breaks_ == Breaks::once;
    MEBENCH_PROMISE(false, "listeners listen");
  }

  std::size_t from_ = 0;

 private:
  Phase phase_;
  Breaks breaks_;
  bool broken_ = false;
};

class BrokenPromises : public testing::Test {
 protected:
  static constexpr std::size_t kImageSize = 1234;

  BrokenPromises() {
    image.file.resize(kImageSize);
    image.code_size = kImageSize;
    image.manifest.version = {5, 2, 70, 1046};
    plan = {.from = {5, 0, 1, 1111},
            .to = {5, 2, 70, 1046},
            .bytes = kImageSize,
            .message_payload = 500,
            .status_before = me.last_status};
  }

  Report run(tests::Listener& listener) {
    return carry_out(plan, image, me.device, clock, listener);
  }
  Report run_thrown(tests::Listener& listener) {
    const base::ThrowBrokenPromises thrown;
    return run(listener);
  }

  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  updater::image::Image image;
  Plan plan;
};

TEST_F(BrokenPromises, InTheTransferEndItAsAPersonDoesWhoStopsIt) {
  BreakingListener listener(Phase::transferring, Breaks::once);
  listener.from_ = 500;
  const Report broken = run_thrown(listener);
  ASSERT_TRUE(broken.error);
  EXPECT_EQ(broken.error->code, base::Errc::interrupted);
  EXPECT_NE(broken.error->doing.find("broken_promise_test.cpp:"), std::string::npos);
  EXPECT_NE(broken.error->doing.find("it should hold that listeners listen"), std::string::npos)
      << broken.error->doing;
  EXPECT_EQ(me.received.size(), 500u);

  tests::ScriptedMe other{clock};
  tests::Listener asks;
  asks.stop_at = 500;
  const Report interrupted = carry_out(plan, image, other.device, clock, asks);
  ASSERT_NE(interrupted.home, nullptr);
  EXPECT_EQ(broken.home, interrupted.home);
  EXPECT_EQ(broken.stopped, interrupted.stopped);
  EXPECT_EQ(broken.outcome, interrupted.outcome);
}

TEST_F(BrokenPromises, BeforeStartLeaveTheDeviceAsItWas) {
  BreakingListener listener(Phase::starting, Breaks::once);
  const Report report = run_thrown(listener);
  ASSERT_NE(report.home, nullptr);
  EXPECT_TRUE(report.saw(Seen::unchanged));
  EXPECT_TRUE(me.received.empty());
}

TEST_F(BrokenPromises, BeforeEndSayWhatTheDeviceHasBecome) {
  BreakingListener listener(Phase::verifying, Breaks::once);
  const Report report = run_thrown(listener);
  ASSERT_NE(report.home, nullptr);
  EXPECT_EQ(report.stopped, Stopped::ending);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
}

TEST_F(BrokenPromises, AfterEndDoNotKeepItFromSeeingTheNewCodeRun) {
  BreakingListener listener(Phase::committing, Breaks::once);
  const Report report = run_thrown(listener);
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(to_text(*report.version_after), "5.2.70.1046");
}

TEST_F(BrokenPromises, ThatKeepItFromLookingStillHaveANextStep) {
  BreakingListener listener(Phase::checking, Breaks::always);
  const Report report = run_thrown(listener);
  ASSERT_NE(report.home, nullptr);
  EXPECT_TRUE(report.saw(Seen::silent));
  EXPECT_FALSE(steps_of(report.home->next).empty());
  EXPECT_TRUE(report.error);
}

TEST_F(BrokenPromises, APlanThatIsNotTheImagesWritesNothing) {
  plan.bytes = kImageSize + 1;
  tests::Listener listener;
  const Report report = run_thrown(listener);
  ASSERT_TRUE(report.error);
  EXPECT_NE(report.error->doing.find("a plan is made for its image"), std::string::npos);
  EXPECT_TRUE(me.received.empty());
}

using BrokenPromisesDeathTest = BrokenPromises;

TEST_F(BrokenPromisesDeathTest, AreLoudWhereNoDeviceHangsOnIt) {
  plan.bytes = kImageSize + 1;
  tests::Listener listener;
  EXPECT_DEATH(run(listener), "is broken: a plan is made for its image");
}

TEST_F(BrokenPromisesDeathTest, OfAPlanThatIsShownAlone) {
  plan.shown_alone = "nobody has seen one";
  tests::Listener listener;
  EXPECT_DEATH(run(listener), "a plan that is shown alone is not carried out");
}

TEST(LastResortsDeathTest, AreInTheTable) {
  EXPECT_DEATH((void)with_last_resort("Look.", "hammer"), "a last resort is in the table");
}

}  // namespace
