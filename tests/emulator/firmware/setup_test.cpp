// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using protocol::amthi::ProvisioningMode;
using protocol::amthi::ProvisioningState;

/// After a power cycle: what was stored, not what was in memory.
const Settings& stored(Board& b) {
  b.settle();
  EXPECT_FALSE(b.firmware.saving());
  b.power_cut();
  b.boot();
  return b.firmware.settings();
}

TEST(Provisioning, UnprovisioningResetsWhatSetUpMadeAndKeepsWhatUpdatesNeed) {
  Board b;
  b.boot();
  EXPECT_TRUE(b.firmware.unprovision());
  EXPECT_TRUE(b.firmware.saving());
  Settings expected = old_board().settings;
  expected.provisioning_state = ProvisioningState::pre;
  expected.provisioning_mode = ProvisioningMode::none;
  expected.tls_enabled = false;
  expected.remote_connectivity = false;
  expected.power_policy = 0;
  EXPECT_EQ(b.firmware.settings(), expected);
  EXPECT_EQ(stored(b), expected);
}

TEST(Provisioning, ProvisioningGoesThroughInToPost) {
  Board b;
  b.boot();
  b.firmware.unprovision();
  EXPECT_TRUE(b.firmware.begin_provisioning());
  EXPECT_EQ(stored(b).provisioning_state, ProvisioningState::in);
  EXPECT_TRUE(b.firmware.provision(ProvisioningMode::enterprise));
  EXPECT_EQ(stored(b).provisioning_state, ProvisioningState::post);
  EXPECT_EQ(b.firmware.settings().provisioning_mode, ProvisioningMode::enterprise);
}

FirmwareConfig closed_to_local_updates() {
  FirmwareConfig config = old_board();
  config.settings.local_update = protocol::mkhi::kLocalUpdateDisabled;
  return config;
}

TEST(OpenLocalUpdate, IsThereAtOnceAfterARestartAndAfterAPowerCycle) {
  Board b(closed_to_local_updates());
  b.boot();
  EXPECT_EQ(b.firmware.settings().local_update, protocol::mkhi::kLocalUpdateDisabled);
  EXPECT_TRUE(b.firmware.open_local_update());
  EXPECT_EQ(b.firmware.settings().local_update, protocol::mkhi::kLocalUpdateEnabled);
  b.firmware.reset(protocol::fwu::ResetReason::system_reset);
  b.settle();
  EXPECT_EQ(b.firmware.settings().local_update, protocol::mkhi::kLocalUpdateEnabled);
  EXPECT_EQ(stored(b).local_update, protocol::mkhi::kLocalUpdateEnabled);
}

TEST(OpenLocalUpdate, ChangesNothingElseTheOverrideQualifierIncluded) {
  Board b(closed_to_local_updates());
  b.boot();
  b.firmware.open_local_update();
  Settings expected = old_board().settings;
  expected.local_update = protocol::mkhi::kLocalUpdateEnabled;
  EXPECT_EQ(stored(b), expected);
  EXPECT_EQ(expected.override_qualifier, protocol::fwu::OverrideQualifier::restricted);
}

TEST(OpenLocalUpdate, IsRefusedWhileCommittingAndInRecovery) {
  FirmwareConfig asks = old_board();  // a closed one would take no update
  asks.settings.local_update = protocol::mkhi::kLocalUpdatePassword;
  Board b(asks);
  b.boot();
  ASSERT_EQ(b.start(kCodeSize, Feeder::heci, asks.settings.update_password), Error::success);
  ASSERT_EQ(b.data(image_of(new_code())), Error::success);
  b.firmware.update_session().end(Feeder::heci, b);
  b.run(10);
  ASSERT_EQ(b.firmware.update_session().state(), SessionState::committing);
  EXPECT_FALSE(b.firmware.open_local_update());
  EXPECT_EQ(b.firmware.settings(), asks.settings);
  Board recovering(closed_to_local_updates());
  recovering.faults.arm({.point = sim::FaultPoint::boot, .action = sim::FaultAction::fail});
  recovering.boot();
  EXPECT_FALSE(recovering.firmware.open_local_update());
  EXPECT_EQ(recovering.firmware.settings(), closed_to_local_updates().settings);
}

TEST(Provisioning, IsRefusedWhileAnUpdateIsVerifyingOrCommitting) {
  Board b;
  b.boot();
  b.stage(image_of(new_code()));
  b.firmware.update_session().end(Feeder::heci, b);
  ASSERT_EQ(b.firmware.update_session().state(), SessionState::verifying);
  EXPECT_FALSE(b.firmware.unprovision());
  b.run(10);
  ASSERT_EQ(b.firmware.update_session().state(), SessionState::committing);
  EXPECT_FALSE(b.firmware.unprovision());
  EXPECT_FALSE(b.firmware.provision(ProvisioningMode::enterprise));
  EXPECT_FALSE(b.firmware.begin_provisioning());
  EXPECT_EQ(b.firmware.settings(), old_board().settings);
}

TEST(Provisioning, IsRefusedWhenTheOperationalFirmwareDoesNotRun) {
  Board off;
  EXPECT_FALSE(off.firmware.unprovision());
  Board recovering;
  recovering.faults.arm({.point = sim::FaultPoint::boot, .action = sim::FaultAction::fail});
  recovering.boot();
  EXPECT_FALSE(recovering.firmware.unprovision());
}

TEST(Provisioning, WhileDataIsBeingStagedBothReachTheFlash) {
  Board b;
  b.boot();
  const base::Bytes image = image_of(new_code());
  b.start(kCodeSize);
  b.firmware.update_session().data(Feeder::heci, image, b);
  b.run(20);
  EXPECT_TRUE(b.firmware.unprovision());
  b.settle();
  EXPECT_EQ(b.end(), Error::success);
  EXPECT_EQ(b.firmware.running_version(), (protocol::FirmwareVersion{5, 2, 70, 1046}));
  EXPECT_EQ(stored(b).provisioning_state, ProvisioningState::pre);
}

TEST(Reset, SettingsOnTheirWayToTheFlashStillGetThere) {
  Board b;
  b.boot();
  b.firmware.unprovision();
  b.firmware.reset(protocol::fwu::ResetReason::system_reset);
  b.settle();
  EXPECT_EQ(b.firmware.settings().provisioning_state, ProvisioningState::pre);
  EXPECT_EQ(stored(b).provisioning_state, ProvisioningState::pre);
}

TEST(Reset, BootWaitsForAFlashThatIsStillBusy) {
  FirmwareConfig config = old_board();
  config.update.boot_time = std::chrono::microseconds(100);
  Board b(config);
  b.boot();
  b.firmware.unprovision();
  b.firmware.reset(protocol::fwu::ResetReason::system_reset);
  b.settle();
  EXPECT_EQ(b.firmware.settings().provisioning_state, ProvisioningState::pre);
  EXPECT_EQ(stored(b).provisioning_state, ProvisioningState::pre);
}

}  // namespace
}  // namespace emulator::firmware
