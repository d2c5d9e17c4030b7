// SPDX-License-Identifier: BSD-3-Clause
// TPM_FieldUpgrade carries an image into the firmware's session, block by block.
#include <gtest/gtest.h>

#include "tests/emulator/tpm/upload.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(FieldUpgrade, CarriesAnImageIntoTheSession) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  Host::Outcome outcome;
  ASSERT_EQ(host.start_unowned(image(), &outcome), ReturnCode::success);
  ASSERT_EQ(outcome.status, 0u);
  upload(host, image());
  ASSERT_EQ(host.complete(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome, (UpgradeOutcome{.status = 0, .reset_type = 1}));
  EXPECT_EQ(rig.session.received, image());
}

TEST(FieldUpgrade, AnswersWhenTheSessionHasAnsweredAndNotBefore) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  rig.session.delay = seconds(3);
  const base::TimePoint before = rig.clock.now();
  ASSERT_EQ(host.data(Bytes(100)), ReturnCode::success);
  EXPECT_GE(rig.clock.now() - before, seconds(3));
  EXPECT_LT(rig.clock.now() - before, seconds(4));
}

TEST(FieldUpgrade, TellsTheSessionsRefusalInASuccessfulAnswer) {
  Rig rig(open_to_all());
  rig.session.statuses = {status(ToolError::local_update_disabled)};
  Host::Outcome outcome;
  ASSERT_EQ(Host(rig.tpm).start_unowned(image(), &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, 8719u);
}

TEST(FieldUpgrade, GivesTheUpdatePasswordToTheSession) {
  Rig rig(open_to_all());
  const Bytes block = to_bytes(UpgradeStart{.image_length = 1, .password = "Secret#1"});
  ASSERT_EQ(Host(rig.tpm).upgrade(UpgradeCommand::start, block), ReturnCode::success);
  EXPECT_EQ(rig.session.password, "Secret#1");
}

TEST(FieldUpgradeUpload, DataWithoutStartIsNoUpdateHappening) {
  Rig rig(open_to_all());
  Host::Outcome outcome;
  ASSERT_EQ(Host(rig.tpm).data(Bytes(10), &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::no_update_in_progress));
}

TEST(FieldUpgradeUpload, ASecondStartIsRefused) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  Host::Outcome outcome;
  ASSERT_EQ(host.start_unowned(image(), &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::update_in_progress));
}

TEST(FieldUpgradeUpload, BlocksBeyondTheAnnouncedSizeAreRefused) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  Host::Outcome outcome;
  ASSERT_EQ(host.data(Bytes(1025), &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::invalid_length));
  ASSERT_EQ(host.data({}, &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::invalid_length));
  EXPECT_EQ(host.status()->received, 0u);
}

TEST(FieldUpgradeUpload, AnotherImageThanTheAuthorisedOneEndsIt) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  Bytes other = image();
  other[2000] ^= 1;
  upload(host, other);
  Host::Outcome outcome;
  ASSERT_EQ(host.complete(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::invalid_image));
  EXPECT_EQ(rig.session.abandoned, 1);
  EXPECT_EQ(host.status()->state, UpgradeState::idle);
}

TEST(FieldUpgradeUpload, StatusTellsHowFarItIs) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  EXPECT_EQ(host.status()->feeder, UpgradeFeeder::none);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  ASSERT_EQ(host.data(Bytes(1000)), ReturnCode::success);
  EXPECT_EQ(*host.status(), (UpgradeStatus{.state = UpgradeState::staging,
                                           .feeder = UpgradeFeeder::tpm,
                                           .announced = 2500,
                                           .received = 1000,
                                           .digest = sha1({image()})}));
}

TEST(FieldUpgradeUpload, StatusTellsWhatTheSessionIsStillAtWorkOn) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  rig.session.delay = seconds(2);
  ASSERT_TRUE(rig.tpm.submit(0, upgrade_command(UpgradeCommand::data, Bytes(500))));
  rig.clock.sleep(seconds(1));
  rig.tpm.cancel();
  EXPECT_EQ(host.status()->working, UpgradeWork::data);
  rig.clock.sleep(seconds(2));
  EXPECT_EQ(host.status()->working, UpgradeWork::nothing);
}

TEST(FieldUpgradeUpload, StatusTellsNothingOfAnUploadThatIsOver) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  upload(host, image());
  ASSERT_EQ(host.complete(), ReturnCode::success);
  EXPECT_EQ(host.status()->digest, sha1({image()})) << "while it is committed";
  rig.session.current = firmware::SessionState::failed;
  EXPECT_EQ(*host.status(), (UpgradeStatus{.state = UpgradeState::failed}));
}

TEST(FieldUpgradeUpload, StatusTellsAnUpdateThatComesOverHeci) {
  Rig rig(open_to_all());
  rig.session.current = firmware::SessionState::staging;
  EXPECT_EQ(Host(rig.tpm).status()->feeder, UpgradeFeeder::heci);
}

TEST(FieldUpgradeUpload, AbortEndsIt) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  Host::Outcome outcome;
  ASSERT_EQ(host.abort(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, 0u);
  EXPECT_EQ(rig.session.abandoned, 1);
  ASSERT_EQ(host.abort(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::no_update_in_progress));
}

TEST(FieldUpgradeUpload, AbortComesTooLateWhenTheCopyRuns) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  upload(host, image());
  ASSERT_EQ(host.complete(), ReturnCode::success);
  Host::Outcome outcome;
  ASSERT_EQ(host.abort(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::update_in_progress));
  EXPECT_EQ(rig.session.abandoned, 0);
}

TEST(FieldUpgradeUpload, ClearingItsOwnerEndsIt) {
  Rig rig(owned());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_as_owner(*host.oiap(kOwner), image()), ReturnCode::success);
  ASSERT_EQ(host.owner_command(kOwner, Ordinal::owner_clear, {}), ReturnCode::success);
  EXPECT_EQ(rig.session.abandoned, 1);
  Host::Outcome outcome;
  ASSERT_EQ(host.data(Bytes(10), &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, status(ToolError::no_update_in_progress));
}

TEST(FieldUpgradeUpload, ATpmResetEndsIt) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  rig.tpm.reset();
  EXPECT_EQ(rig.session.abandoned, 1);
  EXPECT_EQ(host.status()->feeder, UpgradeFeeder::none);
}

TEST(FieldUpgradeUpload, TheTpmIsInactiveAfterwardsUntilItIsStartedAnew) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  upload(host, image());
  ASSERT_EQ(host.complete(), ReturnCode::success);
  rig.session.commit();
  EXPECT_FALSE(rig.tpm.status().active);
  EXPECT_EQ(host.run(get_random_command(4)), ReturnCode::deactivated);
  rig.tpm.reset();
  EXPECT_TRUE(rig.tpm.status().active);
}

TEST(FieldUpgradeUpload, ATpmWhoseUpdateCouldNotBeWrittenStaysActiveAndTakesItAgain) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  upload(host, image());
  ASSERT_EQ(host.complete(), ReturnCode::success);
  rig.session.current = firmware::SessionState::failed;
  EXPECT_TRUE(rig.tpm.status().active);
  Host::Outcome outcome;
  ASSERT_EQ(host.start_unowned(image(), &outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, 0u);
}

TEST(FieldUpgradeUpload, CompleteThatWasCancelledIsAnsweredWhenItComesAgain) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  upload(host, image());
  rig.session.delay = seconds(5);
  ASSERT_TRUE(rig.tpm.submit(0, upgrade_command(UpgradeCommand::complete, {})));
  rig.clock.sleep(seconds(1));
  rig.tpm.cancel();
  Host::Outcome outcome;
  ASSERT_EQ(host.complete(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome, (Host::Outcome{.status = 0, .reset_type = 1}));
}

TEST(FieldUpgradeUpload, WhatTheSessionLostWithoutAWordIsTakenAgain) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  const Bytes bytes = image();
  rig.session.silent = true;
  ASSERT_TRUE(
      rig.tpm.submit(0, upgrade_command(UpgradeCommand::data, base::ByteView(bytes).first(500))));
  rig.clock.sleep(seconds(1));
  rig.tpm.cancel();
  rig.session.lose_call();
  rig.session.silent = false;
  EXPECT_EQ(host.status()->working, UpgradeWork::nothing);
  EXPECT_EQ(host.status()->received, 0u);
  upload(host, bytes);
  Host::Outcome outcome;
  ASSERT_EQ(host.complete(&outcome), ReturnCode::success);
  EXPECT_EQ(outcome.status, 0u) << "the lost block is in no digest";
}

TEST(FieldUpgradeUpload, ACancelledBlockIsNotSentAgainBlindly) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  rig.session.delay = seconds(2);
  ASSERT_TRUE(rig.tpm.submit(0, upgrade_command(UpgradeCommand::data, Bytes(500))));
  rig.clock.sleep(seconds(1));  // the TPM has handed it to the session, which is busy
  rig.tpm.cancel();
  EXPECT_EQ(host.data(Bytes(500)), ReturnCode::retry);
  rig.clock.sleep(seconds(2));
  EXPECT_EQ(host.status()->received, 500u) << "it was taken, only nobody was told";
  EXPECT_EQ(host.data(Bytes(500)), ReturnCode::success);
}

TEST(FieldUpgradeUpload, ABlockCancelledWhileTheTpmWorksNeverHappened) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  ASSERT_TRUE(rig.tpm.submit(0, upgrade_command(UpgradeCommand::data, Bytes(500))));
  rig.clock.sleep(milliseconds(1));
  rig.tpm.cancel();
  rig.clock.sleep(seconds(2));
  EXPECT_EQ(host.status()->received, 0u);
}

TEST(FieldUpgradeUpload, ASessionThatNeverAnswersIsLeftByAbort) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  ASSERT_EQ(host.start_unowned(image()), ReturnCode::success);
  rig.session.silent = true;
  const auto response =
      rig.tpm.transmit(0, upgrade_command(UpgradeCommand::data, Bytes(10)), seconds(30));
  EXPECT_EQ(response.error().code, base::Errc::timeout);
  EXPECT_EQ(host.data(Bytes(10)), ReturnCode::retry);
  EXPECT_EQ(host.abort(), ReturnCode::success);
  rig.session.silent = false;
  EXPECT_EQ(host.start_unowned(image()), ReturnCode::success);
}

}  // namespace
}  // namespace emulator::tpm
