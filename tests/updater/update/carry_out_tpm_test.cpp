// SPDX-License-Identifier: BSD-3-Clause
// Every way an update through the TPM can end: refused by the TPM, by the firmware, broken off,
// resumed after a command whose answer never came.
#include <gtest/gtest.h>

#include "tests/updater/update/listener.h"
#include "tests/updater/update/scripted_upgrade.h"
#include "updater/update/carry_out.h"

namespace {

using namespace updater::update;
using base::Errc;
using protocol::tpm::ReturnCode;
using tests::Fate;
using tests::Listener;

class CarryOutThroughTheTpm : public testing::Test {
 protected:
  static constexpr std::size_t kImageSize = 1234;  // two full blocks of 500 bytes and one of 234

  CarryOutThroughTheTpm() {
    image.file.resize(kImageSize);
    for (std::size_t i = 0; i < image.file.size(); ++i)
      image.file[i] = static_cast<std::uint8_t>(i * 7);
    image.code_size = kImageSize;
    image.manifest.version = {5, 2, 70, 1046};
    plan = {.way = Way::tpm,
            .from = {5, 0, 1, 1111},
            .to = {5, 2, 70, 1046},
            .bytes = kImageSize,
            .message_payload = 500};
  }

  Report run(const base::Secret* password = nullptr) {
    const TpmWay way{.link = link, .owner = nullptr};
    return carry_out(plan, image, me.device, clock, listener, &way, password);
  }

  tests::WaitingClock clock;
  tests::ScriptedMe me{clock};
  tests::ScriptedUpgrade upgrade{me};
  updater::tpm::Tpm12Link link{upgrade.tpm, clock};
  Listener listener;
  updater::image::Image image;
  Plan plan;
};

TEST_F(CarryOutThroughTheTpm, TransfersTheCodeAndFindsTheNewVersionRunning) {
  const auto password = base::Secret::copy_of(base::as_bytes("P@ss"));
  const Report report = run(&password);
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(to_text(*report.version_after), "5.2.70.1046");
  EXPECT_EQ(upgrade.received, image.file);
  EXPECT_EQ(upgrade.digest, protocol::tpm::sha1({image.file}));
  EXPECT_EQ(upgrade.password, "P@ss");
  EXPECT_EQ(upgrade.blocks, 3);
  EXPECT_EQ(upgrade.aborts, 0);
  EXPECT_TRUE(me.received.empty()) << "nothing goes over HECI";
}

TEST_F(CarryOutThroughTheTpm, ATpmThatRefusesTheStartLeavesTheDeviceUnchanged) {
  upgrade.start_code = ReturnCode::auth_fail;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::failed_unchanged);
  EXPECT_EQ(report.device_status, 0u) << "a TPM's code is no status of the firmware";
  EXPECT_NE(report.error->doing.find("TPM_AUTHFAIL"), std::string::npos);
  EXPECT_EQ(upgrade.blocks, 0);
  EXPECT_EQ(upgrade.aborts, 0);
}

TEST_F(CarryOutThroughTheTpm, TheFirmwaresRefusalKeepsItsNumber) {
  upgrade.start_status = 8766;
  Report report = run();
  EXPECT_EQ(report.outcome, Outcome::failed_unchanged);
  EXPECT_EQ(report.device_status, 8766u);
  upgrade.start_status = 0;
  upgrade.data_status = 8746;
  report = run();
  EXPECT_EQ(report.outcome, Outcome::failed_unchanged);
  EXPECT_EQ(report.device_status, 8746u);
}

TEST_F(CarryOutThroughTheTpm, AStopAbortsWhatTheTpmWasGiven) {
  listener.stop_at = 500;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(upgrade.aborts, 1);
  EXPECT_EQ(to_text(*report.version_after), "5.0.1.1111");
}

TEST_F(CarryOutThroughTheTpm, ABlockThatNeverHappenedIsSentAgain) {
  upgrade.silent_block = 2;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(upgrade.received, image.file);
  EXPECT_EQ(upgrade.blocks, 4);
}

TEST_F(CarryOutThroughTheTpm, ABlockThatWasTakenWithoutAnAnswerIsNotSentAgain) {
  upgrade.silent_block = 2;
  upgrade.takes_silent_block = true;
  upgrade.settles_after = 3;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(upgrade.received, image.file);
  EXPECT_EQ(upgrade.blocks, 3);
}

/// Found by mesim explore (fwu_data:1:delay): sent again, the block was taken twice.
TEST_F(CarryOutThroughTheTpm, ABlockThatTheTpmIsStillAtWorkOnIsNotSentAgain) {
  upgrade.silent_block = 2;
  upgrade.takes_silent_block = true;
  upgrade.settles_after = 1000;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(upgrade.blocks, 2);
}

TEST_F(CarryOutThroughTheTpm, ATpmThatDiesInMidTransferIsGivenUp) {
  upgrade.silent_block = 2;
  upgrade.dead_afterwards = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(report.error->code, Errc::timeout);
  EXPECT_EQ(report.bytes_sent, 500u);
}

/// Else a TPM that answers only questions would keep the program busy for ever.
TEST_F(CarryOutThroughTheTpm, ABlockThatIsNeverTakenIsSentFourTimes) {
  upgrade.takes_no_block = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_EQ(upgrade.blocks, 4);
  EXPECT_EQ(upgrade.ends, 0);
}

TEST_F(CarryOutThroughTheTpm, ALostAnswerToTheEndIsNoFailure) {
  upgrade.end_is_silent = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(upgrade.aborts, 0) << "a commit that runs is not to be aborted";
}

TEST_F(CarryOutThroughTheTpm, GoesOnWhereAnInterruptedRunStood) {
  upgrade.hold(base::ByteView(image.file).first(500), kImageSize,
               protocol::tpm::sha1({image.file}));
  plan.opening = Opening::going_on;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::updated);
  EXPECT_EQ(upgrade.received, image.file);
  EXPECT_EQ(upgrade.starts, 0);
  EXPECT_EQ(upgrade.blocks, 2);
}

TEST_F(CarryOutThroughTheTpm, EndsAnInterruptedRunThatHadSentItAll) {
  upgrade.hold(image.file, kImageSize, protocol::tpm::sha1({image.file}));
  plan.opening = Opening::going_on;
  EXPECT_EQ(run().outcome, Outcome::updated);
  EXPECT_EQ(upgrade.blocks, 0);
  EXPECT_EQ(upgrade.ends, 1);
}

TEST_F(CarryOutThroughTheTpm, BeginsAnewWhereTheHeldPartIsGoneMeanwhile) {
  plan.opening = Opening::going_on;
  EXPECT_EQ(run().outcome, Outcome::updated);
  EXPECT_EQ(upgrade.starts, 1);
  EXPECT_EQ(upgrade.received, image.file);
}

TEST_F(CarryOutThroughTheTpm, NeverGoesOnWithAnotherImagesPart) {
  protocol::tpm::Digest other{};
  other.fill(0x5A);
  upgrade.hold(base::ByteView(image.file).first(500), kImageSize, other);
  plan.opening = Opening::going_on;
  run();
  EXPECT_EQ(upgrade.starts, 1) << "the device decides";
}

TEST_F(CarryOutThroughTheTpm, TakesAnotherUpdateAwayWhereThePlanSaysSo) {
  protocol::tpm::Digest other{};
  other.fill(0x5A);
  upgrade.hold(base::ByteView(image.file).first(500), 9999, other);
  plan.opening = Opening::after_abort;
  EXPECT_EQ(run().outcome, Outcome::updated);
  EXPECT_EQ(upgrade.aborts, 1);
  EXPECT_EQ(upgrade.starts, 1);
  EXPECT_EQ(upgrade.received, image.file);
}

TEST_F(CarryOutThroughTheTpm, ALostEndLeavesTheImageInTheTpm) {
  upgrade.end_is_lost = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_TRUE(report.saw(Seen::holding));
  EXPECT_TRUE(can_continue(report));
  EXPECT_EQ(upgrade.aborts, 0);
  upgrade.end_is_lost = false;
  plan.opening = Opening::going_on;
  EXPECT_EQ(run().outcome, Outcome::updated) << "what the printed command does";
}

TEST_F(CarryOutThroughTheTpm, DoesNotSayUnchangedWhereTheAbortWentUnanswered) {
  listener.stop_at = 500;
  upgrade.abort_is_silent = true;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_rerun);
  EXPECT_TRUE(report.saw(Seen::holding));
}

TEST_F(CarryOutThroughTheTpm, ATpmOfTheFirstLayoutIsAskedTheOldWay) {
  upgrade.layout = protocol::tpm::kFirstUpgradeLayout;
  upgrade.silent_block = 2;
  EXPECT_EQ(run().outcome, Outcome::updated);
  EXPECT_EQ(upgrade.received, image.file);
  EXPECT_EQ(upgrade.blocks, 4);
}

TEST_F(CarryOutThroughTheTpm, ADeviceThatNeverComesBackNeedsRecovery) {
  me.fate = Fate::silence;
  const Report report = run();
  EXPECT_EQ(report.outcome, Outcome::interrupted_recovery);
  EXPECT_FALSE(report.version_after);
}

}  // namespace
