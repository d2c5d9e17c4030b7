// SPDX-License-Identifier: BSD-3-Clause
// Flow control in both directions, per connection and per client (single_recv_buf), and addresses
// that need none.
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

constexpr protocol::hbm::ClientProperties kTwoConnections = {.max_connections = 2,
                                                             .max_message_length = 512};
constexpr protocol::hbm::ClientProperties kSharedBuffer = {
    .max_connections = 2, .single_recv_buf = 1, .max_message_length = 512};

TEST(HeciCredits, AMessageSpentIsGrantedAnew) {
  StartedBench bench;
  bench.connect(0x20, 1);
  EXPECT_EQ(bench.device.bus().credit({0x20, 1}), Credit::with_host);
  bench.send(0x20, 1, {1, 2, 3});
  EXPECT_EQ(bench.client.received.at(0).message, (base::Bytes{1, 2, 3}));
  EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
  bench.expect_silence();
}

TEST(HeciCredits, AnAnswerWaitsForTheHostsCredit) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  bench.expect_message();
  bench.expect_silence();
  bench.give_credit(0x20, 1);
  const Message answer = bench.expect_message();
  EXPECT_EQ(answer.me_addr, 0x20);
  EXPECT_EQ(answer.host_addr, 1);
  EXPECT_EQ(answer.hex(), "aa");
}

TEST(HeciCredits, ACreditGivenBeforeTheMessageIsKept) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  EXPECT_EQ(bench.expect_message().payload[0], 0x08);
  EXPECT_EQ(bench.expect_message().hex(), "aa");
}

TEST(HeciCredits, ADisconnectTakesTheHostsCreditsWithIt) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.send_hbm("07 20 01 00");
  EXPECT_EQ(bench.expect_message().hex(), "87200100");
  bench.connect(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  EXPECT_EQ(bench.expect_message().payload[0], 0x08);
  bench.expect_silence();
}

TEST(HeciCredits, AResetOfTheLinkTakesTheHostsCreditsWithIt) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.link_up();
  bench.hbm_start();
  bench.connect(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  EXPECT_EQ(bench.expect_message().payload[0], 0x08);
  bench.expect_silence();
}

// Linux 6.1 writes nothing more until it is interrupted: found with its watchdog driver, whose
// credit for the ME is the last message before another program connects.
TEST(HeciCredits, AMessageThatNeedsNoAnswerIsRungForOnceItIsRead) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.write_h_csr(kHRdy | kHIe | kHIs);
  ASSERT_EQ(bench.h_csr() & kHIs, 0u);
  bench.write_fragment(HeciBench::header(0, 0, 8, Piece::last), {0x08, 0x20, 1, 0, 0, 0, 0, 0});
  bench.bell();
  EXPECT_EQ(bench.filled_from_host(), 0u);
  bench.expect_silence();
  EXPECT_EQ(bench.h_csr() & kHIs, kHIs);
}

// Else host and ME would ring for each other for ever: the host's bell after reading is one, too.
TEST(HeciCredits, ABellWithNothingToReadIsNotAnswered) {
  StartedBench bench;
  bench.write_h_csr(kHRdy | kHIe | kHIs);
  bench.bell();
  EXPECT_EQ(bench.h_csr() & kHIs, 0u);
}

TEST(HeciCredits, OneCreditIsOneWholeMessage) {
  StartedBench bench;
  bench.client.answers = 2;
  bench.connect(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  bench.expect_message();
  bench.give_credit(0x20, 1);
  EXPECT_EQ(bench.expect_message().hex(), "aa");
  bench.expect_silence();
  bench.give_credit(0x20, 1);
  EXPECT_EQ(bench.expect_message().hex(), "aa");
}

TEST(HeciCredits, AnotherConnectionsCreditDoesNotHelp) {
  StartedBench bench(kBenchConfig, kTwoConnections);
  bench.connect(0x20, 1);
  bench.connect(0x20, 2);
  bench.send(0x20, 1, {0xAA});
  bench.expect_message();
  bench.give_credit(0x20, 2);
  bench.expect_silence();
}

TEST(HeciCredits, TheOldestAnswerThatMayLeaveLeavesFirst) {
  StartedBench bench(kBenchConfig, kTwoConnections);
  bench.connect(0x20, 1);
  bench.connect(0x20, 2);
  bench.send(0x20, 2, {0xBB});
  bench.send(0x20, 1, {0xAA});
  bench.expect_message();
  bench.expect_message();
  bench.write_fragment(0x80080000, {0x08, 0x20, 1, 0, 0, 0, 0, 0});
  bench.write_fragment(0x80080000, {0x08, 0x20, 2, 0, 0, 0, 0, 0});
  bench.bell();
  EXPECT_EQ(bench.expect_message().hex(), "bb");
  EXPECT_EQ(bench.expect_message().hex(), "aa");
}

TEST(HeciCredits, WithFourAnswersUnreadTheHostGetsNoNewCredit) {
  StartedBench bench;
  bench.connect(0x20, 1);
  for (int i = 0; i < 3; ++i) {
    bench.send(0x20, 1, {0xAA});
    EXPECT_EQ(bench.expect_message().payload[0], 0x08) << i;
  }
  bench.send(0x20, 1, {0xAA});
  bench.expect_silence();
  EXPECT_EQ(bench.device.bus().credit({0x20, 1}), Credit::owed);
  bench.give_credit(0x20, 1);
  EXPECT_EQ(bench.expect_message().hex(), "aa");
  EXPECT_EQ(bench.expect_message().payload[0], 0x08);
}

/// As ME 6 and later: metee's PROD_MKHI_PendingWriteStress finds 51 writes taken, fifty of which
/// wait in the driver.
HeciConfig one_credit() {
  HeciConfig config = kBenchConfig;
  config.credits = 1;
  return config;
}

TEST(HeciCredits, WithOneCreditTheNextMessageIsTakenWhenTheLastAnswerWasRead) {
  StartedBench bench(one_credit());
  bench.connect(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  bench.expect_silence();
  EXPECT_EQ(bench.device.bus().credit({0x20, 1}), Credit::owed);
  bench.give_credit(0x20, 1);
  EXPECT_EQ(bench.expect_message().hex(), "aa");
  EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
  EXPECT_EQ(bench.device.bus().credit({0x20, 1}), Credit::with_host);
}

TEST(HeciCredits, WithOneCreditAMessageThatNeedsNoAnswerIsGrantedAnewAtOnce) {
  StartedBench bench(one_credit());
  bench.client.port = nullptr;
  bench.connect(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
}

TEST(HeciCredits, WithOneCreditAnAnswerThatIsStillToComeHoldsTheNextMessageUp) {
  StartedBench bench(one_credit());
  bench.client.port = nullptr;
  bench.connect(0x20, 1);
  bench.client.owes = true;
  bench.give_credit(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  bench.scheduler.sleep(std::chrono::seconds(2));
  bench.expect_silence();
  bench.client.owes = false;
  bench.device.reply_port().reply({0x20, 1}, bytes("0102"));
  bench.turn();
  EXPECT_EQ(bench.expect_message().hex(), "0102");
  EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
}

TEST(HeciCredits, AFixedAddressHasRoomForFourAnswersWhateverTheCredits) {
  StartedBench bench(one_credit());
  for (std::uint8_t i = 0; i < 4; ++i)
    bench.write_fragment(HeciBench::header(7, 0, 1, Piece::last), {i});
  bench.bell();
  for (std::uint8_t i = 0; i < 4; ++i) EXPECT_EQ(bench.expect_message().payload, base::Bytes{i});
}

TEST(HeciCredits, AnAnswerCanComeLater) {
  StartedBench bench;
  bench.client.port = nullptr;
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.send(0x20, 1, {1});
  bench.expect_message();
  bench.scheduler.sleep(std::chrono::seconds(2));
  bench.expect_silence();
  bench.write_h_csr(kHRdy | kHIe | kHIs);
  const int rises = bench.line.rises;
  bench.device.reply_port().reply({0x20, 1}, bytes("0102030405"));
  bench.turn();
  EXPECT_EQ(bench.line.rises, rises + 1);
  EXPECT_EQ(bench.expect_message().hex(), "0102030405");
}

TEST(HeciCredits, ASharedCreditIsGrantedToTheClientWithHostAddressZero) {
  StartedBench bench(kBenchConfig, kSharedBuffer);
  bench.send_hbm("06 20 01 00");
  EXPECT_EQ(bench.expect_message().hex(), "86200100");
  EXPECT_EQ(bench.expect_message().hex(), "0820000000000000");
}

TEST(HeciCredits, ASecondConnectionSharesTheCreditThatIsThere) {
  StartedBench bench(kBenchConfig, kSharedBuffer);
  bench.send_hbm("06 20 01 00");
  bench.expect_message();
  bench.expect_message();
  bench.send_hbm("06 20 02 00");
  EXPECT_EQ(bench.expect_message().hex(), "86200200");
  bench.expect_silence();
  bench.send(0x20, 2, {1});
  EXPECT_EQ(bench.client.received.size(), 1u);
  EXPECT_EQ(bench.expect_message().hex(), "0820000000000000");
}

TEST(HeciCredits, ASharedCreditHalfSpentByAConnectionThatClosesIsGrantedAnew) {
  StartedBench bench(kBenchConfig, kSharedBuffer);
  for (const char* connect : {"06 20 01 00", "06 20 02 00"}) {
    bench.send_hbm(connect);
    while (bench.filled_to_host() > 0) bench.expect_message();
  }
  bench.write_fragment(bench.header(0x20, 1, 4, Piece::more), {1, 2, 3, 4});
  bench.bell();
  EXPECT_EQ(bench.device.bus().credit({0x20, 2}), Credit::in_use);
  bench.send_hbm("07 20 01 00");
  EXPECT_EQ(bench.expect_message().hex(), "87200100");
  EXPECT_EQ(bench.expect_message().hex(), "0820000000000000");
}

TEST(HeciCredits, TheLastConnectionTakesTheSharedCreditWithIt) {
  StartedBench bench(kBenchConfig, kSharedBuffer);
  for (int i = 0; i < 2; ++i) {
    bench.send_hbm("06 20 01 00");
    EXPECT_EQ(bench.expect_message().hex(), "86200100");
    EXPECT_EQ(bench.expect_message().hex(), "0820000000000000") << i;
    bench.send_hbm("07 20 01 00");
    EXPECT_EQ(bench.expect_message().hex(), "87200100");
    bench.expect_silence();
  }
}

TEST(HeciFixedAddress, NeedsNoHbmNoConnectionAndNoCredit) {
  HeciBench bench;
  ScriptedClient mkhi;
  mkhi.port = &bench.device.reply_port();
  mkhi.answer = bytes("ff820000 0500 0000 5704 0100");
  bench.device.add_fixed_client(7, mkhi);
  bench.boot_and_link_up();
  bench.send(7, 0, bytes("ff020000"));
  ASSERT_EQ(mkhi.received.size(), 1u);
  EXPECT_EQ(mkhi.received[0].from, (Connection{7, 0}));
  const Message answer = bench.expect_message();
  EXPECT_EQ(answer.me_addr, 7);
  EXPECT_EQ(answer.host_addr, 0);
  EXPECT_EQ(answer.hex(), "ff8200000500000057040100");
  bench.expect_silence();
}

TEST(HeciFixedAddress, WorksBesideADynamicAddressOfTheSameClient) {
  HeciBench bench;
  ScriptedClient mkhi;
  mkhi.port = &bench.device.reply_port();
  bench.device.add_fixed_client(7, mkhi);
  const std::uint8_t dynamic = bench.device.add_client(mkhi);
  bench.boot_and_link_up();
  bench.hbm_start();
  bench.connect(dynamic, 1);
  bench.give_credit(dynamic, 1);
  bench.send(dynamic, 1, {0xDD});
  bench.send(7, 0, {0xFF});
  EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
  EXPECT_EQ(bench.expect_message().hex(), "dd");
  EXPECT_EQ(bench.expect_message().hex(), "ff");
}

TEST(HeciFixedAddress, IsUnaffectedByAHostThatPollsWithoutInterrupts) {
  StartedBench bench;
  bench.write_fragment(0x80040007, bytes("ff020000"));
  bench.write_h_csr(kHRdy | kHIg);
  bench.turn();
  EXPECT_EQ(bench.line.level, sim::Level::low);
  EXPECT_EQ(bench.expect_message().hex(), "ff020000");
}

}  // namespace
}  // namespace emulator::heci
