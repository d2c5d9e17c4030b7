// SPDX-License-Identifier: BSD-3-Clause
// The register driver and the TPM 1.2 client against our own iTPM's registers, with and without its
// flaw.
#include <gtest/gtest.h>

#include "tests/emulator/tpm/rig.h"
#include "updater/tpm/check_owner.h"
#include "updater/tpm/tis_host.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {
namespace {

using namespace protocol::tpm;
using base::Errc;
using emulator::tpm::Bios;
using emulator::tpm::Ownership;
using emulator::tpm::TpmConfig;
using std::chrono::milliseconds;
using std::chrono::seconds;

enum class Erratum { off, on };

/// A host behind the registers of an iTPM.
struct Bench {
  explicit Bench(const TpmConfig& config) : rig(config) {}

  OwnerCheck check(const OwnerSecret& secret, LastTry last_try = LastTry::spare) {
    const auto check = check_owner(tpm, secret, last_try);
    EXPECT_TRUE(check) << check.error().doing;
    return check ? *check : OwnerCheck{};
  }

  emulator::tpm::Rig rig;
  TisHost host{rig.tpm.tis(), rig.clock};
  Tpm12Link link{host, rig.clock};
  Tpm12Client tpm{link};
  OwnerSecret owner = OwnerSecret::from_passphrase("owner");
  OwnerSecret wrong = OwnerSecret::from_passphrase("wrong");
};

class ItpmLink : public testing::TestWithParam<Erratum> {
 protected:
  static TpmConfig with_erratum(TpmConfig config) {
    config.tis.expect_flaw = GetParam() == Erratum::on;
    return config;
  }
  static TpmConfig fitted() { return with_erratum(emulator::tpm::fitted()); }
  static TpmConfig owned() { return with_erratum(emulator::tpm::owned()); }
};

TEST_P(ItpmLink, TheFlawIsFoundWhereItIs) {
  Bench bench(fitted());
  ASSERT_TRUE(bench.tpm.manufacturer());
  EXPECT_EQ(bench.host.expect_flaw(),
            GetParam() == Erratum::on ? ExpectFlaw::present : ExpectFlaw::absent);
  EXPECT_EQ(bench.rig.tpm.commands(), 1u) << "looking for the flaw executes nothing";
}

TEST_P(ItpmLink, SaysWhatItIs) {
  Bench bench(fitted());
  EXPECT_EQ(*bench.tpm.start_up(), StartUp::running);
  EXPECT_EQ(*bench.tpm.manufacturer(), kVendorIntel);
  EXPECT_EQ(bench.tpm.version()->version, (TpmVersion{1, 2, 5, 0}));
  EXPECT_EQ(*bench.tpm.owner(), Tpm12Client::Owner::none);
  EXPECT_EQ(bench.tpm.lockout()->threshold, 10);
  EXPECT_EQ(*bench.tpm.support_of(Ordinal::field_upgrade), Tpm12Client::Support::yes);
}

TEST_P(ItpmLink, TakesAnOwnerAndProvesItsSecretInBothKindsOfSession) {
  Bench bench(fitted());
  const auto taken = take_ownership(bench.link, bench.owner);
  ASSERT_TRUE(taken) << taken.error().doing;
  EXPECT_EQ(bench.check(bench.owner).verdict, OwnerVerdict::proven);
  EXPECT_TRUE(run_as_owner(bench.link, bench.owner, Ordinal::owner_read_internal_pub,
                           owner_read_internal_pub_params(kHandleSrk), SessionKind::osap));
}

TEST_P(ItpmLink, LocksAfterTheLastTryAndTellsTheSeconds) {
  Bench bench(owned());
  for (int i = 0; i < 9; ++i) ASSERT_EQ(bench.check(bench.wrong).verdict, OwnerVerdict::wrong);
  EXPECT_EQ(bench.check(bench.wrong).verdict, OwnerVerdict::last_try);
  EXPECT_EQ(bench.check(bench.wrong, LastTry::use).verdict, OwnerVerdict::wrong);
  const OwnerCheck locked = bench.check(bench.owner, LastTry::use);
  EXPECT_EQ(locked.verdict, OwnerVerdict::locked_out);
  EXPECT_LE(locked.lockout.seconds_left.value(), 240u);
  EXPECT_GE(locked.lockout.seconds_left.value(), 239u);
  bench.rig.clock.sleep(seconds(241));
  EXPECT_EQ(bench.check(bench.owner, LastTry::use).verdict, OwnerVerdict::proven);
}

TEST_P(ItpmLink, AnInactiveOneProvesItsOwnerAndStaysAsItIs) {
  TpmConfig config = owned();
  config.state.active = false;
  Bench bench(config);
  const auto before = bench.tpm.permanent_flags();
  EXPECT_EQ(bench.check(bench.owner).verdict, OwnerVerdict::proven);
  EXPECT_EQ(bench.check(bench.wrong).verdict, OwnerVerdict::wrong);
  EXPECT_EQ(*bench.tpm.permanent_flags(), *before);
}

TEST_P(ItpmLink, ADisabledOneProvesItsOwnerAndStaysAsItIs) {
  TpmConfig config = owned();
  config.state.enabled = false;
  Bench bench(config);
  EXPECT_EQ(bench.check(bench.owner).verdict, OwnerVerdict::proven);
  EXPECT_TRUE(bench.tpm.permanent_flags()->disable);
}

TEST_P(ItpmLink, IsUnownedOnceItsOwnerHasClearedIt) {
  Bench bench(owned());
  ASSERT_TRUE(clear_owner(bench.link, bench.owner));
  EXPECT_EQ(bench.check(bench.owner).verdict, OwnerVerdict::not_owned);
}

TEST_P(ItpmLink, ACancelledKeyGenerationNeverHappened) {
  TpmConfig config = fitted();
  config.state.ownership = Ownership::no_ek;
  Bench bench(config);
  const auto answer =
      bench.host.transmit(create_endorsement_key_command(Nonce{1}), milliseconds(500));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timeout);
  const auto key = read_endorsement_key(bench.link);
  ASSERT_FALSE(key);
  EXPECT_TRUE(is(key.error(), ReturnCode::no_endorsement)) << key.error().doing;
}

TEST_P(ItpmLink, ATpmNobodyHasStartedSaysSo) {
  TpmConfig config = fitted();
  config.bios = Bios::absent;
  Bench bench(config);
  EXPECT_EQ(*bench.tpm.start_up(), StartUp::not_started);
}

TEST_P(ItpmLink, AFailedSelfTestIsSeenAndTheMakerCanStillBeAsked) {
  TpmConfig config = fitted();
  config.state.self_test = emulator::tpm::SelfTest::failed;
  Bench bench(config);
  EXPECT_EQ(*bench.tpm.start_up(), StartUp::self_test_failed);
  EXPECT_EQ(*bench.tpm.manufacturer(), kVendorIntel);
}

TEST_P(ItpmLink, AnMeThatRestartsLooksLikeNoTpm) {
  Bench bench(fitted());
  ASSERT_TRUE(bench.tpm.owner());
  bench.rig.tpm.me_stopped();
  EXPECT_EQ(bench.tpm.owner().error().code, Errc::disconnected);
  bench.rig.tpm.me_started({.major = 5});
  EXPECT_TRUE(bench.tpm.owner());
}

TEST_P(ItpmLink, AFifoOfOneByteCarriesEverything) {
  TpmConfig config = owned();
  config.tis.fifo_size = 1;
  Bench bench(config);
  EXPECT_EQ(bench.check(bench.owner).verdict, OwnerVerdict::proven);
}

TEST_P(ItpmLink, AFifoWithoutRoomEndsTheTry) {
  TpmConfig config = owned();
  config.tis.fifo_size = 0;
  Bench bench(config);
  const auto answer = bench.host.transmit(get_random_command(16), kQuickLimit);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timeout);
}

INSTANTIATE_TEST_SUITE_P(Erratum, ItpmLink, testing::Values(Erratum::off, Erratum::on),
                         [](const auto& test) { return test.param == Erratum::on ? "On" : "Off"; });

TEST(ItpmLinkWithoutTheWorkaround, CannotSendAnything) {
  emulator::tpm::Rig rig;
  TisHost host(rig.tpm.tis(), rig.clock, {.expect_flaw = ExpectFlaw::absent});
  const auto answer = host.transmit(get_random_command(16), kQuickLimit);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::protocol);
}

TEST(ItpmLinkUnderAnotherLocality, WaitsAndGivesUp) {
  emulator::tpm::Rig rig;
  rig.tpm.tis().write8(0x4000, 0x02);
  TisHost host(rig.tpm.tis(), rig.clock);
  const auto answer = host.transmit(get_random_command(16), kQuickLimit);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::busy);
  EXPECT_EQ(rig.tpm.tis().read8(0x0000) & 0x02, 0) << "the request is taken back";
}

}  // namespace
}  // namespace updater::tpm
