// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include "emulator/tpm/defend_lock.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {
namespace {

using namespace protocol::tpm;
using std::chrono::hours;
using std::chrono::seconds;

/// Three failures, 60 s, x 2, one forgotten after 1000 s.
TpmConfig strict() {
  TpmConfig config = owned();
  config.lockout = {
      .threshold = 3, .initial = seconds(60), .multiplier = 2, .fade_out = seconds(1000)};
  return config;
}

void fail_times(Host& host, int times) {
  for (int i = 0; i < times; ++i) ASSERT_EQ(host.prove_owner(kWrong), ReturnCode::auth_fail);
}

TEST(Lockout, FailuresAreCountedAndShown) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 2);
  EXPECT_EQ(host.lockout()->current_count, 2);
  EXPECT_FALSE(host.lockout()->active);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success);
  EXPECT_EQ(host.lockout()->current_count, 2) << "success must not forgive: any known secret would";
}

TEST(Lockout, TheThresholdthFailureStartsIt) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  EXPECT_TRUE(host.lockout()->active);
  EXPECT_EQ(host.lockout()->action_depend_value, 60u);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::defend_lock_running) << "the right secret too";
}

TEST(Lockout, EndsInVirtualTime) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  rig.clock.sleep(seconds(59));
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::defend_lock_running);
  rig.clock.sleep(seconds(2));
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success);
}

TEST(Lockout, EachFurtherFailureMultipliesIt) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  rig.clock.sleep(seconds(61));
  fail_times(host, 1);
  EXPECT_EQ(host.lockout()->action_depend_value, 120u);
  rig.clock.sleep(seconds(121));
  fail_times(host, 1);
  EXPECT_EQ(host.lockout()->action_depend_value, 240u);
}

TEST(Lockout, TheReportsParametersLockAfterTenForFourMinutes) {
  Rig rig(owned());
  Host host(rig.tpm);
  fail_times(host, 9);
  EXPECT_FALSE(host.lockout()->active);
  fail_times(host, 1);
  EXPECT_EQ(host.lockout()->action_depend_value, 240u);
}

TEST(Lockout, OneFailureFadesOutAtATime) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 2);
  rig.clock.sleep(seconds(999));
  EXPECT_EQ(host.lockout()->current_count, 2);
  rig.clock.sleep(seconds(1));
  EXPECT_EQ(host.lockout()->current_count, 1);
  rig.clock.sleep(hours(1));
  EXPECT_EQ(host.lockout()->current_count, 0);
}

TEST(Lockout, WithoutFadeOutNothingIsForgotten) {
  TpmConfig config = strict();
  config.lockout.fade_out = seconds(0);
  Rig rig(config);
  Host host(rig.tpm);
  fail_times(host, 2);
  rig.clock.sleep(hours(1000));
  EXPECT_EQ(host.lockout()->current_count, 2);
}

TEST(Lockout, OwnerEndsItWithResetLockValue) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  EXPECT_EQ(host.owner_command(kOwner, Ordinal::reset_lock_value, {}), ReturnCode::success);
  EXPECT_EQ(host.lockout()->current_count, 0);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success);
}

TEST(Lockout, AWrongResetIsNotOfferedAgainUntilItEnds) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  EXPECT_EQ(host.owner_command(kWrong, Ordinal::reset_lock_value, {}), ReturnCode::auth_fail);
  EXPECT_EQ(host.owner_command(kOwner, Ordinal::reset_lock_value, {}), ReturnCode::auth_fail);
  rig.clock.sleep(seconds(121));  // the wrong reset was the fourth failure
  EXPECT_EQ(host.owner_command(kOwner, Ordinal::reset_lock_value, {}), ReturnCode::success);
}

TEST(Lockout, AWrongResetWithoutALockoutIsOneFailureAndNoMore) {
  Rig rig(strict());
  Host host(rig.tpm);
  EXPECT_EQ(host.owner_command(kWrong, Ordinal::reset_lock_value, {}), ReturnCode::auth_fail);
  EXPECT_EQ(host.lockout()->current_count, 1);
  EXPECT_EQ(host.owner_command(kOwner, Ordinal::reset_lock_value, {}), ReturnCode::success);
  EXPECT_EQ(host.lockout()->current_count, 0);
}

TEST(Lockout, UnauthorisedCommandsGoOn) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  EXPECT_EQ(host.run(get_random_command(4)), ReturnCode::success);
  EXPECT_TRUE(host.oiap(kOwner));
}

TEST(Lockout, CountSurvivesAPowerCycle) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 2);
  rig.tpm.power_off();
  rig.clock.sleep(hours(24));
  rig.tpm.power_on();
  EXPECT_EQ(host.lockout()->current_count, 2)
      << "a TPM without power cannot tell how long it was off";
}

TEST(Lockout, BeginsAgainWhenThePowerWasCutInIt) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  rig.clock.sleep(seconds(50));
  rig.tpm.power_off();
  rig.tpm.power_on();
  EXPECT_EQ(host.lockout()->action_depend_value, 60u);
}

TEST(Lockout, TravelsWithThePermanentStateAndBeginsAgainThere) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  rig.clock.sleep(seconds(50));
  Rig other(strict());
  ASSERT_TRUE(other.tpm.replace_permanent_state(rig.tpm.permanent_state()));
  other.tpm.reset();
  EXPECT_EQ(Host(other.tpm).lockout()->action_depend_value, 60u);
}

TEST(Lockout, OnceSatOutDoesNotComeBackWithThePower) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  rig.clock.sleep(seconds(61));
  rig.tpm.power_off();
  rig.tpm.power_on();
  EXPECT_FALSE(host.lockout()->active);
  EXPECT_EQ(host.lockout()->current_count, 3);
}

TEST(Lockout, ClearingTheOwnerClearsIt) {
  Rig rig(strict());
  Host host(rig.tpm);
  fail_times(host, 3);
  rig.tpm.at_next_boot(BiosAction::clear);
  rig.tpm.reset();
  EXPECT_EQ(rig.tpm.status().failed_attempts, 0);
  EXPECT_FALSE(rig.tpm.status().lockout);
}

TEST(Lockout, WorksInAnInactiveTpmWhereTheEnginesOwnCannotBeReset) {
  TpmConfig config = strict();
  config.state.active = false;
  Rig rig(config);
  Host host(rig.tpm);
  const base::Bytes off = {0};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(host.owner_command(kWrong, Ordinal::owner_set_disable, off), ReturnCode::auth_fail);
  }
  EXPECT_EQ(host.owner_command(kOwner, Ordinal::owner_set_disable, off),
            ReturnCode::defend_lock_running);
  rig.clock.sleep(seconds(61));
  EXPECT_EQ(host.owner_command(kOwner, Ordinal::owner_set_disable, off), ReturnCode::success);
}

TEST(Lockout, RunsFromPowerOnWhenTheProfileSaysSo) {
  TpmConfig config = strict();
  config.state.failed_attempts = 4;
  Rig rig(config);
  EXPECT_EQ(Host(rig.tpm).lockout()->action_depend_value, 120u);
}

TEST(DefendLock, NeverLocksLongerThanAWeek) {
  sim::Scheduler clock;
  sim::Trace trace(clock);
  MemoryStorage storage;
  StatePartition partition(storage);
  const DefendLock lock({.threshold = 3, .initial = seconds(60), .multiplier = 2}, partition, clock,
                        trace);
  EXPECT_EQ(lock.length_after(2), seconds(0));
  EXPECT_EQ(lock.length_after(3), seconds(60));
  EXPECT_EQ(lock.length_after(12), seconds(60 << 9));
  EXPECT_EQ(lock.length_after(0xFFFF), DefendLock::kLongest);
}

TEST(DefendLock, AThresholdOfZeroNeverLocks) {
  sim::Scheduler clock;
  sim::Trace trace(clock);
  MemoryStorage storage;
  StatePartition partition(storage);
  const DefendLock lock({.threshold = 0}, partition, clock, trace);
  EXPECT_EQ(lock.length_after(0xFFFF), seconds(0));
}

TEST(Lockout, AFaultBeginsItAtACommandWithoutAnyWrongTry) {
  Rig rig(strict());
  Host host(rig.tpm);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success);
  rig.faults.arm({.point = sim::FaultPoint::tpm_command, .action = sim::FaultAction::lock_out});
  EXPECT_TRUE(host.lockout()->active);
  EXPECT_EQ(host.lockout()->action_depend_value, 60u);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::defend_lock_running);
  rig.clock.sleep(seconds(61));
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success);
}

/// Part 2, 16: TPM_INVALID_AUTHHANDLE.
TEST(Sessions, AnEvictedOneIsNotKnownAnyMore) {
  Rig rig(owned());
  Host host(rig.tpm);
  auto session = host.oiap(kOwner);
  ASSERT_TRUE(session);
  rig.faults.arm(
      {.point = sim::FaultPoint::tpm_command, .action = sim::FaultAction::evict_session});
  EXPECT_EQ(host.authorised(*session, Ordinal::owner_read_internal_pub,
                            owner_read_internal_pub_params(kHandleSrk)),
            ReturnCode::invalid_auth_handle);
  EXPECT_EQ(host.prove_owner(kOwner), ReturnCode::success) << "a new one is opened";
}

}  // namespace
}  // namespace emulator::tpm
