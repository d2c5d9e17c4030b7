// SPDX-License-Identifier: BSD-3-Clause
// The TPM 1.2 client in front of answers no good TPM gives, and the values it makes of good ones.
#include <gtest/gtest.h>

#include "protocol/tpm/owner.h"
#include "tests/updater/tpm/scripted_transport.h"
#include "updater/tpm/check_owner.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {
namespace {

using namespace protocol::tpm;
using base::Bytes;
using base::Errc;
using base::Error;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Nonce kOdd = {0x0D};
constexpr const char* kDone = "00c4 0000000a 00000000";

struct ClientBench {
  test::ScriptedTransport transport;
  test::CountedTime clock;
  Tpm12Link link{transport, clock, [] { return base::Result<Nonce>(kOdd); }};
  Tpm12Client client{link};

  std::uint32_t ordinal(std::size_t i) const {
    return static_cast<std::uint32_t>(decode_command(transport.sent.at(i))->ordinal);
  }
};

TEST(Tpm12Client, AnErrorIsRefusedWithTheTpmsNameForIt) {
  ClientBench bench;
  bench.transport.will_answer("00c4 0000000a 00000007");
  const auto flags = bench.client.permanent_flags();
  ASSERT_FALSE(flags);
  EXPECT_EQ(flags.error().code, Errc::refused);
  EXPECT_EQ(flags.error().status, 7u);
  EXPECT_NE(flags.error().doing.find("TPM_DISABLED"), std::string::npos);
}

TEST(Tpm12Client, ATpmThatIsBusyIsAskedAgain) {
  ClientBench bench;
  bench.transport.will_answer("00c4 0000000a 00000800");
  bench.transport.will_answer("00c4 0000000f 00000000 00000001 01");
  const auto owner = bench.client.owner();
  ASSERT_TRUE(owner);
  EXPECT_EQ(*owner, Tpm12Client::Owner::installed);
  EXPECT_EQ(bench.clock.now(), kRetryPause);
}

TEST(Tpm12Client, ATpmThatWantsItsSelfTestFirstGetsIt) {
  ClientBench bench;
  bench.transport.will_answer("00c4 0000000a 00000801");
  bench.transport.will_answer(kDone);
  bench.transport.will_answer("00c4 0000000f 00000000 00000001 00");
  ASSERT_TRUE(bench.client.owner());
  EXPECT_EQ(bench.ordinal(1), 0x53u) << "ContinueSelfTest";
}

TEST(Tpm12Client, ATpmThatIsBusyForEverIsGivenUp) {
  ClientBench bench;
  for (int i = 0; i <= kRetries; ++i) bench.transport.will_answer("00c4 0000000a 00000802");
  const auto owner = bench.client.owner();
  ASSERT_FALSE(owner);
  EXPECT_EQ(owner.error().status, 0x802u);
  EXPECT_EQ(bench.transport.sent.size(), static_cast<std::size_t>(kRetries) + 1);
}

TEST(Tpm12Client, ALockoutIsNotAskedAgain) {
  ClientBench bench;
  bench.transport.will_answer("00c4 0000000a 00000803");
  EXPECT_FALSE(bench.client.owner());
  EXPECT_EQ(bench.transport.sent.size(), 1u);
}

TEST(Tpm12Client, KeyGenerationGetsItsOwnLimit) {
  ClientBench bench;
  (void)bench.client.owner();
  (void)create_endorsement_key(bench.link);
  EXPECT_EQ(bench.transport.limits.at(0), kQuickLimit);
  EXPECT_EQ(bench.transport.limits.at(1), kLongLimit);
}

TEST(Tpm12Client, StartUpStatesAreToldApart) {
  const std::pair<const char*, StartUp> rows[] = {
      {"00c4 0000000a 00000000", StartUp::running},
      {"00c4 0000000a 00000026", StartUp::not_started},
      {"00c4 0000000a 00000801", StartUp::self_test_due},
      {"00c4 0000000a 00000802", StartUp::self_test_runs},
      {"00c4 0000000a 0000001c", StartUp::self_test_failed}};
  for (const auto& [answer, expected] : rows) {
    ClientBench bench;
    bench.transport.will_answer(answer);
    const auto state = bench.client.start_up();
    ASSERT_TRUE(state);
    EXPECT_EQ(*state, expected) << answer;
    EXPECT_EQ(bench.transport.sent.size(), 1u) << "nothing is asked again";
  }
}

TEST(Tpm12Client, TheRunningLockoutTellsItsSeconds) {
  ClientBench bench;
  bench.transport.will_answer(
      "00c4 00000023 00000000 00000015 0037 01 0006 0005 0039 00000001 000000f0 00000000");
  const auto lockout = bench.client.lockout();
  ASSERT_TRUE(lockout);
  EXPECT_TRUE(lockout->active);
  EXPECT_EQ(lockout->failures, 6);
  EXPECT_EQ(lockout->threshold, 5);
  EXPECT_EQ(lockout->seconds_left, 240u);
  EXPECT_EQ(lockout->tries_left(), 0);
}

TEST(Tpm12Client, AnOwnerMayHideTheCounts) {
  ClientBench bench;
  bench.transport.will_answer("00c4 0000001b 00000000 0000000d 0038 00 0039 00000001 00000000");
  const auto lockout = bench.client.lockout();
  ASSERT_TRUE(lockout);
  EXPECT_FALSE(lockout->active);
  EXPECT_EQ(lockout->tries_left(), std::nullopt);
}

TEST(Tpm12Client, SmallTimeoutsAreMilliseconds) {
  ClientBench bench;
  bench.transport.will_answer(
      "00c4 0000001e 00000000 00000010 000b71b0 000007d0 000002ee 00000000");
  const auto timeouts = bench.client.timeouts();
  ASSERT_TRUE(timeouts);
  EXPECT_EQ(timeouts->abcd[0], milliseconds(750));
  EXPECT_EQ(timeouts->abcd[1], milliseconds(2)) << "2000 us";
  EXPECT_EQ(timeouts->abcd[2], milliseconds(750)) << "750 without thousands";
  EXPECT_EQ(timeouts->abcd[3], base::Duration::zero());
}

TEST(Tpm12Client, AnswersOfAnotherFormAreProtocolErrors) {
  const char* frames[] = {"00c4 0000000a 00000000",          "00c4 0000000e 00000000 00000000",
                          "00c4 0000000e 00000000 00000001", "00c4 0000000f 00000000 00000002 01",
                          "00c4 0000000b 00000000",          "00c4"};
  for (const char* frame : frames) {
    ClientBench bench;
    for (int i = 0; i < 9; ++i) bench.transport.will_answer(frame);
    const Errc codes[] = {bench.client.manufacturer().error().code,
                          bench.client.version().error().code,
                          bench.client.permanent_flags().error().code,
                          bench.client.volatile_flags().error().code,
                          bench.client.owner().error().code,
                          bench.client.lockout().error().code,
                          bench.client.timeouts().error().code,
                          bench.client.durations().error().code,
                          bench.client.support_of(Ordinal::field_upgrade).error().code};
    for (const Errc code : codes) EXPECT_EQ(code, Errc::protocol) << frame;
  }
}

// Authorisation.

constexpr Nonce kEven = {0xE0};
constexpr Nonce kNextEven = {0xE1};
const char* const kOiapReply =
    "00c4 00000022 00000000 00000005 e000000000000000000000000000000000000000";

/// The answer a TPM that knows `secret` gives to OwnerSetDisable.
Bytes authorised_answer(base::ByteView secret, std::uint8_t continue_session) {
  AuthReply auth{.nonce_even = kNextEven, .continue_session = continue_session};
  auth.hmac = auth_value(secret, response_digest(Ordinal::owner_set_disable, {}), kNextEven, kOdd,
                         continue_session);
  return to_bytes(AuthorisedResponse{.handles = {}, .params = {}, .auth = auth});
}

TEST(AuthSession, ProvesTheSecretOverTheTpmsNonceAndOurs) {
  ClientBench bench;
  const auto secret = OwnerSecret::from_passphrase("owner");
  bench.transport.will_answer(kOiapReply);
  bench.transport.answers.push_back(authorised_answer(secret.bytes(), 0));
  ASSERT_TRUE(set_disabled(bench.link, secret, Setting::off));
  const auto command = decode_authorised_command(bench.transport.sent.at(1), 0);
  ASSERT_TRUE(command);
  EXPECT_EQ(command->auth.hmac,
            auth_value(secret.bytes(), command_digest(Ordinal::owner_set_disable, Bytes{0}), kEven,
                       kOdd, 0));
  EXPECT_EQ(bench.transport.sent.size(), 2u) << "the session has ended by itself";
}

TEST(AuthSession, RollsTheEvenNonceFromCommandToCommand) {
  ClientBench bench;
  const auto secret = OwnerSecret::well_known();
  bench.transport.will_answer(kOiapReply);
  bench.transport.answers.push_back(authorised_answer(secret.bytes(), 1));
  bench.transport.answers.push_back(authorised_answer(secret.bytes(), 0));
  auto session = AuthSession::open(bench.link, SessionKind::oiap, secret);
  ASSERT_TRUE(session);
  ASSERT_TRUE(session->run(Ordinal::owner_set_disable, Bytes{0}, After::go_on));
  ASSERT_TRUE(session->run(Ordinal::owner_set_disable, Bytes{0}));
  const auto second = decode_authorised_command(bench.transport.sent.at(2), 0);
  EXPECT_EQ(second->auth.hmac,
            auth_value(secret.bytes(), command_digest(Ordinal::owner_set_disable, Bytes{0}),
                       kNextEven, kOdd, 0));
}

TEST(AuthSession, RefusesAnAnswerOfWhoeverDoesNotKnowTheSecretAndFlushesTheSession) {
  ClientBench bench;
  bench.transport.will_answer(kOiapReply);
  bench.transport.answers.push_back(authorised_answer(Secret{1}, 1));
  const auto done = set_disabled(bench.link, OwnerSecret::well_known(), Setting::off);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::protocol);
  EXPECT_EQ(bench.transport.sent.at(2), flush_session_command(5));
}

TEST(AuthSession, RefusesSuccessWithoutAuthorisation) {
  ClientBench bench;
  bench.transport.will_answer(kOiapReply);
  bench.transport.will_answer(kDone);
  const auto done = set_disabled(bench.link, OwnerSecret::well_known(), Setting::off);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::protocol);
}

TEST(AuthSession, FlushesTheSessionAfterAnErrorOfTheTransport) {
  ClientBench bench;
  bench.transport.will_answer(kOiapReply);
  bench.transport.answers.push_back(Error{Errc::timeout, "test"});
  const auto done = set_disabled(bench.link, OwnerSecret::well_known(), Setting::off);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::timeout);
  EXPECT_EQ(bench.transport.sent.at(2), flush_session_command(5));
  EXPECT_EQ(bench.transport.limits.at(2), kFlushLimit);
}

TEST(AuthSession, ASessionNobodyUsedIsFlushed) {
  ClientBench bench;
  bench.transport.will_answer(kOiapReply);
  {
    const auto session =
        AuthSession::open(bench.link, SessionKind::oiap, OwnerSecret::well_known());
  }
  EXPECT_EQ(bench.transport.sent.at(1), flush_session_command(5));
}

TEST(AuthSession, AClosedSessionSendsNothing) {
  ClientBench bench;
  const auto secret = OwnerSecret::well_known();
  bench.transport.will_answer(kOiapReply);
  bench.transport.answers.push_back(authorised_answer(secret.bytes(), 0));
  auto session = AuthSession::open(bench.link, SessionKind::oiap, secret);
  ASSERT_TRUE(session->run(Ordinal::owner_set_disable, Bytes{0}, After::go_on));
  EXPECT_FALSE(session->is_open()) << "the TPM closed it although we did not";
  EXPECT_FALSE(session->run(Ordinal::owner_set_disable, Bytes{0}));
  EXPECT_EQ(bench.transport.sent.size(), 2u);
}

TEST(AuthSession, OsapIsKeyedWithTheSharedSecretOfBothNonces) {
  ClientBench bench;
  const auto secret = OwnerSecret::from_passphrase("owner");
  bench.transport.will_answer(
      "00c4 00000036 00000000 00000007 e000000000000000000000000000000000000000"
      "ee00000000000000000000000000000000000000");
  const Secret shared = osap_secret(secret.bytes(), Nonce{0xEE}, kOdd);
  bench.transport.answers.push_back(authorised_answer(shared, 0));
  auto session = AuthSession::open(bench.link, SessionKind::osap, secret);
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->run(Ordinal::owner_set_disable, Bytes{0}));
}

TEST(AuthSession, MalformedSessionRepliesAreRefused) {
  for (const SessionKind kind : {SessionKind::oiap, SessionKind::osap}) {
    ClientBench bench;
    bench.transport.will_answer("00c4 0000000e 00000000 00000005");
    const auto session = AuthSession::open(bench.link, kind, OwnerSecret::well_known());
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, Errc::protocol);
  }
}

// Checking an owner.

constexpr const char* kOwned = "00c4 0000000f 00000000 00000001 01";

TEST(CheckOwner, NothingIsTriedWhenTheNextWrongSecretMayLock) {
  ClientBench bench;
  bench.transport.will_answer(kOwned);
  bench.transport.will_answer(
      "00c4 00000023 00000000 00000015 0037 00 0009 000a 0039 00000001 00000000 00000000");
  const auto check = check_owner(bench.client, OwnerSecret::well_known());
  ASSERT_TRUE(check);
  EXPECT_EQ(check->verdict, OwnerVerdict::last_try);
  EXPECT_EQ(bench.transport.sent.size(), 2u);
}

TEST(CheckOwner, NothingIsTriedWhileALockoutRuns) {
  ClientBench bench;
  bench.transport.will_answer(kOwned);
  bench.transport.will_answer(
      "00c4 00000023 00000000 00000015 0037 01 000a 000a 0039 00000001 000000f0 00000000");
  const auto check = check_owner(bench.client, OwnerSecret::well_known(), LastTry::use);
  ASSERT_TRUE(check);
  EXPECT_EQ(check->verdict, OwnerVerdict::locked_out);
  EXPECT_EQ(check->lockout.seconds_left, 240u);
  EXPECT_EQ(bench.transport.sent.size(), 2u);
}

}  // namespace
}  // namespace updater::tpm
