// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/upgrade_talk.h"

#include <gtest/gtest.h>

#include "updater/update/owner_secret.h"

namespace updater::update {
namespace {

constexpr protocol::tpm::VendorId kIntel = {'I', 'N', 'T', 'C'};
constexpr protocol::tpm::VendorId kAnother = {'I', 'F', 'X', 0};

inventory::TpmInventory of_maker(const protocol::tpm::VendorId& vendor) {
  inventory::TpmInventory tpm;
  tpm.vendor = vendor;
  return tpm;
}

Targets pair_in(Place place, Nature nature) {
  Targets targets;
  targets.me = {.place = place, .nature = nature};
  targets.tpm = Target{.role = Role::tpm, .place = place, .nature = nature};
  return targets;
}

TEST(UpgradeTalk, ASimulatedBoardsTpmMayBeAskedAndARealOneByOptionAlone) {
  const Targets simulated = pair_in(Place::in_sim, Nature::simulated);
  const Targets real = pair_in(Place::this_system, Nature::may_be_real);
  const auto tpm = of_maker(kIntel);
  EXPECT_TRUE(may_speak_of_updates(simulated, tpm, UpgradeTalk::to_simulated));
  EXPECT_FALSE(may_speak_of_updates(real, tpm, UpgradeTalk::to_simulated));
  EXPECT_TRUE(may_speak_of_updates(real, tpm, UpgradeTalk::to_any));
}

TEST(UpgradeTalk, AnotherMakersOrAnotherBoardsTpmIsNeverAsked) {
  const Targets one = pair_in(Place::in_sim, Nature::simulated);
  EXPECT_FALSE(may_speak_of_updates(one, of_maker(kAnother), UpgradeTalk::to_any));
  Targets two = one;
  two.tpm->place = Place::elsewhere;
  EXPECT_FALSE(may_speak_of_updates(two, of_maker(kIntel), UpgradeTalk::to_any));
}

TEST(OwnerSecret, IsWhatTheTpmSaidOfIt) {
  using tpm::OwnerVerdict;
  EXPECT_EQ(known_after(OwnerVerdict::proven), OwnerSecretIs::proven);
  EXPECT_EQ(known_after(OwnerVerdict::not_owned), OwnerSecretIs::proven);
  EXPECT_EQ(known_after(OwnerVerdict::wrong), OwnerSecretIs::wrong);
  EXPECT_EQ(known_after(OwnerVerdict::locked_out), OwnerSecretIs::locked_out);
  EXPECT_EQ(known_after(OwnerVerdict::last_try), OwnerSecretIs::last_try);
}

}  // namespace
}  // namespace updater::update
