// SPDX-License-Identifier: BSD-3-Clause
// Which way an update goes, and every reason that lies in the TPM: each with its own id and
// obstacle, and which of two is told.
#include <gtest/gtest.h>

#include "updater/update/destroying_step.h"
#include "updater/update/plan.h"

namespace {

using namespace updater::update;
using base::Errc;
using base::Error;
using protocol::update::ToolError;
using updater::inventory::Inventory;
using updater::inventory::TpmInventory;

/// A simulated Esprimo E5730 that takes updates through its TPM, which is owned, enabled and
/// active, and whose owner's secret is proven. Each test changes one thing.
class PlanThroughTheTpm : public testing::Test {
 protected:
  PlanThroughTheTpm() {
    targets.me = {.name = "sim:esprimo-e5730", .place = Place::in_sim, .nature = Nature::simulated};
    targets.tpm = targets.me;
    targets.tpm->role = Role::tpm;
    device.version = protocol::fwu::VersionReply{
        .sku = 2110, .code = {5, 0, 1, 1111}, .enabled_update_interfaces = 5};
    device.mkhi_version = protocol::mkhi::FirmwareVersionResponse{
        .code = {5, 0, 1, 1111}, .recovery = {5, 0, 0, 7}, .fitc = {}};
    device.local_update = protocol::mkhi::kLocalUpdateEnabled;
    device.update_message_limit = 512u;
    TpmInventory found;
    found.vendor = protocol::tpm::kVendorIntel;
    found.permanent = protocol::tpm::PermanentFlags{};
    found.this_boot = protocol::tpm::StclearFlags{.physical_presence_lock = true};
    found.owned = true;
    found.lockout = updater::tpm::LockoutState{.failures = 0, .threshold = 10};
    found.takes_upgrade = true;
    found.upgrade = protocol::tpm::UpgradeInformation{.owner_set = true, .max_block = 1000};
    device.tpm = found;
    options.owner_secret = OwnerSecretIs::proven;
    image.manifest.version = {5, 2, 70, 1046};
    image.sku = 2110;
    image.code_size = 1'000'000;
  }

  TpmInventory& tpm() { return *device.tpm; }
  Decision decide() const { return plan_update(image, {}, device, targets, options); }

  void expect_refusal(const std::string& id, Obstacle obstacle) const {
    const Decision decision = decide();
    const auto* refusal = std::get_if<Refusal>(&decision);
    ASSERT_NE(refusal, nullptr) << "no refusal";
    EXPECT_EQ(refusal->id, id);
    EXPECT_EQ(refusal->obstacle, obstacle);
    EXPECT_FALSE(refusal->what.empty());
    EXPECT_FALSE(refusal->next_step.empty());
  }

  Refusal refusal() const { return std::get<Refusal>(decide()); }
  Plan plan() const {
    const Decision decision = decide();
    if (const auto* refusal = std::get_if<Refusal>(&decision)) ADD_FAILURE() << refusal->what;
    const auto* plan = std::get_if<Plan>(&decision);
    return plan == nullptr ? Plan{} : *plan;
  }

  updater::image::Image image;
  Inventory device;
  Targets targets;
  PlanOptions options;
};

TEST_F(PlanThroughTheTpm, TheDevicesInterfaceWordSaysWhichWay) {
  EXPECT_EQ(plan().way, Way::tpm);
  device.version->enabled_update_interfaces = 1;
  EXPECT_EQ(plan().way, Way::heci);
}

TEST_F(PlanThroughTheTpm, AnOwnedTpmIsUpdatedByItsOwnerInBlocksOfItsOwnSize) {
  const Plan made = plan();
  EXPECT_TRUE(made.by_owner);
  EXPECT_EQ(made.message_payload, 1000u);
}

TEST_F(PlanThroughTheTpm, SaysThatTheTpmIsInactiveAfterwards) {
  ASSERT_EQ(plan().warnings.size(), 1u);
  EXPECT_NE(plan().warnings.front().find("inactive"), std::string::npos);
}

TEST_F(PlanThroughTheTpm, HeciIsRefusedWhereTheDeviceWantsTheTpm) {
  options.via = Via::heci;
  EXPECT_EQ(refusal().id, "through-tpm");
  EXPECT_EQ(refusal().tool_error, ToolError::tpm_update_required);
  EXPECT_EQ(refusal().obstacle, Obstacle::other);
}

TEST_F(PlanThroughTheTpm, TheTpmIsRefusedWhereTheDeviceWantsHeci) {
  device.version->enabled_update_interfaces = 1;
  options.via = Via::tpm;
  EXPECT_EQ(refusal().id, "not-through-tpm");
  EXPECT_EQ(refusal().tool_error, ToolError::local_update_disabled);
}

TEST_F(PlanThroughTheTpm, NothingOfTheTpmHindersAnUpdateOverHeci) {
  device.version->enabled_update_interfaces = 1;
  device.tpm = Error{Errc::not_found, "not asked"};
  EXPECT_EQ(plan().way, Way::heci);
}

TEST_F(PlanThroughTheTpm, TheRecoveryCodeIsUpdatedOverHeci) {
  device.mkhi_version->code = {};
  device.tpm = Error{Errc::disconnected, "no TPM answers at these registers"};
  EXPECT_EQ(plan().way, Way::heci);
  options.via = Via::tpm;
  expect_refusal("no-tpm", Obstacle::no_tpm);
  EXPECT_NE(refusal().next_step.find("HECI"), std::string::npos);
}

TEST_F(PlanThroughTheTpm, ATpmThatIsNotThereIsMissed) {
  device.tpm = Error{Errc::not_found, "opening /dev/tpm0: No such file or directory"};
  expect_refusal("no-tpm", Obstacle::no_tpm);
  EXPECT_NE(refusal().what.find("/dev/tpm0"), std::string::npos);
}

/// The recovery code has no TPM, and may be what does not tell its version.
TEST_F(PlanThroughTheTpm, WithoutATpmAndWithoutAVersionTheCommandIsGivenAgain) {
  device.tpm = Error{Errc::not_found, "no TPM answers"};
  EXPECT_EQ(refusal().next_step.find("Run the same command again"), std::string::npos);
  device.mkhi_version = Error{Errc::timeout, "no answer in time"};
  EXPECT_NE(refusal().next_step.find("Run the same command again"), std::string::npos);
}

/// Its code may be half written: nothing then leads to the power being taken away.
TEST_F(PlanThroughTheTpm, WhereTheLastUpdateFailedNoStepTakesThePowerAway) {
  const auto next_step = [&] { return refusal().next_step; };
  const auto spoil = {
      +[](Inventory& d) {
        d.tpm = Error{Errc::not_found, "no TPM answers"};
      },
      +[](Inventory& d) {
        d.tpm->lockout = Error{Errc::timeout, "no answer"};
      },
      +[](Inventory& d) {
        d.tpm->upgrade = Error{Errc::timeout, "no answer"};
      },
      +[](Inventory& d) { d.tpm->start_up = updater::tpm::StartUp::self_test_failed; }};
  const auto sound = device;
  for (const auto& each : spoil) {
    device = sound;
    each(device);
    EXPECT_EQ(next_step().find("Leave the power on"), std::string::npos) << next_step();
    device.version->last_update_status = 8707;
    EXPECT_EQ(next_step().find("Leave the power on until an update has gone through"), 0u);
    EXPECT_EQ(next_step().find("away"), std::string::npos) << next_step();
  }
}

TEST_F(PlanThroughTheTpm, AFailedSelfTestComesBeforeEverythingElseOfTheTpm) {
  tpm().start_up = updater::tpm::StartUp::self_test_failed;
  tpm().owned = Error{Errc::refused, "failed self-test", 0x1C};
  expect_refusal("tpm-self-test-failed", Obstacle::tpm_self_test_failed);
}

TEST_F(PlanThroughTheTpm, ATpmThatNobodyStartedIsAsGoodAsNone) {
  tpm().start_up = updater::tpm::StartUp::not_started;
  expect_refusal("tpm-not-started", Obstacle::no_tpm);
}

TEST_F(PlanThroughTheTpm, ATpmThatDoesNotTellItsStateIsNotUpdated) {
  tpm().lockout = Error{Errc::timeout, "no answer in time"};
  expect_refusal("tpm-silent", Obstacle::no_tpm);
}

TEST_F(PlanThroughTheTpm, AnotherMakersTpmIsNeverSpokenTo) {
  tpm().vendor = protocol::tpm::VendorId{'I', 'F', 'X', 0};
  expect_refusal("tpm-foreign", Obstacle::tpm_not_offered);
}

TEST_F(PlanThroughTheTpm, ATpmThatDoesNotKnowTheCommandDoesNotOfferIt) {
  tpm().takes_upgrade = false;
  expect_refusal("tpm-not-offered", Obstacle::tpm_not_offered);
  tpm().takes_upgrade = true;
  tpm().upgrade = Error{Errc::refused, "TPM_FieldUpgrade: TPM_BAD_ORDINAL", 0x0A};
  expect_refusal("tpm-not-offered", Obstacle::tpm_not_offered);
}

TEST_F(PlanThroughTheTpm, ATpmWhoseUpdateSpeaksAnotherFormIsLeftAlone) {
  tpm().upgrade->layout = 3;
  expect_refusal("tpm-other-protocol", Obstacle::tpm_not_offered);
  tpm().upgrade = Error{Errc::protocol, "TPM_FieldUpgrade: the answer has the wrong form"};
  expect_refusal("tpm-other-protocol", Obstacle::tpm_not_offered);
  EXPECT_NE(refusal().what.find("wrong form"), std::string::npos);
}

TEST_F(PlanThroughTheTpm, ATpmThatDoesNotAnswerMaySpeakOurFormAllTheSame) {
  tpm().upgrade = Error{Errc::timeout, "no answer in time"};
  expect_refusal("tpm-silent", Obstacle::no_tpm);
}

TEST_F(PlanThroughTheTpm, ABlockIsNeverLargerThanACommandNorEmpty) {
  tpm().upgrade->max_block = 65535;
  EXPECT_EQ(plan().message_payload, 4096u - 10 - 4);
  tpm().upgrade->max_block = 0;
  EXPECT_EQ(plan().message_payload, 1u);
}

TEST_F(PlanThroughTheTpm, AnOwnedTpmWantsItsOwnersSecret) {
  options.owner_secret = OwnerSecretIs::missing;
  expect_refusal("tpm-owned", Obstacle::owner_secret_missing);
  EXPECT_EQ(refusal().tool_error, ToolError::owner_password_required);
}

TEST_F(PlanThroughTheTpm, ClearingItIsNamedLastWithWhatItDestroysAndWhatToSave) {
  options.owner_secret = OwnerSecretIs::missing;
  const std::string next = refusal().next_step;
  ASSERT_TRUE(next.starts_with("Give the owner's secret")) << next;
  const DestroyingStep& clear = *find_destroying_step("tpm-clear");
  EXPECT_LT(next.find(clear.only_if), next.find(clear.what)) << next;
  EXPECT_NE(next.find(clear.destroys), std::string::npos) << next;
  EXPECT_NE(next.find(clear.save_before), std::string::npos) << next;
}

TEST_F(PlanThroughTheTpm, AFailedSelfTestIsNoReasonToClearTheTpm) {
  tpm().start_up = updater::tpm::StartUp::self_test_failed;
  EXPECT_EQ(refusal().next_step.find("lear"), std::string::npos) << refusal().next_step;
}

// "Disabling the TPM in set-up gave the same error": the T400's owner.
TEST_F(PlanThroughTheTpm, TheMissingSecretIsToldBeforeADisabledTpm) {
  options.owner_secret = OwnerSecretIs::missing;
  tpm().permanent->disable = true;
  tpm().this_boot->deactivated = true;
  expect_refusal("tpm-owned", Obstacle::owner_secret_missing);
}

TEST_F(PlanThroughTheTpm, ALockoutIsToldWithItsTime) {
  tpm().lockout->active = true;
  tpm().lockout->seconds_left = 192;
  options.owner_secret = OwnerSecretIs::given;
  expect_refusal("tpm-locked-out", Obstacle::tpm_locked_out);
  EXPECT_NE(refusal().what.find("for another 3 min 12 s"), std::string::npos);
}

TEST_F(PlanThroughTheTpm, ALockoutThatBeganWithTheTryIsToldToo) {
  options.owner_secret = OwnerSecretIs::locked_out;
  expect_refusal("tpm-locked-out", Obstacle::tpm_locked_out);
}

TEST_F(PlanThroughTheTpm, ADisabledTpmTakesNone) {
  tpm().permanent->disable = true;
  expect_refusal("tpm-disabled", Obstacle::tpm_disabled);
}

TEST_F(PlanThroughTheTpm, AnInactiveTpmTakesNone) {
  tpm().this_boot->deactivated = true;
  tpm().permanent->deactivated = true;
  expect_refusal("tpm-inactive", Obstacle::tpm_inactive);
  EXPECT_NE(refusal().next_step.find("Activate"), std::string::npos);
}

TEST_F(PlanThroughTheTpm, ATpmThatIsInactiveForThisBootOnlyWantsARestart) {
  tpm().this_boot->deactivated = true;
  expect_refusal("tpm-inactive", Obstacle::tpm_inactive);
  EXPECT_NE(refusal().next_step.find("Restart"), std::string::npos);
}

TEST_F(PlanThroughTheTpm, SomeTpmsTakeItWhileTheyAreInactive) {
  tpm().permanent->disable = true;
  tpm().this_boot->deactivated = true;
  tpm().upgrade->works_inactive = true;
  EXPECT_EQ(plan().way, Way::tpm);
}

TEST_F(PlanThroughTheTpm, AWrongSecretAndASparedLastTryAreNotTheSame) {
  options.owner_secret = OwnerSecretIs::wrong;
  expect_refusal("tpm-owner-wrong", Obstacle::owner_secret_wrong);
  options.owner_secret = OwnerSecretIs::last_try;
  expect_refusal("tpm-last-try", Obstacle::last_try);
}

TEST_F(PlanThroughTheTpm, AnUnownedTpmWantsPhysicalPresence) {
  tpm().owned = false;
  options.owner_secret = OwnerSecretIs::missing;
  expect_refusal("tpm-presence-locked", Obstacle::presence_needed);
  tpm().this_boot->physical_presence_lock = false;
  expect_refusal("tpm-presence-needed", Obstacle::presence_needed);
  tpm().upgrade->unowned_allowed = true;
  EXPECT_FALSE(plan().by_owner);
}

TEST_F(PlanThroughTheTpm, ASecretThatNobodyNeedsIsNotUsedAndToldSo) {
  tpm().owned = false;
  tpm().upgrade->unowned_allowed = true;
  options.owner_secret = OwnerSecretIs::given;
  ASSERT_EQ(plan().warnings.size(), 2u);
  EXPECT_NE(plan().warnings.back().find("not used"), std::string::npos);
}

TEST_F(PlanThroughTheTpm, ATpmInUseIsNoMissingOne) {
  device.tpm = base::Error{base::Errc::busy, "opening it: /dev/tpm0 is open in tcsd (process 9)"};
  targets.tpm.reset();
  expect_refusal("tpm-in-use", Obstacle::no_tpm);
  EXPECT_NE(refusal().what.find("tcsd (process 9)"), std::string::npos) << refusal().what;
}

TEST_F(PlanThroughTheTpm, ARealDeviceIsRefusedBeforeItsTpmIsLookedAt) {
  targets.me = {.name = "/dev/mei0", .place = Place::this_system};
  targets.tpm = {.role = Role::tpm, .name = "/dev/tpm0", .place = Place::this_system};
  image.key = updater::image::SigningKey::intel_me5;
  options.owner_secret = OwnerSecretIs::missing;
  EXPECT_EQ(refusal().id, "undocumented-protocol");
  EXPECT_NE(refusal().what.find("TPM_FieldUpgrade"), std::string::npos);
  options.accept_undocumented_protocol = true;
  options.backup.is = BackupIs::waived;
  expect_refusal("tpm-owned", Obstacle::owner_secret_missing);
  options.owner_secret = OwnerSecretIs::proven;
  EXPECT_EQ(plan().warnings.size(), 2u);
}

TEST_F(PlanThroughTheTpm, TheLocalUpdateRuleHoldsForBothWays) {
  device.local_update = protocol::mkhi::kLocalUpdateDisabled;
  EXPECT_EQ(refusal().id, "local-update-disabled");
}

}  // namespace
