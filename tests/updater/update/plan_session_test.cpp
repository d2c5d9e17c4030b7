// SPDX-License-Identifier: BSD-3-Clause
// What the firmware's session may hold when an update through the TPM is planned: nothing, a part
// of the same image, another update.
#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/tpm/crypto.h"
#include "updater/update/plan.h"

namespace {

using namespace updater::update;
using protocol::tpm::UpgradeFeeder;
using protocol::tpm::UpgradeState;
using protocol::update::ToolError;

/// An unowned TPM that takes updates, and 4096 bytes of image for it.
class PlanBesideAnUpdate : public testing::Test {
 protected:
  PlanBesideAnUpdate() {
    device.simulated = true;
    device.version = protocol::fwu::VersionReply{
        .sku = 2110, .code = {5, 0, 1, 1111}, .enabled_update_interfaces = 5};
    device.mkhi_version = protocol::mkhi::FirmwareVersionResponse{
        .code = {5, 0, 1, 1111}, .recovery = {5, 0, 0, 7}, .fitc = {}};
    device.local_update = protocol::mkhi::kLocalUpdateEnabled;
    updater::inventory::TpmInventory tpm;
    tpm.vendor = protocol::tpm::kVendorIntel;
    tpm.permanent = protocol::tpm::PermanentFlags{};
    tpm.this_boot = protocol::tpm::StclearFlags{};
    tpm.owned = false;
    tpm.lockout = updater::tpm::LockoutState{};
    tpm.takes_upgrade = true;
    tpm.upgrade = protocol::tpm::UpgradeInformation{.unowned_allowed = true, .max_block = 1000};
    device.tpm = tpm;
    targets.me = {.name = "sim:esprimo-e5730", .place = Place::in_sim, .nature = Nature::simulated};
    targets.tpm = targets.me;
    targets.tpm->role = Role::tpm;
    image.manifest.version = {5, 2, 70, 1046};
    image.sku = 2110;
    image.code_size = 4096;
    image.file.assign(4096, 0x3C);
  }

  /// The session is in `state`, as both questions tell.
  void session(UpgradeState state, UpgradeFeeder feeder) {
    device.tpm->upgrade->state = state;
    device.tpm->upload =
        protocol::tpm::UpgradeStatus{.state = state,
                                     .feeder = feeder,
                                     .announced = 4096,
                                     .received = 1000,
                                     .digest = protocol::tpm::sha1({image.code()})};
  }
  protocol::tpm::UpgradeStatus& upload() { return *device.tpm->upload; }

  Decision decide() const { return plan_update(image, {}, device, targets, options); }
  Plan plan() const {
    const Decision decision = decide();
    const auto* refusal = std::get_if<Refusal>(&decision);
    EXPECT_EQ(refusal, nullptr) << refusal->id << ": " << refusal->what;
    return refusal == nullptr ? std::get<Plan>(decision) : Plan{};
  }
  Refusal refusal() const {
    const Decision decision = decide();
    const auto* refusal = std::get_if<Refusal>(&decision);
    EXPECT_NE(refusal, nullptr);
    return refusal == nullptr ? Refusal{} : *refusal;
  }

  updater::image::Image image;
  updater::inventory::Inventory device;
  Targets targets;
  PlanOptions options;
};

TEST_F(PlanBesideAnUpdate, WithoutOneItBeginsAnew) {
  EXPECT_EQ(plan().opening, Opening::anew);
  session(UpgradeState::failed, UpgradeFeeder::none);
  EXPECT_EQ(plan().opening, Opening::anew) << "a failed one is over";
}

TEST_F(PlanBesideAnUpdate, APartOfTheSameImageIsGoneOnWithAndSaidSo) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  EXPECT_EQ(plan().opening, Opening::going_on);
  EXPECT_TRUE(plan().lost.empty());
  const std::vector<std::string> notes = plan().warnings;
  EXPECT_TRUE(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note.find("1000 of the 4096 bytes") != std::string::npos;
  }));
}

TEST_F(PlanBesideAnUpdate, ThePartOfTheSameImageIsGoneOnWithWhateverMayBeAborted) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  options.abort_other = true;
  EXPECT_EQ(plan().opening, Opening::going_on);
}

TEST_F(PlanBesideAnUpdate, AnotherDigestIsAnotherUpdateAndIsNamed) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  upload().digest.fill(0xAB);
  const Refusal other = refusal();
  EXPECT_EQ(other.id, "other-update");
  EXPECT_EQ(other.tool_error, ToolError::update_in_progress);
  EXPECT_NE(other.what.find("4096 bytes announced, 1000 of them received, SHA-1 abababab"),
            std::string::npos)
      << other.what;
  ASSERT_TRUE(other.again);
  EXPECT_TRUE(other.again->abort_other);
}

TEST_F(PlanBesideAnUpdate, AnotherLengthIsAnotherUpdate) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  upload().announced = 4095;
  EXPECT_EQ(refusal().id, "other-update");
}

TEST_F(PlanBesideAnUpdate, AnotherUpdateIsTakenAwayOnlyWhereThePersonSaysSo) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  upload().digest.fill(0xAB);
  options.abort_other = true;
  EXPECT_EQ(plan().opening, Opening::after_abort);
  ASSERT_EQ(plan().lost.size(), 1u);
  EXPECT_NE(plan().lost.front().find("SHA-1 abab"), std::string::npos);
}

TEST_F(PlanBesideAnUpdate, ATpmOfTheFirstLayoutDoesNotTellWhoseItIs) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  device.tpm->upgrade->layout = protocol::tpm::kFirstUpgradeLayout;
  upload().layout = protocol::tpm::kFirstUpgradeLayout;
  EXPECT_EQ(refusal().id, "other-update");
  EXPECT_NE(refusal().what.find("not told"), std::string::npos);
  options.abort_other = true;
  EXPECT_EQ(plan().opening, Opening::after_abort);
}

TEST_F(PlanBesideAnUpdate, ATpmThatDoesNotTellOfItsUpdateIsLeftAlone) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  device.tpm->upload = base::Error{base::Errc::timeout, "no answer"};
  options.abort_other = true;
  EXPECT_EQ(refusal().id, "other-update");
  EXPECT_NE(refusal().what.find("no answer"), std::string::npos);
}

TEST_F(PlanBesideAnUpdate, OneOverHeciIsNotTheTpmsToAbort) {
  session(UpgradeState::staging, UpgradeFeeder::heci);
  options.abort_other = true;
  EXPECT_EQ(refusal().id, "update-over-heci");
  EXPECT_NE(refusal().next_step.find("restart the computer"), std::string::npos);
}

TEST_F(PlanBesideAnUpdate, OneThatIsWrittenWaitsForARestart) {
  session(UpgradeState::committed, UpgradeFeeder::tpm);
  device.tpm->this_boot->deactivated = true;
  EXPECT_EQ(refusal().id, "update-waits-for-restart") << "and not that the TPM is inactive";
}

TEST_F(PlanBesideAnUpdate, OneThatIsBeingWrittenIsWaitedForWithTheSameCommandAfterwards) {
  for (const UpgradeState state : {UpgradeState::verifying, UpgradeState::committing}) {
    session(state, UpgradeFeeder::tpm);
    EXPECT_EQ(refusal().id, "update-in-progress");
    ASSERT_TRUE(refusal().again);
    EXPECT_FALSE(refusal().again->abort_other);
  }
}

TEST_F(PlanBesideAnUpdate, OneThatEndedSinceIsNone) {
  session(UpgradeState::staging, UpgradeFeeder::tpm);
  upload() = {.state = UpgradeState::idle};
  EXPECT_EQ(plan().opening, Opening::anew);
}

TEST_F(PlanBesideAnUpdate, RecoveryCodeIsSentOverHeciByTheCommandThatIsTold) {
  device.version->code = {};
  device.mkhi_version =
      protocol::mkhi::FirmwareVersionResponse{.code = {}, .recovery = {5, 0, 0, 7}, .fitc = {}};
  device.tpm = base::Error{base::Errc::disconnected, "nobody there"};
  options.via = Via::tpm;
  EXPECT_EQ(refusal().id, "no-tpm");
  ASSERT_TRUE(refusal().again);
  EXPECT_TRUE(refusal().again->over_heci);
}

}  // namespace
