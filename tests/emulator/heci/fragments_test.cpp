// SPDX-License-Identifier: BSD-3-Clause
// Whole messages through rings of every depth: fragments in, fragments out, nothing lost and
// nothing reordered.
#include <numeric>

#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

base::Bytes pattern(std::size_t size) {
  base::Bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  return out;
}

HeciConfig with_depth(std::uint32_t depth) {
  HeciConfig config = kBenchConfig;
  config.depth = depth;
  return config;
}

class HeciDepth : public testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(EveryDepth, HeciDepth, testing::Values(2, 4, 8, 16, 32, 64, 128));

TEST_P(HeciDepth, MessagesOfEveryLengthComeBackWhole) {
  StartedBench bench(with_depth(GetParam()), {.max_connections = 1, .max_message_length = 700});
  bench.connect(0x20, 1);
  for (const std::size_t size :
       {1u, 2u, 3u, 4u, 5u, 8u, 123u, 124u, 125u, 507u, 508u, 509u, 511u, 512u, 700u}) {
    bench.give_credit(0x20, 1);
    bench.send(0x20, 1, pattern(size));
    ASSERT_EQ(bench.client.received.back().message, pattern(size)) << size;
    ASSERT_EQ(bench.expect_message().hex(), "0820010000000000") << size;
    ASSERT_EQ(bench.expect_message().payload, pattern(size)) << size;
  }
  EXPECT_EQ(bench.device.counters(), BadInput{});
}

TEST_P(HeciDepth, TheWholeStartUpOfAHostWorks) {
  StartedBench bench(with_depth(GetParam()));
  bench.send_hbm("04 00 00 00");
  EXPECT_EQ(bench.expect_message().payload.size(), 36u);
  bench.send_hbm("05 20 00 00");
  EXPECT_EQ(bench.expect_message().payload.size(), 28u);
  bench.connect(0x20, 1);
}

TEST_P(HeciDepth, NoFragmentIsLargerThanTheRing) {
  StartedBench bench(with_depth(GetParam()), {.max_connections = 1, .max_message_length = 4160});
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.client.answer = pattern(4160);
  bench.send(0x20, 1, {1});
  bench.expect_message();
  base::Bytes whole;
  for (;;) {
    ASSERT_LE(bench.filled_to_host(), GetParam());
    const auto fragment = bench.read_fragment();
    ASSERT_TRUE(fragment);
    ASSERT_LE(fragment->length(), (GetParam() - 1) * 4);
    ASSERT_LE(fragment->length(), 511u);
    whole.insert(whole.end(), fragment->payload.begin(), fragment->payload.end());
    bench.bell();
    if (fragment->last()) break;
    ASSERT_EQ(fragment->length() % 4, 0u) << "only the last may end inside a slot";
  }
  EXPECT_EQ(whole, pattern(4160));
}

TEST(HeciFragments, AMessageThatFitsIsOneFragment) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.client.answer = pattern(31 * 4);
  bench.send(0x20, 1, {1});
  bench.expect_message();
  bench.give_credit(0x20, 1);
  const auto fragment = bench.read_fragment();
  ASSERT_TRUE(fragment);
  EXPECT_TRUE(fragment->last());
  EXPECT_EQ(fragment->header, 0x807C0120u);
}

TEST(HeciFragments, BytesBehindTheEndOfAMessageAreZero) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.send(0x20, 1, {0xAA});
  bench.expect_message();
  EXPECT_EQ(bench.device.read32(0x08), 0x80010120u);
  EXPECT_EQ(bench.device.read32(0x08), 0x000000AAu);
}

TEST(HeciFragments, TheMeGoesOnWhenTheHostRingsAfterReading) {
  StartedBench bench(with_depth(8));
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.client.answer = pattern(56);
  bench.send(0x20, 1, {1});
  bench.expect_message();
  EXPECT_EQ(bench.filled_to_host(), 8u);
  for (int i = 0; i < 8; ++i) bench.device.read32(0x08);
  bench.scheduler.sleep(std::chrono::seconds(1));
  bench.expect_silence();
  bench.bell();
  EXPECT_EQ(bench.filled_to_host(), 8u);
}

TEST(HeciFragments, AFragmentHalfWrittenWaitsForItsRest) {
  StartedBench bench;
  bench.connect(0x20, 1);
  bench.write_slots({bench.header(0x20, 1, 8, Piece::last), 0x04030201});
  bench.bell();
  EXPECT_TRUE(bench.client.received.empty());
  EXPECT_EQ(bench.filled_from_host(), 2u);
  bench.write_slots({0x08070605});
  bench.bell();
  ASSERT_EQ(bench.client.received.size(), 1u);
  EXPECT_EQ(bench.client.received[0].message, bytes("0102030405060708"));
}

TEST(HeciFragments, FragmentsOfTwoConnectionsAndOfHbmMayInterleave) {
  StartedBench bench(kBenchConfig, {.max_connections = 2, .max_message_length = 512});
  bench.connect(0x20, 1);
  bench.connect(0x20, 2);
  bench.write_fragment(bench.header(0x20, 1, 2, Piece::more), {1, 2});
  bench.write_fragment(bench.header(0x20, 2, 2, Piece::more), {5, 6});
  bench.write_fragment(0x80080000, {0x08, 0x20, 1, 0, 0, 0, 0, 0});
  bench.write_fragment(bench.header(7, 0, 1, Piece::more), {9});
  bench.write_fragment(bench.header(0x20, 1, 2, Piece::last), {3, 4});
  bench.write_fragment(bench.header(0x20, 2, 2, Piece::last), {7, 8});
  bench.write_fragment(bench.header(7, 0, 1, Piece::last), {10});
  bench.bell();
  ASSERT_EQ(bench.client.received.size(), 2u);
  EXPECT_EQ(bench.client.received[0].message, (base::Bytes{1, 2, 3, 4}));
  EXPECT_EQ(bench.client.received[1].message, (base::Bytes{5, 6, 7, 8}));
  EXPECT_EQ(bench.fixed.received.at(0).message, (base::Bytes{9, 10}));
}

TEST(HeciFragments, AHostBusMessageDoesNotSplitAnAnswerUnderWay) {
  StartedBench bench(with_depth(8), {.max_connections = 1, .max_message_length = 512});
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.client.answer = pattern(100);
  bench.send(0x20, 1, {1});
  bench.expect_message();
  ASSERT_FALSE(bench.read_fragment()->last());
  bench.send_hbm("05 20 00 00");
  for (;;) {
    const auto fragment = bench.read_fragment();
    ASSERT_TRUE(fragment);
    ASSERT_EQ(fragment->me_addr(), 0x20);
    bench.bell();
    if (fragment->last()) break;
  }
  EXPECT_EQ(bench.expect_message().payload[0], 0x85);
}

TEST(HeciFragments, DisconnectStopsAnAnswerUnderWay) {
  StartedBench bench(with_depth(8), {.max_connections = 1, .max_message_length = 512});
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.client.answer = pattern(100);
  bench.send(0x20, 1, {1});
  bench.expect_message();
  bench.send_hbm("07 20 01 00");
  while (const auto fragment = bench.read_fragment()) {
    bench.bell();
    if (fragment->me_addr() == 0) {
      EXPECT_EQ(base::to_hex(fragment->payload), "87200100");
    }
  }
  bench.connect(0x20, 1);
}

TEST(CutFragment, KeepsToTheRoomThereIs) {
  EXPECT_FALSE(cut_fragment(4, 0));
  EXPECT_FALSE(cut_fragment(4, 1));
  EXPECT_EQ(cut_fragment(4, 2)->length, 4);
  EXPECT_TRUE(cut_fragment(4, 2)->last);
  EXPECT_EQ(cut_fragment(5, 2)->length, 4);
  EXPECT_FALSE(cut_fragment(5, 2)->last);
  EXPECT_EQ(cut_fragment(511, 200)->length, 508) << "a whole number of slots below 512";
  EXPECT_TRUE(cut_fragment(0, 1)->last);
}

}  // namespace
}  // namespace emulator::heci
