// SPDX-License-Identifier: BSD-3-Clause
// What a host must not do: each rule has its answer and its counter, and the link works on
// afterwards.
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

/// One client connected at 20h/1, with the counters watched.
struct BadInputTest : testing::Test {
  void SetUp() override {
    bench.connect(0x20, 1);
    bench.write_h_csr(kHRdy | kHIe | kHIs);  // nothing pending
  }

  /// Exactly `rule` counted, exactly once, and nothing else.
  void expect_only(BadInputRule rule) {
    BadInput expected;
    expected.*rule = 1;
    EXPECT_EQ(bench.device.counters(), expected);
  }
  void expect_regrant() { EXPECT_EQ(bench.expect_message().hex(), "0820010000000000"); }
  void expect_still_works() {
    const std::size_t before = bench.client.received.size();
    bench.send(0x20, 1, {0x55});
    ASSERT_EQ(bench.client.received.size(), before + 1);
    EXPECT_EQ(bench.client.received.back().message, (base::Bytes{0x55}));
    expect_regrant();
  }
  void expect_me_resets_the_link() {
    EXPECT_FALSE(bench.me_ready());
    EXPECT_EQ(bench.h_csr() & (kHRdy | kHIs), kHIs) << "the host is interrupted";
    EXPECT_EQ(bench.h_csr() & 0x00FFFF00, 0u);
    bench.scheduler.sleep(bench.config.reset_delay);
    EXPECT_TRUE(bench.me_ready());
    bench.link_up();
    bench.hbm_start();
    bench.connect(0x20, 1);
    expect_still_works();
  }
  std::uint32_t header(std::size_t length, Piece piece) {
    return bench.header(0x20, 1, length, piece);
  }

  StartedBench bench;
};

TEST_F(BadInputTest, ReservedHeaderBitsCostTheMessageNotTheCredit) {
  for (std::uint32_t bit = 25; bit <= 30; ++bit) {
    bench.write_fragment(header(4, Piece::last) | 1u << bit, {1, 2, 3, 4});
    bench.bell();
    EXPECT_TRUE(bench.client.received.empty());
    expect_regrant();
  }
  EXPECT_EQ(bench.device.counters().header_reserved_bits, 6u);
  expect_still_works();
}

TEST_F(BadInputTest, ReservedBitsInOneFragmentCostTheWholeMessage) {
  bench.write_fragment(header(4, Piece::more) | 1u << 28, {1, 2, 3, 4});
  bench.write_fragment(header(4, Piece::last), {5, 6, 7, 8});
  bench.bell();
  EXPECT_TRUE(bench.client.received.empty());
  expect_only(&BadInput::header_reserved_bits);
  expect_regrant();
  expect_still_works();
}

TEST_F(BadInputTest, ReservedBitsInAHostBusMessageCostItsAnswer) {
  bench.write_fragment(0x90040000, {0x04, 0, 0, 0});
  bench.bell();
  bench.expect_silence();
  expect_only(&BadInput::header_reserved_bits);
  expect_still_works();
}

TEST_F(BadInputTest, ALengthThatCannotFitTheRingMakesTheMeResetTheLink) {
  bench.write_slots(
      {header(125, Piece::last), 0, 0});  // 32 payload slots and a header in a ring of 32
  bench.bell();
  expect_only(&BadInput::length_beyond_ring);
  expect_me_resets_the_link();
}

TEST_F(BadInputTest, TheLongestLengthThatFitsIsFine) {
  bench.write_fragment(header(124, Piece::last), base::Bytes(124, 7));
  bench.bell();
  EXPECT_EQ(bench.client.received.at(0).message.size(), 124u);
  EXPECT_EQ(bench.device.counters(), BadInput{});
}

TEST_F(BadInputTest, WritingToAFullRingMakesTheMeResetTheLink) {
  bench.write_slots(std::vector<std::uint32_t>(32, header(100, Piece::more)));
  EXPECT_EQ(bench.device.counters(), BadInput{});
  bench.write_slots({0});
  EXPECT_EQ(bench.filled_from_host(), 33u) << "H_CBWP runs on";
  expect_only(&BadInput::write_to_full_ring);
  bench.bell();
  expect_me_resets_the_link();
}

TEST_F(BadInputTest, ReadingFromAnEmptyRingMakesTheMeResetTheLink) {
  bench.device.read32(0x08);
  EXPECT_EQ(bench.filled_to_host(), 255u) << "ME_CBRP runs on";
  expect_only(&BadInput::read_from_empty_ring);
  bench.bell();
  expect_me_resets_the_link();
}

TEST_F(BadInputTest, AnUnknownHostBusCommandIsIgnored) {
  for (const char* command :
       {"00", "03", "09", "0a", "0b", "10", "11", "12", "13", "14", "81", "84", "ff"}) {
    const std::uint64_t before = bench.device.counters().hbm_unknown_command;
    bench.send_hbm(std::string(command) + "000000");
    bench.expect_silence();
    EXPECT_EQ(bench.device.counters().hbm_unknown_command, before + 1) << command;
  }
  expect_still_works();
}

TEST_F(BadInputTest, ALongCommandOfALaterHbmIsUnknownToo) {
  base::Bytes dma_setup(100);
  dma_setup[0] = 0x12;
  bench.send(0, 0, dma_setup);
  bench.expect_silence();
  expect_only(&BadInput::hbm_unknown_command);
}

TEST_F(BadInputTest, AHostBusMessageOfTheWrongSizeIsIgnored) {
  for (const char* message : {"01 00 00", "01 00 00 01 00", "02 00 00", "04", "05 20 00 00 00",
                              "06 20 02", "07 20 01", "08 20 01 00", "87 20"}) {
    const std::uint64_t before = bench.device.counters().hbm_malformed;
    bench.send_hbm(message);
    bench.expect_silence();
    EXPECT_EQ(bench.device.counters().hbm_malformed, before + 1) << message;
  }
  expect_still_works();
}

TEST_F(BadInputTest, NothingButStartIsAnsweredFirst) {
  bench.link_up();
  for (const char* message : {"02 00 00 00", "04 00 00 00", "05 20 00 00", "06 20 01 00",
                              "07 20 01 00", "08 20 01 00 00 00 00 00"}) {
    bench.send_hbm(message);
    bench.expect_silence();
  }
  EXPECT_EQ(bench.device.counters().hbm_before_start, 6u);
  bench.hbm_start();
}

TEST_F(BadInputTest, AMessageWithoutACreditIsDroppedAndNoneIsMade) {
  bench.write_fragment(header(4, Piece::last), {1, 2, 3, 4});
  bench.write_fragment(header(4, Piece::last), {5, 6, 7, 8});
  bench.bell();
  EXPECT_EQ(bench.client.received.size(), 1u);
  expect_only(&BadInput::no_credit);
  expect_regrant();
  bench.expect_silence();
  expect_still_works();
}

TEST_F(BadInputTest, AMessageBeforeTheFirstCreditIsDropped) {
  bench.send_hbm("07 20 01 00");
  bench.expect_message();
  bench.write_fragment(0x80040000, {0x06, 0x20, 1, 0});
  bench.write_fragment(header(1, Piece::last), {1});
  bench.bell();
  EXPECT_TRUE(bench.client.received.empty());
  expect_only(&BadInput::no_credit);
  EXPECT_EQ(bench.expect_message().hex(), "86200100");
  expect_regrant();
  expect_still_works();
}

TEST_F(BadInputTest, AMessageLongerThanTheClientTakesIsDroppedAndItsCreditReturned) {
  bench.send(0x20, 1, base::Bytes(513, 1));
  EXPECT_TRUE(bench.client.received.empty());
  expect_only(&BadInput::oversize);
  expect_regrant();
  bench.expect_silence();
  expect_still_works();
}

TEST_F(BadInputTest, AFixedAddressHasALongestMessageToo) {
  bench.send(7, 0, base::Bytes(513, 1));
  EXPECT_TRUE(bench.fixed.received.empty());
  expect_only(&BadInput::oversize);
  bench.send(7, 0, {1});
  EXPECT_EQ(bench.fixed.received.size(), 1u);
}

TEST_F(BadInputTest, AHostBusMessageWithoutEndIsDropped) {
  for (int i = 0; i < 3; ++i) {
    bench.write_fragment(0x00300000, base::Bytes(48, 1));
    bench.bell();
  }
  bench.write_fragment(0x80040000, {1, 0, 0, 1});
  bench.bell();
  bench.expect_silence();
  expect_only(&BadInput::oversize);
  bench.hbm_start();
}

TEST_F(BadInputTest, AMessageToNobodyIsDropped) {
  bench.send(0x44, 1, {1});
  expect_only(&BadInput::unknown_client);
  bench.expect_silence();
  expect_still_works();
}

TEST_F(BadInputTest, AMessageFromAnUnconnectedHostAddressIsDropped) {
  bench.send(0x20, 2, {1});
  expect_only(&BadInput::not_connected);
  EXPECT_TRUE(bench.client.received.empty());
  bench.expect_silence();
  expect_still_works();
}

TEST_F(BadInputTest, HostAddressZeroToADynamicClientIsNoConnection) {
  bench.send(0x20, 0, {1});
  expect_only(&BadInput::not_connected);
}

TEST_F(BadInputTest, AFixedAddressAnswersHostAddressZeroOnly) {
  bench.send(7, 1, {1});
  expect_only(&BadInput::wrong_address);
  EXPECT_TRUE(bench.fixed.received.empty());
}

TEST_F(BadInputTest, HostBusMessagesComeFromHostAddressZeroOnly) {
  bench.send(0, 1, {0x04, 0, 0, 0});
  bench.expect_silence();
  expect_only(&BadInput::wrong_address);
}

TEST_F(BadInputTest, AnAllZeroHeaderIsSkipped) {
  bench.write_slots({0});
  bench.bell();
  bench.expect_silence();
  expect_only(&BadInput::empty_fragment);
  expect_still_works();
}

TEST_F(BadInputTest, AMessageOfNothingIsDroppedAndItsCreditReturned) {
  bench.write_slots({header(0, Piece::last)});
  bench.bell();
  EXPECT_TRUE(bench.client.received.empty());
  expect_only(&BadInput::empty_message);
  expect_regrant();
}

TEST_F(BadInputTest, ALastFragmentMayBeEmpty) {
  bench.write_fragment(header(4, Piece::more), {1, 2, 3, 4});
  bench.write_slots({header(0, Piece::last)});
  bench.bell();
  EXPECT_EQ(bench.client.received.at(0).message, (base::Bytes{1, 2, 3, 4}));
  EXPECT_EQ(bench.device.counters(), BadInput{});
}

TEST_F(BadInputTest, HalfAMessageThenAResetLeaksNothing) {
  bench.write_fragment(header(4, Piece::more), {1, 2, 3, 4});
  bench.bell();
  EXPECT_EQ(bench.device.bus().credit({0x20, 1}), Credit::in_use);
  bench.link_up();
  expect_only(&BadInput::message_cut_by_reset);
  bench.hbm_start();
  bench.connect(0x20, 1);
  expect_still_works();
}

TEST_F(BadInputTest, SlotsStillInTheRingAtAResetAreForgotten) {
  bench.write_slots({header(8, Piece::last), 1});
  bench.link_up();
  expect_only(&BadInput::message_cut_by_reset);
  bench.hbm_start();
}

TEST_F(BadInputTest, HalfAHostBusMessageThenAResetIsForgotten) {
  bench.write_fragment(0x00020000, {0x01, 0x00});
  bench.bell();
  bench.link_up();
  expect_only(&BadInput::message_cut_by_reset);
  bench.hbm_start();
}

TEST_F(BadInputTest, HalfAMessageThenADisconnectLeaksNothing) {
  bench.write_fragment(header(4, Piece::more), {1, 2, 3, 4});
  bench.bell();
  bench.send_hbm("07 20 01 00");
  bench.expect_message();
  bench.connect(0x20, 1);
  expect_still_works();
}

TEST_F(BadInputTest, ACreditForNoConnectionIsIgnored) {
  bench.give_credit(0x20, 2);
  expect_only(&BadInput::flow_control_unknown);
  bench.give_credit(7, 0);
  EXPECT_EQ(bench.device.counters().flow_control_unknown, 2u);
  bench.expect_silence();
}

TEST_F(BadInputTest, AnAnswerToAConnectionThatIsGoneIsDropped) {
  bench.device.reply_port().reply({0x20, 9}, bytes("01"));
  expect_only(&BadInput::reply_without_connection);
}

TEST_F(BadInputTest, AnAnswerWhileTheLinkIsDownIsDroppedEvenToAFixedAddress) {
  bench.device.set_not_ready();
  bench.device.reply_port().reply({7, 0}, bytes("01"));
  expect_only(&BadInput::reply_without_connection);
  bench.boot_and_link_up();
  bench.turn();
  bench.expect_silence();
}

TEST_F(BadInputTest, AnAnswerLongerThanTheClientsMaximumIsDropped) {
  bench.device.reply_port().reply({0x20, 1}, base::Bytes(513));
  expect_only(&BadInput::reply_oversize);
}

TEST_F(BadInputTest, AFifthAnswerUnreadIsDropped) {
  for (int i = 0; i < 4; ++i) bench.device.reply_port().reply({0x20, 1}, bytes("01"));
  EXPECT_EQ(bench.device.counters(), BadInput{});
  bench.device.reply_port().reply({0x20, 1}, bytes("02"));
  expect_only(&BadInput::reply_queue_full);
}

TEST_F(BadInputTest, EachIsInTheTraceByItsName) {
  sim::TraceRing ring(4);
  bench.trace.attach(ring);
  bench.send(0x44, 1, {1});
  const auto last = ring.last(1);
  ASSERT_EQ(last.size(), 1u);
  EXPECT_EQ(last[0].record.kind, sim::TraceKind::bad_input);
  EXPECT_STREQ(last[0].record.text, "unknown_client");
  EXPECT_EQ(last[0].record.me_addr, 0x44);
  EXPECT_EQ(last[0].record.host_addr, 1);
}

TEST_F(BadInputTest, WholeMessagesAreInTheTraceInBothDirections) {
  sim::TraceRing ring(8);
  bench.trace.attach(ring);
  bench.send_hbm("04 00 00 00");
  const auto last = ring.last(8);
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].record.kind, sim::TraceKind::message_to_me);
  EXPECT_EQ(last[0].data_size, 4u);
  EXPECT_EQ(last[1].record.kind, sim::TraceKind::message_to_host);
  EXPECT_EQ(last[1].data_size, 36u);
  EXPECT_EQ(last[1].head[0], 0x84);
}

}  // namespace
}  // namespace emulator::heci
