// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/flash_queue.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using namespace std::chrono_literals;

struct Quiet final : sim::PowerControl {
  void request_power_cut() override {}
  void request_me_reset() override {}
};

struct User final : flash::FlashListener {
  User(std::string& heard, char letter) : log(heard), mark(letter) {}
  void flash_operation_ended(flash::FlashEnd end) override {
    log += mark;
    log += end == flash::FlashEnd::done ? '+' : '-';
  }
  std::string& log;
  char mark;
};

class FlashQueueOf2 : public testing::Test {
 protected:
  FlashQueueOf2() {
    queue_.connect(FlashUser::settings, settings_);
    queue_.connect(FlashUser::session, session_);
  }
  std::string heard_;
  User settings_{heard_, 's'};
  User session_{heard_, 'u'};
  Quiet power_;
  sim::Scheduler clock_;
  sim::Trace trace_{clock_};
  sim::FaultPlan faults_{trace_};
  flash::NorFlash flash_{
      kSmallPart, base::Bytes(kSmallPart.geometry.size, 0xFF), clock_, trace_, faults_, power_};
  FlashQueue queue_{flash_, clock_, 1min};
  const std::array<std::uint8_t, 2> data_ = {0x11, 0x22};
};

TEST_F(FlashQueueOf2, ServesInTheOrderAsked) {
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::settings, 0x1000, data_);
  EXPECT_EQ(flash_.operations(), 1u);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "u+s+");
  EXPECT_EQ(flash_.contents()[0x1001], 0x22);
}

TEST_F(FlashQueueOf2, TheTpmWaitsForItsTurnLikeTheOthers) {
  User tpm(heard_, 't');
  queue_.connect(FlashUser::tpm, tpm);
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::tpm, 0x2000, data_);
  queue_.program(FlashUser::settings, 0x1000, data_);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "u+t+s+");
  EXPECT_EQ(flash_.contents()[0x2001], 0x22);
}

TEST_F(FlashQueueOf2, WhoAskedFirstIsServedFirstWhenBothWait) {
  for (const bool settings_first : {true, false}) {
    heard_.clear();
    queue_.erase(FlashUser::session, 0);
    queue_.drop(FlashUser::session);  // the part is busy, and both may ask
    queue_.program(settings_first ? FlashUser::settings : FlashUser::session, 0x1000, data_);
    queue_.program(settings_first ? FlashUser::session : FlashUser::settings, 0x2000, data_);
    clock_.sleep(1s);
    EXPECT_EQ(heard_, settings_first ? "s+u+" : "u+s+");
  }
}

TEST_F(FlashQueueOf2, FailureReachesTheUserItConcerns) {
  faults_.arm({.point = sim::FaultPoint::flash_erase, .action = sim::FaultAction::fail});
  queue_.program(FlashUser::settings, 0x1000, data_);
  queue_.erase(FlashUser::session, 0);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "s+u-");
}

TEST_F(FlashQueueOf2, DroppedOperationEndsUnheardAndTheOtherUserGoesOn) {
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::settings, 0x1000, data_);
  queue_.drop(FlashUser::session);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "s+");
}

TEST_F(FlashQueueOf2, UserMayAskAgainWhileItsDroppedOperationStillRuns) {
  queue_.erase(FlashUser::session, 0);
  queue_.drop(FlashUser::session);
  queue_.program(FlashUser::session, 0x1000, data_);
  clock_.sleep(59ms);
  EXPECT_EQ(heard_, "");
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "u+");
  EXPECT_EQ(flash_.contents()[0x1000], 0x11);
}

TEST_F(FlashQueueOf2, WaitingOperationCanBeDropped) {
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::settings, 0x1000, data_);
  queue_.drop(FlashUser::settings);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "u+");
  EXPECT_EQ(flash_.operations(), 1u);
}

TEST_F(FlashQueueOf2, LostCommandBlocksUntilItsUserDropsIt) {
  faults_.arm({.point = sim::FaultPoint::flash_erase, .action = sim::FaultAction::ignore});
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::settings, 0x1000, data_);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "");
  queue_.drop(FlashUser::session);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "s+");
}

TEST_F(FlashQueueOf2, LostCommandHasFailedWhenTheWatchdogBites) {
  faults_.arm({.point = sim::FaultPoint::flash_erase, .action = sim::FaultAction::ignore});
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::settings, 0x1000, data_);
  clock_.sleep(59s);
  EXPECT_EQ(heard_, "");
  clock_.sleep(2s);
  EXPECT_EQ(heard_, "u-s+");
}

TEST_F(FlashQueueOf2, NothingBeginsOnAPartThatIsBusyBeyondTheWatchdog) {
  faults_.arm({.point = sim::FaultPoint::flash_erase,
               .action = sim::FaultAction::delay,
               .delay = std::chrono::minutes(2)});
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::settings, 0x1000, data_);
  clock_.sleep(61s);
  EXPECT_EQ(heard_, "u-");
  clock_.sleep(1min);
  EXPECT_EQ(heard_, "u-s+");
}

TEST_F(FlashQueueOf2, AnOperationInTimeIsNotHeardOfTwice) {
  queue_.erase(FlashUser::session, 0);
  clock_.sleep(10min);
  EXPECT_EQ(heard_, "u+");
}

TEST_F(FlashQueueOf2, PowerLossForgetsEverything) {
  queue_.erase(FlashUser::session, 0);
  queue_.program(FlashUser::settings, 0x1000, data_);
  queue_.power_off();
  flash_.power_off();
  queue_.program(FlashUser::session, 0x2000, data_);
  clock_.sleep(1s);
  EXPECT_EQ(heard_, "u+");
}

}  // namespace
}  // namespace emulator::firmware
