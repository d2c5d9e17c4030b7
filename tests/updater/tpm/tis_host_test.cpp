// SPDX-License-Identifier: BSD-3-Clause
// The register driver in front of a TPM that does one thing wrong: every wait ends, and nothing
// half done is left.
#include "updater/tpm/tis_host.h"

#include <gtest/gtest.h>

#include "protocol/tpm/owner.h"
#include "tests/protocol/tpm/hex_text.h"
#include "tests/updater/tpm/scripted_tis.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {
namespace {

using base::Bytes;
using base::Errc;
using base::Result;
using protocol::tpm::hex;
using std::chrono::seconds;
using test::Fault;
using test::ScriptedTis;

struct TisBench {
  static constexpr seconds kLimit{7};

  explicit TisBench(Fault fault = Fault::none, ExpectFlaw flaw = ExpectFlaw::detect)
      : tis(fault), host(tis, tis, {.expect_flaw = flaw}) {}
  Result<Bytes> run() { return host.transmit(command, kLimit); }
  Errc failure() {
    const auto answer = run();
    EXPECT_FALSE(answer);
    return answer ? Errc::unsupported : answer.error().code;
  }
  base::Duration elapsed() const { return tis.now(); }

  const Bytes command = protocol::tpm::get_random_command(16);
  ScriptedTis tis;
  TisHost host;
};

TEST(TisHost, CarriesACommandAndItsAnswerAndGivesTheLocalityBack) {
  TisBench bench;
  bench.tis.answer = hex("00c4 0000000e 00000000 00000002");
  const auto answer = bench.run();
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, bench.tis.answer);
  EXPECT_EQ(bench.tis.received, bench.command);
  EXPECT_FALSE(bench.tis.active);
}

TEST(TisHost, GivesUpWhenNoTpmAnswersTheBus) {
  TisBench bench(Fault::no_tpm);
  EXPECT_EQ(bench.failure(), Errc::disconnected);
  EXPECT_EQ(bench.elapsed(), kAccessLimit);
}

TEST(TisHost, GivesUpAndTakesItsRequestBackWhenAnotherLocalityKeepsTheTpm) {
  TisBench bench(Fault::other_locality);
  EXPECT_EQ(bench.failure(), Errc::busy);
  EXPECT_EQ(bench.elapsed(), kAccessLimit);
  EXPECT_FALSE(bench.tis.requested);
}

TEST(TisHost, GivesUpWhenCommandReadyNeverComes) {
  TisBench bench(Fault::never_ready);
  EXPECT_EQ(bench.failure(), Errc::timeout);
  EXPECT_EQ(bench.elapsed(), 2 * kAbortTries * kReadyLimit) << "to ready it, and to abort";
}

TEST(TisHost, GivesUpWhenBurstCountStaysZero) {
  TisBench bench(Fault::no_burst);
  EXPECT_EQ(bench.failure(), Errc::timeout);
  EXPECT_EQ(bench.elapsed(), kBurstLimit);
}

TEST(TisHost, GivesUpWhenStatusIsNeverValid) {
  TisBench bench(Fault::never_valid);
  EXPECT_EQ(bench.failure(), Errc::timeout);
  EXPECT_EQ(bench.elapsed(), kValidLimit);
}

TEST(TisHost, RefusesATpmOfAnotherMakerThatExpectsNoMoreTooEarly) {
  TisBench bench(Fault::never_expects);
  EXPECT_EQ(bench.failure(), Errc::protocol);
  EXPECT_EQ(bench.tis.started, 0);
}

TEST(TisHost, RefusesATpmThatExpectsMoreThanTheCommandHas) {
  TisBench bench(Fault::always_expects);
  EXPECT_EQ(bench.failure(), Errc::protocol);
  EXPECT_EQ(bench.tis.started, 0);
}

TEST(TisHost, FindsTheFlawInAnIntelTpmWithoutRunningACommandAndWorksAroundIt) {
  TisBench bench(Fault::never_expects);
  bench.tis.vendor = 0x8086;
  EXPECT_TRUE(bench.run());
  EXPECT_EQ(bench.host.expect_flaw(), ExpectFlaw::present);
  EXPECT_EQ(bench.tis.started, 1);
}

TEST(TisHost, TakesASoundIntelTpmForSound) {
  TisBench bench;
  bench.tis.vendor = 0x8086;
  EXPECT_TRUE(bench.run());
  EXPECT_EQ(bench.host.expect_flaw(), ExpectFlaw::absent);
}

TEST(TisHost, StillChecksTheEndOfACommandInATpmWithTheFlaw) {
  TisBench bench(Fault::always_expects, ExpectFlaw::present);
  EXPECT_EQ(bench.failure(), Errc::protocol);
}

TEST(TisHost, LooksForTheFlawAgainAfterAFailureThatWasNoAnswer) {
  TisBench bench(Fault::no_burst);
  bench.tis.vendor = 0x8086;
  EXPECT_EQ(bench.failure(), Errc::timeout);
  EXPECT_EQ(bench.host.expect_flaw(), ExpectFlaw::detect);
}

TEST(TisHost, CancelsACommandThatOutlastsItsLimit) {
  TisBench bench(Fault::never_answers);
  EXPECT_EQ(bench.failure(), Errc::timeout);
  EXPECT_EQ(bench.elapsed(), TisBench::kLimit);
  EXPECT_FALSE(bench.tis.active) << "the locality is given back";
  EXPECT_EQ(bench.failure(), Errc::timeout) << "and the next command gets as far";
  EXPECT_EQ(bench.tis.started, 2);
}

TEST(TisHost, SaysSoWhenEvenTheCancellationIsIgnored) {
  TisBench bench(Fault::hangs);
  const auto answer = bench.run();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timeout);
  EXPECT_NE(answer.error().doing.find("cancelled"), std::string::npos);
  EXPECT_EQ(bench.elapsed(), TisBench::kLimit + kAbortTries * kReadyLimit);
}

TEST(TisHost, NoticesThatTheTpmWasTakenAwayDuringACommand) {
  TisBench bench(Fault::taken_away);
  EXPECT_EQ(bench.failure(), Errc::disconnected);
  EXPECT_EQ(bench.elapsed(), base::Duration::zero());
}

TEST(TisHost, RefusesAnAnswerThatEndsBeforeItsAnnouncedLength) {
  TisBench bench;
  bench.tis.answer = hex("00c4 0000000e 00000000 0000");
  EXPECT_EQ(bench.failure(), Errc::protocol);
  EXPECT_EQ(bench.elapsed(), kValidLimit);
}

TEST(TisHost, RefusesAnAnswerThatGoesOnAfterItsAnnouncedLength) {
  TisBench bench;
  bench.tis.answer = hex("00c4 0000000a 00000000 00");
  EXPECT_EQ(bench.failure(), Errc::protocol);
}

TEST(TisHost, RefusesAnAnswerThatAnnouncesLessThanAHeaderOrMoreThanABuffer) {
  for (const char* frame : {"00c4 00000009 00000000", "00c4 00001001 00000000"}) {
    TisBench bench;
    bench.tis.answer = hex(frame);
    EXPECT_EQ(bench.failure(), Errc::protocol) << frame;
  }
}

TEST(TisHost, SendsNothingThatIsNoCommand) {
  TisBench bench;
  const auto answer = bench.host.transmit(hex("00c1 0000000b 00000046"), TisBench::kLimit);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::invalid);
  EXPECT_FALSE(bench.tis.active);
}

}  // namespace
}  // namespace updater::tpm
