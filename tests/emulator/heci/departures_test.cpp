// SPDX-License-Identifier: BSD-3-Clause
// Injected faults at messages of the ME: lost, damaged, twice, late. What the host reads is told
// from the registers alone.
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

using sim::FaultAction;
using std::chrono::milliseconds;

struct HeciDepartures : testing::Test {
  void arm(FaultAction action, base::Duration delay = {}, std::uint32_t occurrence = 1) {
    bench.faults.arm({.point = sim::FaultPoint::me_message,
                      .occurrence = occurrence,
                      .action = action,
                      .delay = delay});
  }
  /// A message that the client at the fixed address echoes: nothing else leaves the ME.
  void ask(const base::Bytes& message) { bench.send(7, 0, message); }
  /// One that the client at 20h echoes, behind the grant of another credit.
  void ask_connected(const base::Bytes& message) {
    bench.give_credit(0x20, 1);
    bench.send(0x20, 1, message);
    EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
  }
  /// "none" when the ME says nothing.
  std::string answer() {
    const auto message = bench.read_message();
    return message ? message->hex() : "none";
  }
  void TearDown() override { EXPECT_TRUE(bench.faults.unfired().empty()); }
  StartedBench bench;
};

constexpr std::uint32_t kBehindTheGrant = 2;

TEST_F(HeciDepartures, ALostAnswerIsNotThereAndTheNextOneIs) {
  arm(FaultAction::ignore);
  ask({1, 2, 3, 4});
  EXPECT_EQ(answer(), "none");
  ask({5, 6});
  EXPECT_EQ(answer(), "0506");
}

TEST_F(HeciDepartures, ALostAnswerHasUsedTheHostsCredit) {
  bench.connect(0x20, 1);
  arm(FaultAction::ignore, {}, kBehindTheGrant);
  ask_connected({1});
  EXPECT_EQ(answer(), "none");
  bench.send(0x20, 1, {2});
  EXPECT_EQ(answer(), "0820010000000000");
  EXPECT_EQ(answer(), "none");
  bench.give_credit(0x20, 1);
  EXPECT_EQ(answer(), "02");
}

TEST_F(HeciDepartures, ALostHostBusAnswerIsNotThere) {
  arm(FaultAction::ignore);
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(answer(), "none");
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(answer().substr(0, 2), "84");
}

TEST_F(HeciDepartures, NothingInterruptsTheHostForALostAnswer) {
  arm(FaultAction::ignore);
  const int before = bench.line.rises;
  ask({1});
  const int lost = bench.line.rises - before;
  ask({1});
  EXPECT_EQ(answer(), "01");
  EXPECT_LE(lost, 1) << "that it has read may be told, not that there is an answer";
}

TEST_F(HeciDepartures, ACorruptAnswerHasItsFirstByteInverted) {
  arm(FaultAction::corrupt);
  ask({0x85, 2, 3, 4, 5});
  EXPECT_EQ(answer(), "7a02030405");
}

TEST_F(HeciDepartures, ATruncatedAnswerLacksItsSecondHalf) {
  arm(FaultAction::truncate);
  ask({1, 2, 3, 4, 5, 6, 7});
  EXPECT_EQ(answer(), "010203");
}

TEST_F(HeciDepartures, ATruncatedAnswerOfOneByteIsEmpty) {
  arm(FaultAction::truncate);
  ask({1});
  EXPECT_EQ(answer(), "");
}

TEST_F(HeciDepartures, AnAnswerCanComeTwice) {
  arm(FaultAction::twice);
  ask({1, 2});
  EXPECT_EQ(answer(), "0102");
  EXPECT_EQ(answer(), "0102");
  EXPECT_EQ(answer(), "none");
}

TEST_F(HeciDepartures, ALateAnswerComesThatMuchLaterAndIsOvertaken) {
  arm(FaultAction::delay, milliseconds(700));
  ask({1});
  EXPECT_EQ(answer(), "none");
  ask({2});
  EXPECT_EQ(answer(), "02");
  bench.scheduler.sleep(milliseconds(700));
  EXPECT_EQ(answer(), "01");
}

TEST_F(HeciDepartures, TwoLateAnswersComeEachAtItsTime) {
  arm(FaultAction::delay, milliseconds(700));
  arm(FaultAction::delay, milliseconds(200), 2);
  ask({1});
  ask({2});
  bench.scheduler.sleep(milliseconds(300));
  EXPECT_EQ(answer(), "02");
  EXPECT_EQ(answer(), "none");
  bench.scheduler.sleep(milliseconds(500));
  EXPECT_EQ(answer(), "01");
}

TEST_F(HeciDepartures, NobodyHasALateAnswerOfAConnectionThatWasClosed) {
  bench.connect(0x20, 1);
  arm(FaultAction::delay, milliseconds(700), kBehindTheGrant);
  ask_connected({1});
  bench.send_hbm("07 20 01 00");
  EXPECT_EQ(answer(), "87200100");
  bench.scheduler.sleep(milliseconds(701));
  EXPECT_EQ(answer(), "none");
}

TEST_F(HeciDepartures, ALateAnswerReachesAConnectionThatWasOpenedAnew) {
  bench.connect(0x20, 1);
  arm(FaultAction::delay, milliseconds(700), kBehindTheGrant);
  ask_connected({1});
  bench.send_hbm("07 20 01 00");
  EXPECT_EQ(answer(), "87200100");
  bench.connect(0x20, 1);
  bench.scheduler.sleep(milliseconds(701));
  EXPECT_EQ(answer(), "01");
}

TEST_F(HeciDepartures, AResetForgetsALateAnswer) {
  arm(FaultAction::delay, milliseconds(700));
  ask({1});
  bench.link_up();
  bench.scheduler.sleep(milliseconds(701));
  EXPECT_EQ(answer(), "none");
}

TEST_F(HeciDepartures, PowerCanGoBeforeAMessageLeaves) {
  arm(FaultAction::power_cut_before);
  ask({1});
  EXPECT_EQ(bench.power.cuts, 1);
  bench.expect_silence();
}

TEST_F(HeciDepartures, PowerCanGoAfterAMessageHasLeft) {
  arm(FaultAction::power_cut_after);
  ask({1});
  EXPECT_EQ(bench.power.cuts, 1);
  EXPECT_EQ(answer(), "01");
}

TEST_F(HeciDepartures, TheMeCanResetInsteadOfAnswering) {
  arm(FaultAction::me_reset);
  ask({1});
  EXPECT_EQ(bench.power.me_resets, 1);
  bench.expect_silence();
}

TEST_F(HeciDepartures, FragmentsOfALateMessageAreNotMixedWithOthers) {
  base::Bytes lengthy(300);
  for (std::size_t i = 0; i < lengthy.size(); ++i) lengthy[i] = static_cast<std::uint8_t>(i);
  arm(FaultAction::twice);
  ask(lengthy);
  ask({9});
  EXPECT_EQ(answer(), base::to_hex(lengthy));
  EXPECT_EQ(answer(), base::to_hex(lengthy));
  EXPECT_EQ(answer(), "09");
}

TEST_F(HeciDepartures, ALateAnswerIsSavedWithItsTime) {
  arm(FaultAction::delay, milliseconds(700));
  ask({1, 2, 3});
  bench.scheduler.sleep(milliseconds(100));
  sim::Archive out = sim::Archive::saving();
  bench.scheduler.serialize(out);
  bench.device.serialize(out);

  StartedBench other;
  sim::Archive in = sim::Archive::loading(out.saved());
  other.scheduler.serialize(in);
  other.device.serialize(in);
  ASSERT_TRUE(in.finish());
  other.scheduler.sleep(milliseconds(599));
  EXPECT_FALSE(other.read_message());
  other.scheduler.sleep(milliseconds(2));
  EXPECT_EQ(other.expect_message().hex(), "010203");
}

}  // namespace
}  // namespace emulator::heci
