// SPDX-License-Identifier: BSD-3-Clause
// Every reason not to write, which of two reasons is told, and what a plan says.
#include "updater/update/plan.h"

#include <gtest/gtest.h>

namespace {

using namespace updater::update;
using protocol::update::ToolError;
using updater::image::SigningKey;
using updater::inventory::Inventory;

/// A simulated Esprimo E5730 that takes updates over HECI, and an image for it. Each test changes
/// one thing.
class PlanUpdate : public testing::Test {
 protected:
  PlanUpdate() {
    targets.me = {.name = "sim:esprimo-e5730", .place = Place::in_sim, .nature = Nature::simulated};
    device.pci_device_id = std::uint16_t{0x2E14};
    device.version = protocol::fwu::VersionReply{.sku = 2110,
                                                 .last_update_status = 1,
                                                 .code = {5, 0, 1, 1111},
                                                 .enabled_update_interfaces = 1};
    device.info = protocol::fwu::InfoReply{.override_counter = 255};
    device.mkhi_version = protocol::mkhi::FirmwareVersionResponse{
        .code = {5, 0, 1, 1111}, .recovery = {5, 0, 0, 7}, .fitc = {}};
    device.local_update = protocol::mkhi::kLocalUpdateEnabled;
    device.update_message_limit = 512u;
    image.manifest.version = {5, 2, 70, 1046};
    image.sku = 2110;
    image.code_size = 1'000'000;
    image.key = SigningKey::development;
  }

  Decision decide() const { return plan_update(image, defects, device, targets, options); }

  void expect_refusal(const std::string& id, std::optional<ToolError> number) const {
    const Decision decision = decide();
    const auto* refusal = std::get_if<Refusal>(&decision);
    ASSERT_NE(refusal, nullptr) << "no refusal";
    EXPECT_EQ(refusal->id, id);
    EXPECT_EQ(refusal->tool_error, number);
    EXPECT_FALSE(refusal->what.empty());
    EXPECT_FALSE(refusal->next_step.empty());
  }

  Plan plan() const {
    const Decision decision = decide();
    const auto* plan = std::get_if<Plan>(&decision);
    if (plan == nullptr) {
      ADD_FAILURE() << "refused: "
                    << (std::holds_alternative<Refusal>(decision) ? std::get<Refusal>(decision).what
                                                                  : "nothing to do");
      return {};
    }
    return *plan;
  }

  /// What makes the same device a real one that would be written to.
  void make_real() {
    targets.me = {.name = "/dev/mei0", .place = Place::this_system};
    image.key = SigningKey::intel_me5;
    options.accept_undocumented_protocol = true;
    options.backup.is = BackupIs::waived;
  }

  void make_recovery() { device.mkhi_version->code = {}; }

  updater::image::Image image;
  std::vector<updater::image::Defect> defects;
  Inventory device;
  Targets targets;
  PlanOptions options;
};

TEST_F(PlanUpdate, TakesASoundImageForThisDevice) {
  const Plan made = plan();
  EXPECT_EQ(to_text(made.from), "5.0.1.1111");
  EXPECT_EQ(to_text(made.to), "5.2.70.1046");
  EXPECT_EQ(made.bytes, 1'000'000u);
  EXPECT_EQ(made.message_payload, 500u);
  EXPECT_FALSE(made.downgrade);
  EXPECT_TRUE(made.lost.empty());
}

TEST_F(PlanUpdate, RefusesAnImageWithADefectUnderTheDefectsNumber) {
  defects.push_back({.offset = 0x1C,
                     .field = "tag",
                     .what = "is \"$MAM\"",
                     .tool_error = ToolError::invalid_header});
  expect_refusal("invalid-header", ToolError::invalid_header);
  defects.front().tool_error = ToolError::invalid_length;
  expect_refusal("invalid-length", ToolError::invalid_length);
  defects.front().tool_error = ToolError::invalid_image;
  expect_refusal("invalid-image", ToolError::invalid_image);
}

TEST_F(PlanUpdate, RefusesTheDevelopmentKeyOnARealDevice) {
  make_real();
  image.key = SigningKey::development;
  expect_refusal("development-key", ToolError::invalid_image);
}

TEST_F(PlanUpdate, RefusesAnUnknownKeyOnARealDevice) {
  make_real();
  image.key = SigningKey::unknown;
  expect_refusal("unknown-key", ToolError::invalid_image);
}

TEST_F(PlanUpdate, LeavesTheKeyToTheRomOfASimulatedDevice) {
  image.key = SigningKey::unknown;
  plan();
}

TEST_F(PlanUpdate, RefusesADeviceWhoseVersionCannotBeRead) {
  device.version = base::Error{base::Errc::timeout, "asking for the version"};
  expect_refusal("version-unreadable", ToolError::version_unreadable);
}

TEST_F(PlanUpdate, SaysOfADeviceInUseThatAnotherProgramHasItAndWhich) {
  device.version =
      base::Error{base::Errc::busy, "connecting: /dev/mei0 is open in lms (process 9)"};
  expect_refusal("device-in-use", std::nullopt);
  EXPECT_NE(std::get<Refusal>(decide()).what.find("lms (process 9)"), std::string::npos);
}

TEST_F(PlanUpdate, WarnsOfEveryProgramThatHasTheDeviceOpenToo) {
  options.others = {"lms (process 9) has /dev/mei0 open, too"};
  EXPECT_EQ(plan().warnings,
            std::vector<std::string>{"lms (process 9) has /dev/mei0 open, too; end whatever talks "
                                     "to the device before you go on"});
}

TEST_F(PlanUpdate, RefusesAPciFunctionItDoesNotKnow) {
  device.pci_device_id = std::uint16_t{0xA360};
  expect_refusal("unknown-platform", ToolError::unknown_platform);
}

TEST_F(PlanUpdate, RefusesThePchGenerationWhoseImagesAreOtherwise) {
  device.pci_device_id = std::uint16_t{0x3B64};
  expect_refusal("unknown-platform", ToolError::unknown_platform);
}

TEST_F(PlanUpdate, RefusesFirmwareOfALaterGenerationWhereThePciIdIsNotKnown) {
  device.pci_device_id = base::Error{base::Errc::unsupported, "cannot be told"};
  device.version->code = {6, 0, 0, 1};
  expect_refusal("unknown-platform", ToolError::unknown_platform);
}

TEST_F(PlanUpdate, RefusesWhileAnotherUpdateRuns) {
  device.version->last_update_status = 0x213;
  expect_refusal("update-in-progress", ToolError::update_in_progress);
}

TEST_F(PlanUpdate, RefusesAnImageOfAnotherSku) {
  image.sku = 0xD06;
  expect_refusal("sku-mismatch", ToolError::sku_mismatch);
}

TEST_F(PlanUpdate, RefusesAnImageOfAnotherGeneration) {
  image.manifest.version = {4, 2, 60, 1060};
  expect_refusal("version-mismatch", ToolError::version_mismatch);
}

TEST_F(PlanUpdate, FindsNothingToDoForTheVersionThatRuns) {
  image.manifest.version = {5, 0, 1, 1111};
  EXPECT_TRUE(std::holds_alternative<NothingToDo>(decide()));
  options.allow_same_version = true;
  plan();
}

TEST_F(PlanUpdate, RefusesADowngradeUnlessAllowed) {
  image.manifest.version = {5, 0, 0, 9};
  expect_refusal("downgrade", ToolError::downgrade_vetoed);
  options.allow_downgrade = true;
  EXPECT_TRUE(plan().downgrade);
}

TEST_F(PlanUpdate, ComparesVersionsAsNumbersAndNotAsText) {
  device.version->code = {5, 2, 9, 1};
  image.manifest.version = {5, 2, 10, 1};
  EXPECT_FALSE(plan().downgrade);
}

TEST_F(PlanUpdate, RefusesToGoOverHeciWhereTheInterfaceIsTheTpm) {
  device.version->enabled_update_interfaces = 5;
  options.via = Via::heci;
  expect_refusal("through-tpm", ToolError::tpm_update_required);
}

TEST_F(PlanUpdate, RefusesWhereLocalUpdateIsOff) {
  device.local_update = protocol::mkhi::kLocalUpdateDisabled;
  expect_refusal("local-update-disabled", ToolError::local_update_disabled);
}

TEST_F(PlanUpdate, TakesTheInterfaceBitWhereTheRuleIsNotKnown) {
  device.local_update = base::Error{base::Errc::not_found, "no MKHI"};
  device.version->enabled_update_interfaces = 2;
  expect_refusal("local-update-disabled", ToolError::local_update_disabled);
}

TEST_F(PlanUpdate, RefusesOverHeciWhereTheInterfaceWordLeavesTheLocalWayOut) {
  for (const unsigned word : {0u, 2u, 0xFFF8u}) {
    device.version->enabled_update_interfaces = static_cast<std::uint16_t>(word);
    expect_refusal("interface-closed", ToolError::local_update_disabled);
  }
  make_recovery();
  EXPECT_EQ(plan().way, Way::heci);
}

TEST_F(PlanUpdate, TellsFileFitAndPower) {
  make_real();
  targets.me.power = PowerSource::mains;
  const Plan told = plan();
  EXPECT_EQ(told.file_kind, updater::image::Kind::update);
  EXPECT_EQ(told.key, SigningKey::intel_me5);
  EXPECT_EQ(told.sku, 2110u);
  EXPECT_EQ(told.targets.me.power, PowerSource::mains);
}

TEST_F(PlanUpdate, RefusesWhereAPasswordIsNeededAndNoneGiven) {
  device.local_update = protocol::mkhi::kLocalUpdatePassword;
  expect_refusal("password-needed", ToolError::password_needed);
  options.password_given = true;
  EXPECT_EQ(plan().bytes, image.code_size);
}

TEST_F(PlanUpdate, RefusesOnBattery) {
  make_real();
  targets.me.power = PowerSource::battery;
  expect_refusal("on-battery", std::nullopt);
}

TEST_F(PlanUpdate, RefusesToWriteToARealDeviceUnlessToldTo) {
  make_real();
  options.accept_undocumented_protocol = false;
  expect_refusal("undocumented-protocol", std::nullopt);
  options.accept_undocumented_protocol = true;
  EXPECT_FALSE(plan().warnings.empty());
}

TEST_F(PlanUpdate, TellsOfTheTpmBeforeTheUndocumentedProtocol) {
  make_real();
  options.accept_undocumented_protocol = false;
  device.version->enabled_update_interfaces = 5;
  options.via = Via::heci;
  expect_refusal("through-tpm", ToolError::tpm_update_required);
}

TEST_F(PlanUpdate, TellsOfTheSkuBeforeTheTpm) {
  device.version->enabled_update_interfaces = 5;
  image.sku = 0xD06;
  expect_refusal("sku-mismatch", ToolError::sku_mismatch);
}

TEST_F(PlanUpdate, RepairsADeviceOnItsRecoveryCodeWhateverItsInterfacesSay) {
  make_recovery();
  device.version->enabled_update_interfaces = 4;
  device.local_update = protocol::mkhi::kLocalUpdateDisabled;
  const Plan made = plan();
  EXPECT_TRUE(made.recovery_mode);
  EXPECT_EQ(to_text(made.from), "5.0.0.7");
}

TEST_F(PlanUpdate, RepairsEvenWithTheVersionOfTheRecoveryCodeOrAnOlderOne) {
  make_recovery();
  image.manifest.version = {5, 0, 0, 7};
  plan();
  image.manifest.version = {5, 0, 0, 6};
  EXPECT_FALSE(plan().downgrade);
}

TEST_F(PlanUpdate, KeepsTheSkuCheckInRecovery) {
  make_recovery();
  image.sku = 0xD06;
  expect_refusal("sku-mismatch", ToolError::sku_mismatch);
}

TEST_F(PlanUpdate, CountsTheLocalUpdateThatTheOverrideCounterLoses) {
  device.info->override_counter = 3;
  EXPECT_EQ(plan().lost,
            std::vector<std::string>{"one of the 3 local updates that the firmware still allows"});
}

TEST_F(PlanUpdate, SaysThatOnlyTheCodeOfARegionIsWritten) {
  image.kind = updater::image::Kind::region;
  image.code_offset = 0x1000;
  ASSERT_EQ(plan().warnings.size(), 1u);
  EXPECT_NE(plan().warnings.front().find("1000000 bytes at offset 0x1000"), std::string::npos);
}

TEST_F(PlanUpdate, SendsWhatAnMe9ClientTakesWhereTheLimitIsNotKnown) {
  device.update_message_limit = base::Error{base::Errc::unsupported, "cannot be told"};
  EXPECT_EQ(plan().message_payload, 500u);
}

TEST_F(PlanUpdate, RemembersWhatTheDeviceSaidOfTheUpdateBefore) {
  device.version->last_update_status = 8707;
  EXPECT_EQ(plan().status_before, 8707u);
}

}  // namespace
