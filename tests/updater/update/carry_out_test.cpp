// SPDX-License-Identifier: BSD-3-Clause
// Every way an update over the FWU client can end, and that each one ends within its limits.
#include "updater/update/carry_out.h"

#include <gtest/gtest.h>

#include "tests/updater/update/listener.h"
#include "tests/updater/update/scripted_me.h"

namespace {

using namespace updater::update;
using base::Errc;
using tests::Fate;
using tests::Listener;

class CarryOut : public testing::Test {
 protected:
  // Two full DATA messages of 500 bytes and one of 234.
  static constexpr std::size_t kImageSize = 1234;

  CarryOut() {
    image.file.resize(kImageSize + 16);
    for (std::size_t i = 0; i < image.file.size(); ++i)
      image.file[i] = static_cast<std::uint8_t>(i * 7);
    image.code_offset = 16;
    image.code_size = kImageSize;
    image.manifest.version = {5, 2, 70, 1046};
    plan = {.from = {5, 0, 1, 1111},
            .to = {5, 2, 70, 1046},
            .bytes = kImageSize,
            .message_payload = 500,
            .status_before = me.last_status};
  }

  /// The version that runs is sent again.
  void send_same_version() {
    me.version = plan.to;
    plan.from = plan.to;
  }

  Report run() { return carry_out(plan, image, me.device, clock, listener); }

  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  Listener listener;
  updater::image::Image image;
  Plan plan;
};

TEST_F(CarryOut, TransfersTheCodeAndFindsTheNewVersionRunning) {
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(to_text(*report.version_after), "5.2.70.1046");
  EXPECT_EQ(me.received, base::Bytes(image.file.begin() + 16, image.file.end()));
  EXPECT_EQ(report.bytes_sent, kImageSize);
  EXPECT_FALSE(report.error);
  EXPECT_FALSE(report.saw(Seen::busy));
  for (const Phase phase : {Phase::starting, Phase::transferring, Phase::verifying,
                            Phase::committing, Phase::restarting, Phase::checking, Phase::done}) {
    EXPECT_TRUE(listener.saw(phase)) << name(phase);
  }
}

TEST_F(CarryOut, TellsHowLongItTookOnTheDevicesClock) {
  EXPECT_GE(run().took, me.commit_time);
}

TEST_F(CarryOut, SendsThePassword) {
  const auto password = base::Secret::copy_of(base::as_bytes("Passw0rd"));
  carry_out(plan, image, me.device, clock, listener, nullptr, &password);
  EXPECT_EQ(me.password, "Passw0rd");
}

TEST_F(CarryOut, AsksForAPowerCycleWhereTheFirmwareWantsOne) {
  me.reset_type = protocol::fwu::kResetPlatform;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::restart_needed);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
}

TEST_F(CarryOut, ReportsTheStatusWithWhichStartIsRefused) {
  me.start_status = 8719;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::failed_unchanged);
  EXPECT_EQ(report.device_status, 8719u);
  EXPECT_EQ(report.stopped_in, Phase::starting);
  EXPECT_TRUE(me.received.empty());
}

TEST_F(CarryOut, ChangesNothingWhereStartIsNeverAnswered) {
  me.start_is_silent = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::failed_unchanged);
  EXPECT_EQ(report.error->code, Errc::timeout);
}

TEST_F(CarryOut, DoesNotCallADeviceUnchangedThatCannotBeReached) {
  me.device.connect_error = base::Error{Errc::busy, "connecting", 3};
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_TRUE(report.saw(Seen::silent));
  EXPECT_EQ(report.error->code, Errc::busy);
}

TEST_F(CarryOut, ReportsTheStatusWithWhichDataIsRefused) {
  me.data_refused_at = 500;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::failed_unchanged);
  EXPECT_EQ(report.device_status, 8746u);
  EXPECT_EQ(report.bytes_sent, 500u);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
}

TEST_F(CarryOut, SaysUnchangedOnlyOnceTheDeviceIsAtRest) {
  me.start_status = 8708;
  me.commit_now();  // of another update
  const Report report = run();
  EXPECT_FALSE(me.device.clients.empty());
  EXPECT_TRUE(report.saw(Seen::other)) << name(report.home->seen);
  EXPECT_EQ(to_text(*report.version_after), "5.2.70.1046") << "the other update's";
}

TEST_F(CarryOut, TellsOfAnotherUpdateThatNeverEnds) {
  me.start_status = 8708;
  me.commit_time = std::chrono::hours(1);
  me.commit_now();
  const Report report = run();
  EXPECT_TRUE(report.saw(Seen::busy));
  EXPECT_EQ(report.home->next, Next::wait_and_run);
}

TEST_F(CarryOut, HasADeviceRestartedThatIsAtRestAndStillTellsOfAnotherUpdate) {
  me.start_status = 8708;
  const Report report = run();
  EXPECT_TRUE(report.saw(Seen::occupied));
  EXPECT_EQ(report.home->next, Next::power_cycle_and_run);
  EXPECT_EQ(report.device_status, 8708u);
}

TEST_F(CarryOut, FindsTheUpdateDoneThoughADriversSecondEndWasAnsweredInProgress) {
  me.end_arrives_twice = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(to_text(*report.version_after), "5.2.70.1046");
}

TEST_F(CarryOut, ReportsTheStatusWithWhichTheImageIsRefusedAtTheEnd) {
  me.end_status = 8706;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::failed_unchanged);
  EXPECT_EQ(report.device_status, 8706u);
  EXPECT_EQ(report.stopped_in, Phase::verifying);
}

TEST_F(CarryOut, CanRunAgainWhenTheLinkBreaksInMidTransfer) {
  me.link_breaks_at = 500;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(report.error->code, Errc::disconnected);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
  EXPECT_EQ(report.stopped_in, Phase::transferring);
}

TEST_F(CarryOut, AsksForRecoveryWhenTheBreakLeftTheRecoveryCodeRunning) {
  me.link_breaks_at = 500;
  me.break_tears = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_recovery);
  EXPECT_EQ(to_text(*report.version_after), "5.0.0.7");
}

TEST_F(CarryOut, GivesUpWithinAMinuteOnADeviceThatDoesNotComeBackFromABreak) {
  me.link_breaks_at = 500;
  me.break_is_final = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_FALSE(report.version_after);
  EXPECT_LE(report.took, std::chrono::seconds(60));
}

TEST_F(CarryOut, CanRunAgainWhenTheDeviceFallsSilentInMidTransfer) {
  me.silent_at = 1000;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(report.error->code, Errc::timeout);
}

TEST_F(CarryOut, StopsBetweenMessagesAndLeavesTheOldFirmware) {
  listener.stop_at = 500;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(report.error->code, Errc::interrupted);
  EXPECT_EQ(me.received.size(), 500u);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
}

TEST_F(CarryOut, FindsTheUpdateDoneThoughTheAnswerToEndWasLost) {
  me.link_breaks_at_end = true;
  EXPECT_EQ(run().outcome, Outcome::updated);
}

TEST_F(CarryOut, CanRunAgainWhereEndWasLostAndTheOldCodeStillRuns) {
  me.link_breaks_at_end = true;
  me.end_is_lost = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
  EXPECT_TRUE(can_continue(report));
  EXPECT_FALSE(report.saw(Seen::failed));
}

TEST_F(CarryOut, TakesTheFirmwaresWordThatCommittingFailedThoughTheAnswerToEndWasLost) {
  me.link_breaks_at_end = true;
  me.fate = Fate::old_code;
  me.status_after = 8707;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::verify_failed);
  EXPECT_EQ(report.device_status, 8707u);
  EXPECT_TRUE(report.saw(Seen::failed));
  EXPECT_TRUE(can_continue(report));
  EXPECT_EQ(report.error->code, Errc::disconnected);
}

TEST_F(CarryOut, DoesNotTakeAnEarlierUpdatesFailureForThisOnes) {
  me.link_breaks_at_end = true;
  me.end_is_lost = true;
  me.last_status = 8707;
  plan.status_before = 8707;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_FALSE(report.saw(Seen::failed));
}

TEST_F(CarryOut, SeesThatAnUpdateFailsAsTheOneBeforeIt) {
  me.link_breaks_at_end = true;
  me.fate = Fate::old_code;
  me.last_status = 8707;
  plan.status_before = 8707;
  me.status_after = 8707;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::verify_failed);
  EXPECT_TRUE(report.saw(Seen::failed));
}

TEST_F(CarryOut, WaitsForTheCommitThoughAnEarlierUpdateFailed) {
  me.last_status = 8707;
  plan.status_before = 8707;
  me.commits_unseen = true;
  EXPECT_EQ(run().outcome, Outcome::updated);
}

TEST_F(CarryOut, CanRunAgainWhereADeviceSeenBusyTellsOfNoFailureAndRunsTheOldCode) {
  me.link_breaks_at_end = true;
  me.fate = Fate::old_code;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_FALSE(report.saw(Seen::failed));
}

TEST_F(CarryOut, DoesNotCallTheSameVersionUpdatedWhereEndNeverArrived) {
  send_same_version();
  me.link_breaks_at_end = true;
  me.end_is_lost = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(report.version_after, plan.to);
}

TEST_F(CarryOut, FindsTheSameVersionWrittenWhereTheDeviceWasSeenBusy) {
  send_same_version();
  me.down_time = {};
  me.link_breaks_at_end = true;
  EXPECT_EQ(run().outcome, Outcome::updated);
}

TEST_F(CarryOut, FindsTheSameVersionWrittenWhereTheDeviceWasSeenToRestart) {
  send_same_version();
  me.link_breaks_at_end = true;
  me.commits_unseen = true;
  EXPECT_EQ(run().outcome, Outcome::updated);
}

TEST_F(CarryOut, DoesNotTakeTheOldCodeForTheSameVersionWrittenAnew) {
  send_same_version();
  me.commits_unseen = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_GE(report.took, me.commit_time);
}

TEST_F(CarryOut, BelievesTheDeviceThatTheSameVersionWasNotWritten) {
  send_same_version();
  me.status_after = 8707;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::verify_failed);
  EXPECT_TRUE(report.saw(Seen::failed));
}

TEST_F(CarryOut, FearsTheWorstWhereEndWasLostAndTheDeviceNeverAnswersAgain) {
  me.link_breaks_at_end = true;
  me.fate = Fate::silence;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_recovery);
  EXPECT_FALSE(report.version_after);
}

TEST_F(CarryOut, FindsTheRecoveryCodeRunningAfterATornCommit) {
  me.fate = Fate::recovery_code;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_recovery);
  EXPECT_EQ(to_text(*report.version_after), "5.0.0.7");
}

TEST_F(CarryOut, DoesNotBelieveASuccessThatLeavesTheOldVersionRunning) {
  me.fate = Fate::old_code;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::verify_failed);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
  EXPECT_TRUE(report.saw(Seen::unchanged));
  EXPECT_TRUE(can_continue(report)) << "once its power was away";
}

TEST_F(CarryOut, FearsTheWorstForADeviceThatNeverComesBack) {
  me.fate = Fate::silence;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_recovery);
  EXPECT_FALSE(report.version_after);
  EXPECT_LE(report.took, std::chrono::seconds(65));
}

TEST_F(CarryOut, TakesTheFirmwaresOwnWordThatCommittingFailed) {
  me.fate = Fate::old_code;
  me.status_after = 8707;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::verify_failed);
  EXPECT_EQ(report.device_status, 8707u);
}

TEST_F(CarryOut, FearsTheWorstOfACommitThatNeverEnds) {
  me.commit_time = std::chrono::hours(1);
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_recovery);
  EXPECT_TRUE(report.saw(Seen::busy));
  EXPECT_LE(report.took, std::chrono::minutes(6));
}

TEST_F(CarryOut, TellsTheRecoveryCodeWithoutMkhiByTheAmtThatIsNotThere) {
  me.fate = Fate::recovery_code;
  me.device.clients.erase(protocol::mei::kMkhiGuid.bytes);
  EXPECT_EQ(run().outcome, Outcome::interrupted_recovery);
}

TEST_F(CarryOut, WithoutMkhiAndWithAmtTheUpdateClientsWordStands) {
  me.device.clients.erase(protocol::mei::kMkhiGuid.bytes);
  me.device.add(protocol::mei::kAmthiGuid, [](base::ByteView) { return tests::silence(); });
  EXPECT_EQ(run().outcome, Outcome::updated);
}

TEST_F(CarryOut, RepairsADeviceThatRunsItsRecoveryCode) {
  me.recovery = true;
  plan.recovery_mode = true;
  EXPECT_EQ(run().outcome, Outcome::updated);
}

TEST_F(CarryOut, SendsSmallerMessagesToAClientThatTakesNoLarger) {
  me.device.message_limit = 128;
  EXPECT_EQ(run().outcome, Outcome::updated);
  EXPECT_EQ(me.received.size(), kImageSize);
}

}  // namespace
