// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "base/hex.h"
#include "protocol/update/tool_errors.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using protocol::update::ToolError;
using namespace protocol::tpm;
using std::chrono::milliseconds;
using std::chrono::seconds;

Bytes hex(std::string_view text) {
  return base::from_hex(text).value();
}
std::uint32_t status(ToolError error) {
  return protocol::update::number(error);
}

Bytes image() {
  Bytes bytes(2500);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
  return bytes;
}

TpmConfig open_to_all() {
  TpmConfig config = fitted();
  config.upgrade.unowned = UnownedUpgrade::open;
  return config;
}

void upload(Host& host, const Bytes& bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += 1024) {
    const base::ByteView block = base::ByteView(bytes).subspan(at);
    Host::Outcome outcome;
    ASSERT_EQ(host.data(block.first(std::min<std::size_t>(1024, block.size())), &outcome),
              ReturnCode::success);
    ASSERT_EQ(outcome.status, 0u);
  }
}

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

// Who may start: an owned TPM.

TEST(FieldUpgradeOwned, WantsTheOwner) {
  Rig rig(owned());
  EXPECT_EQ(Host(rig.tpm).start_unowned(image()), ReturnCode::auth_fail);
  EXPECT_EQ(rig.tpm.status().failed_attempts, 0) << "nobody guessed anything";
}

TEST(FieldUpgradeOwned, TakesTheOwnerInAnOiapSession) {
  Rig rig(owned());
  Host host(rig.tpm);
  const auto session = host.oiap(kOwner);
  ASSERT_TRUE(session);
  EXPECT_EQ(host.start_as_owner(*session, image()), ReturnCode::success);
  EXPECT_EQ(rig.session.length, image().size());
}

TEST(FieldUpgradeOwned, TakesTheOwnerInAnOsapSession) {
  Rig rig(owned());
  Host host(rig.tpm);
  const auto session = host.osap(kOwner);
  ASSERT_TRUE(session);
  EXPECT_EQ(host.start_as_owner(*session, image()), ReturnCode::success);
}

TEST(FieldUpgradeOwned, TakesAnOwnerWithTheWellKnownSecret) {
  TpmConfig config = owned();
  config.state.owner_secret = OwnerSecret::well_known;
  Rig rig(config);
  Host host(rig.tpm);
  EXPECT_EQ(host.start_as_owner(*host.oiap(kWellKnownSecret), image()), ReturnCode::success);
}

TEST(FieldUpgradeOwned, SessionGoesOnThroughVendorAndStandardCommands) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.oiap(kOwner);
  ASSERT_TRUE(session);
  const Bytes params = host.start_params(image());
  EXPECT_EQ(host.authorised(*session, Ordinal::field_upgrade, params, Host::After::go_on),
            ReturnCode::success);
  EXPECT_EQ(host.authorised(*session, Ordinal::field_upgrade, params, Host::After::go_on),
            ReturnCode::success);
  EXPECT_EQ(host.authorised(*session, Ordinal::owner_read_internal_pub,
                            owner_read_internal_pub_params(kHandleSrk), Host::After::end),
            ReturnCode::success);
  EXPECT_EQ(host.authorised(*session, Ordinal::field_upgrade, params),
            ReturnCode::invalid_auth_handle);
}

TEST(FieldUpgradeOwned, SessionEndsWithContinueFalse) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.oiap(kOwner);
  ASSERT_TRUE(session);
  const Bytes params = host.start_params(image());
  ASSERT_EQ(host.authorised(*session, Ordinal::field_upgrade, params), ReturnCode::success);
  EXPECT_EQ(host.authorised(*session, Ordinal::field_upgrade, params),
            ReturnCode::invalid_auth_handle);
}

TEST(FieldUpgradeOwned, AWrongSecretIsRefusedCountedAndEndsTheSession) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.oiap(kWrong);
  ASSERT_TRUE(session);
  EXPECT_EQ(host.start_as_owner(*session, image()), ReturnCode::auth_fail);
  EXPECT_EQ(rig.tpm.status().failed_attempts, 1);
  EXPECT_EQ(rig.session.length, 0u) << "the session heard of it";
  EXPECT_EQ(host.start_as_owner(*session, image()), ReturnCode::invalid_auth_handle);
}

TEST(FieldUpgradeOwned, WrongSecretsLeadToTheLockoutAndResetLockValueOutOfIt) {
  Rig rig(owned());
  Host host(rig.tpm);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(host.start_as_owner(*host.osap(kWrong), image()), ReturnCode::auth_fail);
  }
  EXPECT_EQ(host.start_as_owner(*host.oiap(kOwner), image()), ReturnCode::defend_lock_running);
  EXPECT_EQ(host.owner_command(kOwner, Ordinal::reset_lock_value, {}), ReturnCode::success);
  EXPECT_EQ(host.start_as_owner(*host.oiap(kOwner), image()), ReturnCode::success);
}

TEST(FieldUpgradeOwned, AReplayedStartIsAWrongSecret) {
  Rig rig(owned());
  Host host(rig.tpm);
  const auto session = host.oiap(kOwner);
  ASSERT_TRUE(session);
  const Bytes params = host.start_params(image());
  AuthRequest auth{.handle = session->handle, .nonce_odd = {1}, .continue_session = 1, .hmac = {}};
  auth.hmac = auth_value(session->key, command_digest(Ordinal::field_upgrade, params),
                         session->nonce_even, auth.nonce_odd, 1);
  const Bytes command = to_bytes(AuthorisedCommand{
      .ordinal = Ordinal::field_upgrade, .handles = {}, .params = params, .auth = auth});
  EXPECT_EQ(host.run(command), ReturnCode::success);
  EXPECT_EQ(host.run(command), ReturnCode::auth_fail);
}

TEST(FieldUpgradeOwned, AChangedParameterIsAWrongSecret) {
  Rig rig(owned());
  Host host(rig.tpm);
  const auto session = host.oiap(kOwner);
  ASSERT_TRUE(session);
  Bytes params = host.start_params(image());
  AuthRequest auth{.handle = session->handle, .nonce_odd = {1}, .continue_session = 0, .hmac = {}};
  auth.hmac = auth_value(session->key, command_digest(Ordinal::field_upgrade, params),
                         session->nonce_even, auth.nonce_odd, 0);
  params[10] ^= 0x01;     // in the image's digest
  params.back() ^= 0x01;  // and the check byte with it
  EXPECT_EQ(host.run(to_bytes(AuthorisedCommand{
                .ordinal = Ordinal::field_upgrade, .handles = {}, .params = params, .auth = auth})),
            ReturnCode::auth_fail);
}

TEST(FieldUpgradeOwned, OldSecretIsNoneAfterOwnerClearAndNewOwnership) {
  Rig rig(owned());
  Host host(rig.tpm);
  for (const BiosAction a : {BiosAction::clear, BiosAction::enable, BiosAction::activate}) {
    rig.tpm.at_next_boot(a);
  }
  rig.tpm.reset();
  const Secret next = secret_from_passphrase("next");
  ASSERT_EQ(host.take_ownership(next), ReturnCode::success);
  EXPECT_EQ(host.start_as_owner(*host.oiap(kOwner), image()), ReturnCode::auth_fail);
  EXPECT_EQ(host.start_as_owner(*host.oiap(next), image()), ReturnCode::success);
}

TEST(FieldUpgradeOwned, InactiveAndDisabledRefuseTheRightSecret) {
  TpmConfig config = owned();
  config.state.active = false;
  Rig inactive(config);
  Host host(inactive.tpm);
  EXPECT_EQ(host.start_as_owner(*host.oiap(kOwner), image()), ReturnCode::deactivated);
  config.state = owned().state;
  config.state.enabled = false;
  Rig disabled(config);
  Host other(disabled.tpm);
  EXPECT_EQ(other.start_as_owner(*other.oiap(kOwner), image()), ReturnCode::disabled);
}

TEST(FieldUpgradeOwned, InactiveTakesItWhenTheProfileSaysSoAndStillChecksTheSecret) {
  TpmConfig config = owned();
  config.state.active = false;
  config.upgrade.inactive = InactiveUpgrade::allowed;
  Rig rig(config);
  Host host(rig.tpm);
  EXPECT_EQ(host.start_as_owner(*host.oiap(kWrong), image()), ReturnCode::auth_fail);
  EXPECT_EQ(host.start_as_owner(*host.oiap(kOwner), image()), ReturnCode::success);
}

TEST(FieldUpgradeOwned, AnOwnersTrailerForAnUnownedTpmIsNoSrk) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  EXPECT_EQ(host.start_as_owner(*host.oiap(kOwner), image()), ReturnCode::no_srk);
}

// Who may start: an unowned TPM.

TEST(FieldUpgradeUnowned, WantsPresenceWhichTheBiosHasLocked) {
  Rig rig;
  EXPECT_EQ(Host(rig.tpm).start_unowned(image()), ReturnCode::bad_presence);
}

TEST(FieldUpgradeUnowned, TakesPresenceByCommandBeforeTheLock) {
  TpmConfig config = fitted();
  config.presence.bios_locks = false;
  Rig rig(config);
  Host host(rig.tpm);
  EXPECT_EQ(host.start_unowned(image()), ReturnCode::bad_presence);
  ASSERT_EQ(host.run(presence_command(kPresencePresent)), ReturnCode::success);
  EXPECT_EQ(host.start_unowned(image()), ReturnCode::success);
}

TEST(FieldUpgradeUnowned, TakesPresenceByHardwareWhereItIsEnabled) {
  TpmConfig config = fitted();
  config.presence.hardware_enabled = true;
  Rig rig(config);
  Host host(rig.tpm);
  EXPECT_EQ(host.start_unowned(image()), ReturnCode::bad_presence);
  rig.tpm.set_hardware_presence(sim::Level::high);
  EXPECT_EQ(host.start_unowned(image()), ReturnCode::success);
}

TEST(FieldUpgradeUnowned, TakesDeferredPresenceForOneBoot) {
  Rig rig;
  Host host(rig.tpm);
  rig.tpm.at_next_boot(BiosAction::allow_unowned_upgrade);
  rig.tpm.reset();
  EXPECT_TRUE(host.information()->deferred_presence);
  EXPECT_EQ(host.start_unowned(image()), ReturnCode::success);
  rig.tpm.reset();
  EXPECT_EQ(host.start_unowned(image()), ReturnCode::bad_presence);
}

TEST(FieldUpgradeUnowned, NeverMeansNever) {
  TpmConfig config = fitted();
  config.upgrade.unowned = UnownedUpgrade::never;
  Rig rig(config);
  rig.tpm.at_next_boot(BiosAction::allow_unowned_upgrade);
  rig.tpm.reset();
  EXPECT_EQ(Host(rig.tpm).start_unowned(image()), ReturnCode::bad_presence);
}

TEST(FieldUpgradeUnowned, DisabledAndInactiveRefuse) {
  TpmConfig config = open_to_all();
  config.state.enabled = false;
  Rig disabled(config);
  EXPECT_EQ(Host(disabled.tpm).start_unowned(image()), ReturnCode::disabled);
  config.state.enabled = true;
  config.state.active = false;
  Rig inactive(config);
  EXPECT_EQ(Host(inactive.tpm).start_unowned(image()), ReturnCode::deactivated);
}

// The upload.

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
                                           .received = 1000}));
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
  EXPECT_FALSE(rig.tpm.status().active);
  EXPECT_EQ(host.run(get_random_command(4)), ReturnCode::deactivated);
  rig.tpm.reset();
  EXPECT_TRUE(rig.tpm.status().active);
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

// Malformed commands.

TEST(FieldUpgradeForm, AWrongCheckByteIsABadParameter) {
  Rig rig(open_to_all());
  Bytes command = upgrade_command(UpgradeCommand::complete, Bytes{0});
  command.back() ^= 0x40;
  EXPECT_EQ(Host(rig.tpm).run(command), ReturnCode::bad_parameter);
}

TEST(FieldUpgradeForm, AShortOrLongBodyIsABadSize) {
  Rig rig(open_to_all());
  Host host(rig.tpm);
  EXPECT_EQ(host.run(hex("00c1 0000000a 000000aa")), ReturnCode::bad_param_size);
  EXPECT_EQ(host.run(hex("00c1 0000000e 000000aa 10 0000 00")), ReturnCode::bad_param_size);
  EXPECT_EQ(host.run(hex("00c1 0000000d 000000aa 31 0004")), ReturnCode::bad_param_size);
}

TEST(FieldUpgradeForm, AnUnknownSubCommandIsABadParameter) {
  Rig rig(open_to_all());
  EXPECT_EQ(Host(rig.tpm).run(hex("00c1 0000000e 000000aa 77 0000 77")), ReturnCode::bad_parameter);
}

TEST(FieldUpgradeForm, OnlyStartIsAuthorised) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.oiap(kOwner);
  const Bytes body = to_bytes(UpgradeBody{.command = UpgradeCommand::abort, .data = {}});
  EXPECT_EQ(host.authorised(*session, Ordinal::field_upgrade, body), ReturnCode::bad_tag);
}

TEST(FieldUpgradeForm, InformationAnswersInEveryState) {
  TpmConfig config = owned();
  config.state.enabled = false;
  config.state.self_test = SelfTest::failed;
  Rig rig(config);
  const auto info = Host(rig.tpm).information();
  ASSERT_TRUE(info);
  EXPECT_EQ(info->max_block, 1024);
  EXPECT_EQ(info->version, (protocol::FirmwareVersion{5, 0, 1, 1111}));
}

TEST(FieldUpgradeForm, InformationTellsTheWayIn) {
  Rig known(owned());
  EXPECT_TRUE(Host(known.tpm).information()->owner_set);
  EXPECT_FALSE(Host(known.tpm).information()->unowned_allowed);
  Rig open(open_to_all());
  EXPECT_FALSE(Host(open.tpm).information()->owner_set);
  EXPECT_TRUE(Host(open.tpm).information()->unowned_allowed);
}

TEST(FieldUpgradeForm, AFailedSelfTestTakesNoUpdate) {
  TpmConfig config = open_to_all();
  config.state.self_test = SelfTest::failed;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).start_unowned(image()), ReturnCode::failed_self_test);
}

TEST(FieldUpgradeForm, WantsStartupFirst) {
  TpmConfig config = open_to_all();
  config.bios = Bios::absent;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).start_unowned(image()), ReturnCode::invalid_post_init);
}

}  // namespace
}  // namespace emulator::tpm
