// SPDX-License-Identifier: BSD-3-Clause
// Before anything that may be real is written to, somebody has said what undoes it.
#include <gtest/gtest.h>

#include "updater/update/plan.h"

namespace {

using namespace updater::update;

/// A real board that takes updates over HECI, every option given that lets one be written to.
class PlanWithBackup : public testing::Test {
 protected:
  PlanWithBackup() {
    targets.me = {.name = "/dev/mei0", .place = Place::this_system};
    device.version = protocol::fwu::VersionReply{
        .sku = 2110, .code = {5, 0, 1, 1111}, .enabled_update_interfaces = 1};
    device.mkhi_version = protocol::mkhi::FirmwareVersionResponse{
        .code = {5, 0, 1, 1111}, .recovery = {5, 0, 0, 7}, .fitc = {}};
    device.local_update = protocol::mkhi::kLocalUpdateEnabled;
    image.manifest.version = {5, 2, 70, 1046};
    image.sku = 2110;
    image.code_size = 1'000'000;
    image.key = updater::image::SigningKey::intel_me5;
    options.accept_undocumented_protocol = true;
    options.allow_downgrade = true;
    options.allow_same_version = true;
  }
  Decision decide() const { return plan_update(image, {}, device, targets, options); }
  Refusal refusal() const {
    const Decision decision = decide();
    const auto* refusal = std::get_if<Refusal>(&decision);
    return refusal == nullptr ? Refusal{.id = "no refusal"} : *refusal;
  }

  updater::image::Image image;
  updater::inventory::Inventory device;
  Targets targets;
  PlanOptions options;
};

TEST_F(PlanWithBackup, RefusesWhereNothingIsSaidOfOneWhateverElseIsGiven) {
  const Refusal told = refusal();
  EXPECT_EQ(told.id, "backup-needed");
  EXPECT_NE(told.what.find("The Management Engine /dev/mei0 is not known to be simulated"),
            std::string::npos)
      << told.what;
  EXPECT_NE(told.next_step.find("docs/real-boards.md"), std::string::npos);
  EXPECT_NE(told.next_step.find("--backup FILE"), std::string::npos);
  EXPECT_NE(told.next_step.find("--without-backup"), std::string::npos);
}

TEST_F(PlanWithBackup, GoesOnWithASoundOneAndKeepsItInThePlan) {
  options.backup = {.is = BackupIs::sound, .file = "dump.bin", .what = "a whole flash"};
  const Decision decision = decide();
  ASSERT_TRUE(std::holds_alternative<Plan>(decision)) << refusal().what;
  EXPECT_EQ(std::get<Plan>(decision).backup.file, "dump.bin");
}

TEST_F(PlanWithBackup, GoesOnWithoutOneOnceThatWasTypedOut) {
  options.backup.is = BackupIs::waived;
  const Decision decision = decide();
  ASSERT_TRUE(std::holds_alternative<Plan>(decision)) << refusal().what;
  EXPECT_EQ(std::get<Plan>(decision).backup.is, BackupIs::waived);
}

TEST_F(PlanWithBackup, WantsNoneOfWhatIsKnownToBeSimulated) {
  targets.me.nature = Nature::simulated;
  EXPECT_TRUE(std::holds_alternative<Plan>(decide())) << refusal().what;
}

TEST_F(PlanWithBackup, AFileThatIsNoneIsRefusedEvenWhereNoneIsWanted) {
  options.backup = {
      .is = BackupIs::unusable, .file = "dump.bin", .what = "the device runs 5.0.2.0"};
  for (const Nature nature : {Nature::may_be_real, Nature::simulated}) {
    targets.me.nature = nature;
    EXPECT_EQ(refusal().id, "backup-unusable");
    EXPECT_NE(refusal().what.find("dump.bin is no backup of this board: the device runs 5.0.2.0"),
              std::string::npos)
        << refusal().what;
  }
}

}  // namespace
