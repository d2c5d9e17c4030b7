// SPDX-License-Identifier: BSD-3-Clause
// Faults at START, DATA and END, and flash operations that fail under an update.
#include <gtest/gtest.h>

#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using namespace std::chrono_literals;
using protocol::FirmwareVersion;
using sim::FaultAction;
using sim::FaultPoint;

constexpr FirmwareVersion kOld = {5, 0, 1, 1111};
constexpr FirmwareVersion kNew = {5, 2, 70, 1046};

class SessionFault : public testing::TestWithParam<FaultPoint> {
 protected:
  void SetUp() override { board_.boot(); }
  std::optional<Error> update_with(FaultAction action) {
    board_.faults.arm({.point = GetParam(), .action = action, .delay = 700ms});
    return board_.update(new_image());
  }
  Board board_;
};

TEST_P(SessionFault, FailureIsAnInternalErrorAndTheNextUpdateSucceeds) {
  EXPECT_EQ(update_with(FaultAction::fail), Error::internal_error);
  EXPECT_EQ(board_.firmware.running_version(), kOld);
  EXPECT_EQ(board_.update(new_image()), Error::success);
}

TEST_P(SessionFault, FailureIsToldWithTheNumberOfTheFault) {
  board_.faults.arm({.point = GetParam(),
                     .action = FaultAction::fail,
                     .status = number(Error::update_in_progress)});
  EXPECT_EQ(board_.update(new_image()), Error::update_in_progress);
  EXPECT_EQ(board_.update(new_image()), Error::success);
}

TEST_P(SessionFault, IgnoredMessageIsNeverAnswered) {
  EXPECT_EQ(update_with(FaultAction::ignore), std::nullopt);
  EXPECT_TRUE(board_.powered);
  EXPECT_EQ(board_.firmware.boot_path(), BootPath::operational);
  // The feeder gives up, and the next one is served.
  board_.firmware.update_session().abandon(Feeder::heci);
  EXPECT_EQ(board_.update(new_image()), Error::success);
}

TEST_P(SessionFault, DelayedAnswerComesThatMuchLater) {
  Board prompt;
  prompt.boot();
  prompt.update(new_image());
  EXPECT_EQ(update_with(FaultAction::delay), Error::success);
  EXPECT_EQ(board_.clock.now(), prompt.clock.now() + 700ms);
  EXPECT_EQ(board_.firmware.running_version(), kNew);
}

TEST_P(SessionFault, MeResetIsUnansweredAndTheOldCodeComesBack) {
  EXPECT_EQ(update_with(FaultAction::me_reset), std::nullopt);
  EXPECT_EQ(board_.boots.size(), 2u);
  EXPECT_EQ(board_.firmware.running_version(), kOld);
  EXPECT_EQ(board_.firmware.update_session().state(), SessionState::idle);
}

TEST_P(SessionFault, PowerCutsAreUnansweredAndTheOldCodeComesBack) {
  for (const auto action : {FaultAction::power_cut_before, FaultAction::power_cut_inside,
                            FaultAction::power_cut_after}) {
    EXPECT_EQ(update_with(action), std::nullopt) << name(action);
    EXPECT_FALSE(board_.powered);
    board_.boot();
    EXPECT_EQ(board_.firmware.running_version(), kOld);
  }
  EXPECT_TRUE(board_.faults.unfired().empty());
}

TEST_P(SessionFault, AbandonedWhileDelayedIsForgotten) {
  board_.faults.arm({.point = GetParam(), .action = FaultAction::delay, .delay = 700ms});
  if (GetParam() != FaultPoint::fwu_start) board_.start(kCodeSize);
  board_.answers.clear();
  auto& session = board_.firmware.update_session();
  if (GetParam() == FaultPoint::fwu_start)
    session.start(Feeder::heci, {.image_length = kCodeSize}, board_);
  if (GetParam() == FaultPoint::fwu_data) session.data(Feeder::heci, new_image(), board_);
  if (GetParam() == FaultPoint::fwu_end) session.end(Feeder::heci, board_);
  session.abandon(Feeder::heci);
  board_.settle();
  EXPECT_TRUE(board_.answers.empty());
  EXPECT_EQ(session.state(), SessionState::idle);
  EXPECT_EQ(board_.update(new_image()), Error::success);
}

INSTANTIATE_TEST_SUITE_P(AtEveryMessage, SessionFault,
                         testing::Values(FaultPoint::fwu_start, FaultPoint::fwu_data,
                                         FaultPoint::fwu_end),
                         [](const auto& p) { return std::string(name(p.param)); });

TEST(UpdateFlashFault, FailureWhileStagingIsAnInternalErrorAndLeavesTheCodeAlone) {
  Board b;
  b.boot();
  b.faults.arm({.point = FaultPoint::flash_program, .occurrence = 20, .action = FaultAction::fail});
  EXPECT_EQ(b.update(new_image()), Error::internal_error);
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::failed);
  b.power_cut();
  b.boot();
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.firmware.running_version(), kOld);
  EXPECT_EQ(b.firmware.settings().last_update_status, number(Error::internal_error));
}

TEST(UpdateFlashFault, FailureWhileCommittingFailsTheUpdateAndLeavesItToBeRepeated) {
  Board b;
  b.boot();
  ASSERT_EQ(b.stage(new_image()), Error::success);
  b.faults.arm({.point = FaultPoint::flash_erase, .occurrence = 3, .action = FaultAction::fail});
  EXPECT_EQ(b.end(), Error::success) << "END is answered before the copy begins";
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::failed);
  EXPECT_EQ(b.firmware.update_session().last_status(), number(Error::internal_error));
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational) << "it runs from memory";
  EXPECT_EQ(b.update(new_image()), Error::success);
  EXPECT_EQ(b.firmware.running_version(), kNew);
}

TEST(UpdateFlashFault, LostCommandHangsTheUpdateUntilTheWatchdogFailsIt) {
  Board b;
  b.boot();
  const auto began = b.clock.now();
  b.faults.arm(
      {.point = FaultPoint::flash_operation, .occurrence = 5, .action = FaultAction::ignore});
  EXPECT_EQ(b.update(new_image()), Error::internal_error);
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::failed);
  EXPECT_GE(b.clock.now() - began, std::chrono::minutes(8));
  EXPECT_LT(b.clock.now() - began, std::chrono::minutes(9));
  EXPECT_EQ(b.update(new_image()), Error::success);
}

TEST(UpdateFlashFault, LostCommandInTheCommitFailsItWithTheOldCodeInMemory) {
  Board b;
  b.boot();
  ASSERT_EQ(b.stage(new_image()), Error::success);
  b.faults.arm(
      {.point = FaultPoint::flash_operation, .occurrence = 40, .action = FaultAction::ignore});
  EXPECT_EQ(b.end(), Error::success);
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::failed);
  EXPECT_EQ(b.firmware.update_session().last_status(), number(Error::internal_error));
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
  EXPECT_EQ(b.update(new_image()), Error::success);
  EXPECT_EQ(b.firmware.running_version(), kNew);
}

TEST(UpdateFlashFault, AResetOfTheMeDoesNotWaitForTheWatchdog) {
  Board b;
  b.boot();
  ASSERT_EQ(b.start(kCodeSize), Error::success);
  b.faults.arm({.point = FaultPoint::flash_operation, .action = FaultAction::ignore});
  b.firmware.update_session().data(Feeder::heci, base::ByteView(new_image()).first(4096), b);
  b.run(1);
  EXPECT_EQ(b.firmware.update_session().state(), SessionState::staging);
  b.firmware.reset(protocol::fwu::ResetReason::system_reset);
  b.settle();
  EXPECT_EQ(b.update(new_image()), Error::success);
}

TEST(UpdateMeReset, InEveryPhaseTheBoardComesBackAndTakesAnUpdate) {
  for (std::uint32_t occurrence = 1; occurrence <= 545; occurrence += 31) {
    Board b;
    b.boot();
    b.faults.arm({.point = FaultPoint::flash_operation,
                  .occurrence = occurrence,
                  .action = FaultAction::me_reset});
    b.update(new_image());
    const BootPath path = b.firmware.boot_path();
    EXPECT_TRUE(path == BootPath::operational || path == BootPath::recovery) << occurrence;
    EXPECT_EQ(b.update(new_image()), Error::success) << occurrence;
    EXPECT_EQ(b.firmware.running_version(), kNew);
  }
}

}  // namespace
}  // namespace emulator::firmware
