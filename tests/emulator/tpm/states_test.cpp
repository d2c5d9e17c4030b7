// SPDX-License-Identifier: BSD-3-Clause
// Every state an owner's TPM can be in, reached by the commands that a person's tools send and
// directly from the profile: both ways must end in the same flags.
#include <gtest/gtest.h>

#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using namespace protocol::tpm;

constexpr std::uint8_t kOff = 0;
constexpr std::uint8_t kOn = 1;

/// The flags a host sees, and whether there is an owner and an endorsement key.
std::string view(Itpm& tpm) {
  const ItpmStatus s = tpm.status();
  std::string text;
  const auto add = [&text](const char* what, bool v) {
    text += v ? what : std::string("no-") + what;
    text += ' ';
  };
  add("owner", s.owned);
  add("ek", s.has_ek);
  add("enabled", s.enabled);
  add("active", s.active);
  add("active-next", s.active_after_reset);
  add("install", s.owner_install);
  add("owner-clear", s.owner_clear);
  add("force-clear", s.force_clear);
  add("present", s.presence);
  add("locked", s.presence_locked);
  add("life-lock", s.presence_lifetime_lock);
  add("cmd", s.presence_command_enabled);
  add("hw", s.presence_hardware_enabled);
  add("lockout", s.lockout);
  add("failed", s.self_test_failed);
  return text;
}

void press(Rig& rig, std::initializer_list<BiosAction> actions) {
  for (const BiosAction action : actions) rig.tpm.at_next_boot(action);
  rig.tpm.reset();
  for (const std::uint32_t result : rig.tpm.bios_results()) EXPECT_EQ(result, 0u);
}

TEST(TpmStates, DisabledByTheBiosIsDisabledInTheProfile) {
  Rig commanded;
  press(commanded, {BiosAction::disable});
  TpmConfig config = fitted();
  config.state.enabled = false;
  Rig direct(config);
  EXPECT_EQ(view(commanded.tpm), view(direct.tpm));
  EXPECT_EQ(Host(direct.tpm).run(get_random_command(4)), ReturnCode::disabled);
}

TEST(TpmStates, InactiveByTheBiosIsInactiveInTheProfile) {
  Rig commanded;
  press(commanded, {BiosAction::deactivate});
  TpmConfig config = fitted();
  config.state.active = false;
  Rig direct(config);
  EXPECT_EQ(view(commanded.tpm), view(direct.tpm));
  EXPECT_EQ(Host(direct.tpm).run(get_random_command(4)), ReturnCode::deactivated);
}

TEST(TpmStates, OwnedByCommandIsOwnedInTheProfile) {
  Rig commanded;
  ASSERT_EQ(Host(commanded.tpm).take_ownership(kOwner), ReturnCode::success);
  commanded.tpm.reset();
  Rig direct(owned());
  EXPECT_EQ(view(commanded.tpm), view(direct.tpm));
  EXPECT_EQ(Host(direct.tpm).prove_owner(kOwner), ReturnCode::success);
  EXPECT_EQ(Host(commanded.tpm).prove_owner(kOwner), ReturnCode::success);
}

TEST(TpmStates, OwnedAndInactiveAnswersAsTheDosLogsMachine) {
  TpmConfig config = owned();
  config.state.active = false;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).prove_owner(kOwner), ReturnCode::deactivated);
  EXPECT_TRUE(rig.tpm.status().owned);
}

TEST(TpmStates, DisabledHidesAWrongSecret) {
  TpmConfig config = owned();
  config.state.enabled = false;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).prove_owner(kWrong), ReturnCode::disabled);
  EXPECT_EQ(rig.tpm.status().failed_attempts, 0);
}

TEST(TpmStates, AnOwnerWithTheWellKnownSecretIsStillAnOwner) {
  TpmConfig config = owned();
  config.state.owner_secret = OwnerSecret::well_known;
  Rig rig(config);
  EXPECT_TRUE(rig.tpm.status().owned);
  EXPECT_EQ(Host(rig.tpm).prove_owner(kWellKnownSecret), ReturnCode::success);
}

TEST(TpmStates, NobodyKnowsAnUnknownSecret) {
  TpmConfig config = owned();
  config.state.owner_secret = OwnerSecret::unknown;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).prove_owner(kOwner), ReturnCode::auth_fail);
  EXPECT_EQ(Host(rig.tpm).prove_owner(kWellKnownSecret), ReturnCode::auth_fail);
}

TEST(TpmStates, WithoutAnEndorsementKeyNobodyCanOwnIt) {
  TpmConfig config = fitted();
  config.state.ownership = Ownership::no_ek;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).run(read_pubek_command(Nonce{1})), ReturnCode::no_endorsement);
  EXPECT_FALSE(rig.tpm.status().has_ek);
  ASSERT_EQ(Host(rig.tpm).run(create_endorsement_key_command(Nonce{1})), ReturnCode::success);
  EXPECT_EQ(Host(rig.tpm).take_ownership(kOwner), ReturnCode::success);
}

TEST(TpmStates, OwnerInstallForbiddenRefusesOwnership) {
  Rig commanded;
  press(commanded, {BiosAction::forbid_owner_install});
  TpmConfig config = fitted();
  config.state.owner_install = false;
  Rig direct(config);
  EXPECT_EQ(view(commanded.tpm), view(direct.tpm));
  EXPECT_EQ(Host(direct.tpm).take_ownership(kOwner), ReturnCode::install_disabled);
}

TEST(TpmStates, OwnerClearDisabledLeavesOnlyTheBios) {
  Rig commanded(owned());
  ASSERT_EQ(Host(commanded.tpm).owner_command(kOwner, Ordinal::disable_owner_clear, {}),
            ReturnCode::success);
  commanded.tpm.reset();
  TpmConfig config = owned();
  config.state.owner_clear = false;
  Rig direct(config);
  EXPECT_EQ(view(commanded.tpm), view(direct.tpm));
  EXPECT_EQ(Host(direct.tpm).owner_command(kOwner, Ordinal::owner_clear, {}),
            ReturnCode::clear_disabled);
  press(direct, {BiosAction::clear});
  EXPECT_FALSE(direct.tpm.status().owned);
}

TEST(TpmStates, ForceClearForbiddenByTheBiosHoldsForTheBoot) {
  TpmConfig config = owned();
  config.state.force_clear = false;
  config.presence.bios_locks = false;
  Rig rig(config);
  Host host(rig.tpm);
  ASSERT_EQ(host.run(presence_command(kPresencePresent)), ReturnCode::success);
  EXPECT_EQ(host.run(bare_command(Ordinal::force_clear)), ReturnCode::clear_disabled);
}

TEST(TpmStates, TemporarilyDeactivatedLooksActiveAfterTheNextReset) {
  TpmConfig config = fitted();
  config.state.temporarily_deactivated = true;
  Rig rig(config);
  EXPECT_FALSE(rig.tpm.status().active);
  EXPECT_TRUE(rig.tpm.status().active_after_reset);
  EXPECT_EQ(Host(rig.tpm).run(get_random_command(4)), ReturnCode::deactivated);
}

TEST(TpmStates, PresenceLockedByTheBiosStaysLockedUntilTheNextReset) {
  Rig rig;
  EXPECT_TRUE(rig.tpm.status().presence_locked);
  EXPECT_EQ(Host(rig.tpm).run(presence_command(kPresencePresent)), ReturnCode::bad_parameter);
  EXPECT_EQ(Host(rig.tpm).run(bare_command(Ordinal::force_clear)), ReturnCode::bad_presence);
}

TEST(TpmStates, PresenceLifetimeLockIsForLife) {
  Rig commanded;
  ASSERT_EQ(Host(commanded.tpm).run(presence_command(kPresenceLifetimeLock)), ReturnCode::success);
  TpmConfig config = fitted();
  config.presence.lifetime_lock = true;
  Rig direct(config);
  EXPECT_EQ(view(commanded.tpm), view(direct.tpm));
  EXPECT_EQ(Host(direct.tpm).run(presence_command(kPresenceCmdDisable)), ReturnCode::bad_parameter);
}

TEST(TpmStates, LockoutReachedByWrongSecretsIsTheProfiles) {
  Rig commanded(owned());
  for (int i = 0; i < 10; ++i) (void)Host(commanded.tpm).prove_owner(kWrong);
  TpmConfig config = owned();
  config.state.failed_attempts = 10;
  Rig direct(config);
  EXPECT_EQ(view(commanded.tpm), view(direct.tpm));
  EXPECT_EQ(Host(direct.tpm).prove_owner(kOwner), ReturnCode::defend_lock_running);
}

TEST(TpmStates, SelfTestFailedByBrokenStorageIsTheProfiles) {
  Rig commanded;
  (void)commanded.tpm.status();  // the BIOS has started it
  commanded.storage.break_it();
  EXPECT_EQ(Host(commanded.tpm).run(presence_command(kPresenceHwEnable)), ReturnCode::fail);
  TpmConfig config = fitted();
  config.state.self_test = SelfTest::failed;
  Rig direct(config);
  for (Rig* rig : {&commanded, &direct}) {
    EXPECT_TRUE(rig->tpm.status().self_test_failed);
    EXPECT_EQ(Host(rig->tpm).run(oiap_command()), ReturnCode::failed_self_test);
    EXPECT_EQ(Host(rig->tpm).run(capability_command(CapArea::version_val)), ReturnCode::success);
  }
}

TEST(TpmStates, SelfTestFailsAtEveryPowerOnUntilTheStateIsPutRight) {
  TpmConfig config = fitted();
  config.state.self_test = SelfTest::failed;
  Rig rig(config);
  rig.tpm.power_off();
  rig.tpm.power_on();
  EXPECT_TRUE(rig.tpm.status().self_test_failed);
  ASSERT_TRUE(rig.tpm.put_in_state({}));
  EXPECT_FALSE(rig.tpm.status().self_test_failed);
}

TEST(TpmStates, ClearByTheBiosKeepsTheEndorsementKeyAndDisables) {
  Rig rig(owned());
  press(rig, {BiosAction::clear});
  const ItpmStatus s = rig.tpm.status();
  EXPECT_FALSE(s.owned);
  EXPECT_TRUE(s.has_ek);
  EXPECT_FALSE(s.enabled);
  EXPECT_FALSE(s.active);
}

TEST(TpmStates, ClearEnableActivateInOneBootMakesItUsable) {
  Rig rig(owned());
  press(rig, {BiosAction::clear, BiosAction::enable, BiosAction::activate});
  EXPECT_TRUE(rig.tpm.status().enabled);
  EXPECT_TRUE(rig.tpm.status().active);
  EXPECT_EQ(Host(rig.tpm).take_ownership(kOwner), ReturnCode::success);
}

TEST(TpmStates, BiosEnablesThePresenceCommandBeforeItActs) {
  TpmConfig config = fitted();
  config.presence.command_enabled = false;
  Rig rig(config);
  press(rig, {BiosAction::disable});
  EXPECT_FALSE(rig.tpm.status().enabled);
}

TEST(TpmStates, BiosReportsTheRefusalOfATpmThatTakesNoPresence) {
  TpmConfig config = fitted();
  config.presence = {.lifetime_lock = true, .command_enabled = false};
  Rig rig(config);
  rig.tpm.at_next_boot(BiosAction::disable);
  rig.tpm.reset();
  ASSERT_EQ(rig.tpm.bios_results().size(), 1u);
  EXPECT_EQ(rig.tpm.bios_results()[0], number(ReturnCode::bad_presence));
  EXPECT_TRUE(rig.tpm.status().enabled);
}

TEST(TpmStates, WhatIsAskedAfterAResetIsForTheNextOne) {
  Rig rig;  // powered, and no command yet
  rig.tpm.at_next_boot(BiosAction::disable);
  EXPECT_TRUE(rig.tpm.status().enabled);
  rig.tpm.reset();
  EXPECT_FALSE(rig.tpm.status().enabled);
}

TEST(TpmStates, ABootInWhichNobodyUsedTheTpmWasABoot) {
  Rig rig;
  rig.tpm.at_next_boot(BiosAction::allow_unowned_upgrade);
  rig.tpm.reset();
  rig.tpm.reset();  // deferred presence was for the boot that has just ended
  EXPECT_FALSE(rig.tpm.status().unowned_upgrade_allowed);
}

TEST(TpmStates, PutInStateIsTheProfilesState) {
  Rig rig;
  ASSERT_TRUE(rig.tpm.put_in_state({.ownership = Ownership::owned, .active = false}));
  TpmConfig config = owned();
  config.state.active = false;
  Rig direct(config);
  EXPECT_EQ(view(rig.tpm), view(direct.tpm));
}

TEST(TpmStates, AnErasedPartitionIsATpmThatWasNeverProvisioned) {
  Rig rig(owned());
  rig.tpm.power_off();
  rig.storage.erase();
  rig.tpm.power_on();
  EXPECT_FALSE(rig.tpm.status().owned);
  EXPECT_FALSE(rig.tpm.status().has_ek);
}

TEST(TpmStates, OwnerSetsAndUnsetsDisable) {
  Rig rig(owned());
  const Bytes on = {kOn};
  const Bytes off = {kOff};
  EXPECT_EQ(Host(rig.tpm).owner_command(kOwner, Ordinal::owner_set_disable, on),
            ReturnCode::success);
  EXPECT_FALSE(rig.tpm.status().enabled);
  EXPECT_EQ(Host(rig.tpm).owner_command(kOwner, Ordinal::owner_set_disable, off),
            ReturnCode::success);
  EXPECT_TRUE(rig.tpm.status().enabled);
}

TEST(BiosAction, NamesAreReadBack) {
  for (const auto action :
       {BiosAction::enable, BiosAction::clear, BiosAction::allow_unowned_upgrade}) {
    EXPECT_EQ(parse_bios_action(name(action)), action);
  }
  EXPECT_FALSE(parse_bios_action("explode"));
}

}  // namespace
}  // namespace emulator::tpm
