// SPDX-License-Identifier: BSD-3-Clause
// Plans for an ME 9: simulated boards are updated, real ones are not.
#include <gtest/gtest.h>

#include "updater/update/plan.h"

namespace {

using namespace updater::update;

class PlanMe9 : public testing::Test {
 protected:
  PlanMe9() {
    targets.me = {.name = "sim:desktop-h87", .place = Place::in_sim, .nature = Nature::simulated};
    device.pci_device_id = std::uint16_t{0x8C3A};
    device.firmware_status_words = {0x1E000245, 0x66002306, 0, 0, 0, 0};
    device.version = protocol::fwu::VersionReply{.sku = 0xC11199E0,
                                                 .code = {9, 0, 2, 1345},
                                                 .enabled_update_interfaces = 1,
                                                 .later = protocol::fwu::LaterVersion{}};
    device.mkhi_version = protocol::mkhi::FirmwareVersionResponse{
        .code = {9, 0, 2, 1345}, .recovery = {9, 0, 2, 1345}, .fitc = {}};
    device.local_update = protocol::mkhi::kLocalUpdateEnabled;
    device.update_message_limit = 512u;
    image.manifest.version = {9, 0, 30, 1482};
    image.sku = 0xC11199E0;
    image.code_size = 1'000'000;
    image.key = updater::image::SigningKey::development;
  }

  Decision decide() const { return plan_update(image, {}, device, targets, options); }
  Plan plan() const {
    const Decision decision = decide();
    const auto* made = std::get_if<Plan>(&decision);
    EXPECT_NE(made, nullptr);
    return made == nullptr ? Plan{} : *made;
  }
  std::string refusal() const {
    const Decision decision = decide();
    const auto* made = std::get_if<Refusal>(&decision);
    return made == nullptr ? "none" : made->id;
  }

  updater::image::Image image;
  updater::inventory::Inventory device;
  Targets targets;
  PlanOptions options;
};

TEST_F(PlanMe9, NamesWhatTheExchangeRestsOn) {
  const Plan made = plan();
  EXPECT_EQ(made.way, Way::heci);
  EXPECT_EQ(made.message_payload, 500u);
  ASSERT_EQ(made.warnings.size(), 1u);
  EXPECT_NE(made.warnings[0].find("START documented, DATA seen in the field"), std::string::npos)
      << made.warnings[0];
}

TEST_F(PlanMe9, OfARealOneThePlanIsShownAndNothingWrittenWhateverIsGiven) {
  targets.me = {.name = "/dev/mei0", .place = Place::this_system};
  image.key = updater::image::SigningKey::unknown;
  options.accept_undocumented_protocol = true;
  options.backup.is = BackupIs::waived;
  const Plan made = plan();
  EXPECT_NE(made.shown_alone.find("/dev/mei0 is not known to be simulated"), std::string::npos)
      << made.shown_alone;
  EXPECT_NE(made.shown_alone.find("updates ME 9 on simulated boards alone"), std::string::npos);
}

TEST_F(PlanMe9, OfARealOneWhatSpeaksAgainstTheUpdateIsStillTold) {
  targets.me = {.name = "/dev/mei0", .place = Place::this_system};
  device.local_update = protocol::mkhi::kLocalUpdateDisabled;
  EXPECT_EQ(refusal(), "local-update-disabled");
  device.local_update = protocol::mkhi::kLocalUpdateEnabled;
  image.sku = 1;
  EXPECT_EQ(refusal(), "sku-mismatch");
}

TEST_F(PlanMe9, ASimulatedOneIsWritten) {
  EXPECT_EQ(plan().shown_alone, "");
}

// Owners of Z420 gave FWUpdLcl of ME 7 a file of 8.1, and got 8727.
TEST_F(PlanMe9, AFileOfAnotherGenerationIsNamed) {
  image.manifest.version = {8, 1, 65, 1568};
  EXPECT_EQ(refusal(), "version-mismatch");
}

TEST_F(PlanMe9, AWholeRegionIsNoUpdate) {
  image.kind = updater::image::Kind::region;
  image.form = protocol::image::ManifestForm::mn2;
  EXPECT_EQ(refusal(), "image-not-supported");
}

TEST_F(PlanMe9, TheStatusWordsTellOfRecovery) {
  EXPECT_FALSE(plan().recovery_mode);
  device.firmware_status_words = {0x1E003042, 0x66002306, 0, 0, 0, 0};
  EXPECT_TRUE(plan().recovery_mode);
  device.local_update = protocol::mkhi::kLocalUpdateDisabled;
  EXPECT_TRUE(plan().recovery_mode) << "recovery takes an update whatever rule 7 says";
}

TEST_F(PlanMe9, ItsInterfaceWordSaysNothingOfATpm) {
  device.version->enabled_update_interfaces = 5;
  EXPECT_EQ(plan().way, Way::heci);
}

TEST_F(PlanMe9, ACsme12IsStillAnUnknownPlatform) {
  device.pci_device_id = std::uint16_t{0xA360};
  EXPECT_EQ(refusal(), "unknown-platform");
}

}  // namespace
