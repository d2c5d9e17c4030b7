// SPDX-License-Identifier: BSD-3-Clause
// Who may start a TPM_FieldUpgrade: the owner of an owned TPM, a person at an unowned one.
#include <gtest/gtest.h>

#include "tests/emulator/tpm/upload.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

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

}  // namespace
}  // namespace emulator::tpm
