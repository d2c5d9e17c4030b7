// SPDX-License-Identifier: BSD-3-Clause
// The TPM 1.2 client against an engine that is not ours: a swtpm process. Its libtpms counts five
// wrong secrets, answers the sixth too and locks then; a lockout lasts a second or two at first.
#include <gtest/gtest.h>

#include "tests/integration/tpm_link/swtpm_process.h"
#include "updater/tpm/check_owner.h"

namespace updater::tpm {
namespace {

using namespace protocol::tpm;
using base::Errc;
using test::Line;
using test::SwtpmProcess;

constexpr int kMoreThanItsSessions = 20;  // it has sixteen

class Swtpm : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(transport_); }
  void own_it() {
    ASSERT_TRUE(create_endorsement_key(link_));
    const auto taken = take_ownership(link_, owner_);
    ASSERT_TRUE(taken) << taken.error().doing;
  }
  OwnerVerdict check(const OwnerSecret& secret, LastTry last_try = LastTry::spare) {
    const auto check = check_owner(tpm_, secret, last_try);
    EXPECT_TRUE(check) << check.error().doing;
    return check ? check->verdict : OwnerVerdict::not_owned;
  }

  test::RealTime clock_;
  SwtpmProcess process_;
  std::unique_ptr<SwtpmSocket> transport_ = process_.connect(clock_);
  Tpm12Link link_{*transport_, clock_};
  Tpm12Client tpm_{link_};
  OwnerSecret owner_ = OwnerSecret::from_passphrase("owner");
  OwnerSecret wrong_ = OwnerSecret::from_passphrase("wrong");
};

TEST_F(Swtpm, SaysWhatItIs) {
  EXPECT_EQ(*tpm_.start_up(), StartUp::running);
  EXPECT_EQ(*tpm_.manufacturer(), (VendorId{'I', 'B', 'M', 0}));
  EXPECT_EQ(tpm_.version()->version.minor, 2);
  EXPECT_EQ(*tpm_.owner(), Tpm12Client::Owner::none);
  EXPECT_EQ(tpm_.timeouts()->abcd[0], std::chrono::seconds(1));
  EXPECT_EQ(tpm_.durations()->short_medium_long[2], std::chrono::seconds(300));
  EXPECT_EQ(*tpm_.support_of(Ordinal::field_upgrade), Tpm12Client::Support::no);
  EXPECT_EQ(tpm_.lockout()->threshold, 5);
  EXPECT_TRUE(tpm_.self_test());
  EXPECT_TRUE(tpm_.self_test_result());
}

TEST_F(Swtpm, HasNoEndorsementKeyWhenItIsNew) {
  const auto key = read_endorsement_key(link_);
  ASSERT_FALSE(key);
  EXPECT_TRUE(is(key.error(), ReturnCode::no_endorsement));
}

TEST_F(Swtpm, AnUnownedOneHasNoSecretToProve) {
  EXPECT_EQ(check(owner_), OwnerVerdict::not_owned);
}

TEST_F(Swtpm, TakesAnOwnerAndProvesItsSecretInBothKindsOfSession) {
  own_it();
  EXPECT_EQ(*tpm_.owner(), Tpm12Client::Owner::installed);
  EXPECT_EQ(check(owner_), OwnerVerdict::proven);
  for (const SessionKind kind : {SessionKind::oiap, SessionKind::osap}) {
    EXPECT_TRUE(run_as_owner(link_, owner_, Ordinal::owner_read_internal_pub,
                             owner_read_internal_pub_params(kHandleEk), kind));
  }
}

TEST_F(Swtpm, OneSessionServesSeveralCommands) {
  own_it();
  auto session = AuthSession::open(link_, SessionKind::oiap, owner_);
  ASSERT_TRUE(session);
  const auto params = owner_read_internal_pub_params(kHandleSrk);
  EXPECT_TRUE(session->run(Ordinal::owner_read_internal_pub, params, After::go_on));
  EXPECT_TRUE(session->run(Ordinal::owner_read_internal_pub, params, After::go_on));
  EXPECT_TRUE(session->run(Ordinal::owner_read_internal_pub, params));
  EXPECT_FALSE(session->is_open());
}

TEST_F(Swtpm, SessionsDoNotPileUp) {
  own_it();
  for (int i = 0; i < kMoreThanItsSessions; ++i) {
    ASSERT_EQ(check(owner_), OwnerVerdict::proven);
    const auto unused = AuthSession::open(link_, SessionKind::osap, owner_);
    ASSERT_TRUE(unused) << i;
  }
}

TEST_F(Swtpm, WrongSecretsAreCountedAndTheLastTryIsSpared) {
  own_it();
  for (int i = 0; i < 4; ++i) ASSERT_EQ(check(wrong_), OwnerVerdict::wrong);
  EXPECT_EQ(tpm_.lockout()->failures, 4);
  EXPECT_EQ(check(wrong_), OwnerVerdict::last_try);
  EXPECT_EQ(tpm_.lockout()->failures, 4) << "nothing was tried";
  EXPECT_EQ(check(owner_, LastTry::use), OwnerVerdict::proven);
}

// The first lockouts are over within a second or two, on a busy machine before anybody looks; each
// further one doubles.
TEST_F(Swtpm, LocksAfterTooManyWrongSecretsAndSaysHowLong) {
  own_it();
  for (int i = 0; i < 5; ++i) ASSERT_EQ(check(wrong_, LastTry::use), OwnerVerdict::wrong) << i;
  base::Result<OwnerCheck> last = check_owner(tpm_, wrong_, LastTry::use);
  for (int i = 0; i < 8 && last && last->verdict == OwnerVerdict::wrong; ++i) {
    last = check_owner(tpm_, wrong_, LastTry::use);
  }
  ASSERT_TRUE(last) << last.error().doing;
  EXPECT_EQ(last->verdict, OwnerVerdict::locked_out);
  EXPECT_TRUE(last->lockout.seconds_left);
}

TEST_F(Swtpm, ADisabledOneProvesItsOwnerAndStaysDisabled) {
  own_it();
  ASSERT_TRUE(set_disabled(link_, owner_, Setting::on));
  EXPECT_EQ(check(owner_), OwnerVerdict::proven);
  EXPECT_EQ(check(wrong_), OwnerVerdict::wrong);
  EXPECT_TRUE(tpm_.permanent_flags()->disable);
}

TEST_F(Swtpm, IsUnownedAndDisabledOnceItsOwnerHasClearedIt) {
  own_it();
  ASSERT_TRUE(clear_owner(link_, owner_));
  EXPECT_EQ(*tpm_.owner(), Tpm12Client::Owner::none);
  EXPECT_TRUE(tpm_.permanent_flags()->disable);
}

TEST_F(Swtpm, IsGoneWhenItsProcessDies) {
  process_.kill();
  const auto owner = tpm_.owner();
  ASSERT_FALSE(owner);
  EXPECT_EQ(owner.error().code, Errc::not_found) << owner.error().doing;
}

TEST(SwtpmOverTcp, SpeaksTheSame) {
  test::RealTime clock;
  SwtpmProcess process(Line::tcp);
  const auto transport = process.connect(clock);
  ASSERT_TRUE(transport);
  Tpm12Link link(*transport, clock);
  EXPECT_EQ(*Tpm12Client(link).manufacturer(), (VendorId{'I', 'B', 'M', 0}));
}

}  // namespace
}  // namespace updater::tpm
