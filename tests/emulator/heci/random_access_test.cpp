// SPDX-License-Identifier: BSD-3-Clause
// A host that does anything at all, 100 000 times a seed: the rings keep their bounds, no credit is
// lost or made.
#include <tuple>

#include "emulator/sim/random.h"
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

constexpr int kOperations = 100'000;

struct RandomHost {
  RandomHost(std::uint64_t seed, std::uint32_t depth)
      : random(seed), bench({.depth = depth}, {.max_connections = 2, .max_message_length = 96}) {
    shared.props = {.max_connections = 3, .single_recv_buf = 1, .max_message_length = 40};
    shared.port = &bench.device.reply_port();
    bench.device.set_not_ready();
    bench.device.add_client(shared);
    bench.boot_and_link_up();
    bench.hbm_start();
  }

  std::uint8_t byte() { return static_cast<std::uint8_t>(random.next()); }
  std::uint8_t some_client() { return static_cast<std::uint8_t>(0x20 + random.below(3)); }
  std::uint8_t some_host() { return static_cast<std::uint8_t>(random.below(4)); }

  /// Never more than there is room for: what a full ring does has its own test.
  void fragment(std::uint32_t header, std::size_t length) {
    if (bench.filled_from_host() + 1 + (length + 3) / 4 > bench.config.depth) return;
    base::Bytes payload(length);
    for (std::uint8_t& b : payload) b = byte();
    bench.write_fragment(header, payload);
  }
  void hbm_message() {
    static constexpr std::uint8_t kCommands[] = {1, 4, 5, 6, 6, 6, 7, 8, 8, 8, 8, 0x10, 0x87};
    const std::uint8_t command = kCommands[random.below(std::size(kCommands))];
    base::Bytes payload = {command, some_client(), some_host(), 0};
    if (command == 8 && random.below(8) != 0) payload.resize(8);
    if (bench.filled_from_host() + 3 > bench.config.depth) return;
    bench.write_fragment(
        bench.header(0, 0, payload.size(), random.below(50) != 0 ? Piece::last : Piece::more),
        payload);
  }
  void client_message() {
    const std::size_t length = random.below(60);
    fragment(bench.header(some_client(), some_host(), length,
                          random.below(3) != 0 ? Piece::last : Piece::more),
             length);
  }
  void rare() {
    switch (random.below(6)) {
      case 0:
        return bench.write_h_csr(kHRst | kHIe);
      case 1:
        return bench.device.write32(0x00, static_cast<std::uint32_t>(random.next()));
      case 2:
        bench.device.read32(static_cast<std::uint32_t>(random.below(32)));
        return;
      case 3:
        return bench.device.write32(static_cast<std::uint32_t>(random.below(32)), byte());
      case 4:
        return bench.send_hbm("02 00 00 00");
      default:
        return fragment(static_cast<std::uint32_t>(random.next()), random.below(30));
    }
  }
  /// Now and then the host is a good one for a moment, or it would get nowhere.
  void start_again() {
    bench.write_h_csr(kHIe);
    bench.link_up();
    bench.hbm_start();
  }
  void operate() {
    if (bench.device.hbm_state() != HbmState::started && random.below(50) == 0)
      return start_again();
    const std::uint64_t dice = random.below(1000);
    if (dice < 5) return rare();
    if (dice < 150) return hbm_message();
    if (dice < 350) return client_message();
    if (dice < 400) return bench.write_h_csr(kHRdy | kHIe | kHIg | kHIs);
    if (dice < 450) return bench.scheduler.sleep(std::chrono::microseconds(random.below(1000)));
    if (dice < 460) return bench.scheduler.sleep(std::chrono::milliseconds(60));
    if (bench.filled_to_host() > 0) bench.device.read32(0x08);
  }

  void check() {
    const BadInput& counted = bench.device.counters();
    if (counted.write_to_full_ring == 0) {
      ASSERT_LE(bench.filled_from_host(), bench.config.depth);
    }
    if (counted.read_from_empty_ring == 0) {
      ASSERT_LE(bench.filled_to_host(), bench.config.depth);
    }
    ASSERT_EQ(bench.h_csr() & 0xE4, 0u) << "reserved bits and H_IG read 0";
    ASSERT_EQ(bench.me_csr() & 0xF4, 0u);
    for (const Channel& channel : bench.device.bus().channels()) check(channel);
  }
  void check(const Channel& channel) {
    const ClientEntry& client = bench.device.bus().client_of(channel);
    if (client.addressing == Addressing::fixed) return;
    if (channel.state == ChannelState::closed) {
      ASSERT_EQ(channel.credit, Credit::none);
      ASSERT_EQ(channel.inbox.state(), InboxState::empty);
      ASSERT_TRUE(channel.replies.empty());
      return;
    }
    const Credit credit = bench.device.bus().credit(channel.id);
    ASSERT_NE(credit, Credit::none) << "an open connection has its credit somewhere";
    const bool gathering = channel.inbox.state() == InboxState::gathering;
    ASSERT_TRUE(!gathering || credit == Credit::in_use);
  }

  /// Whatever happened, a well-behaved host finds a working link.
  void expect_recovery() {
    start_again();
    bench.connect(0x20, 1);
    bench.connect(0x20, 2);
    const std::size_t before = bench.client.received.size();
    bench.send(0x20, 1, bytes("c0ffee"));
    ASSERT_EQ(bench.client.received.size(), before + 1);
    EXPECT_EQ(bench.client.received.back().message, bytes("c0ffee"));
  }

  sim::Random random;
  ScriptedClient shared;
  StartedBench bench;
};

class RandomAccess : public testing::TestWithParam<std::tuple<std::uint64_t, std::uint32_t>> {};
INSTANTIATE_TEST_SUITE_P(Seeds, RandomAccess,
                         testing::Combine(testing::Values(1, 2, 3),
                                          testing::Values(8u, 32u, 128u)));

TEST_P(RandomAccess, NeitherRingNorCreditIsEverLost) {
  const auto [seed, depth] = GetParam();
  RandomHost host(seed, depth);
  for (int i = 0; i < kOperations; ++i) {
    host.operate();
    host.check();
    if (testing::Test::HasFatalFailure()) FAIL() << "seed " << seed << " operation " << i;
  }
  EXPECT_GT(host.bench.client.received.size(), 20u) << "the host got somewhere";
  EXPECT_GT(host.shared.received.size(), 20u);
  host.expect_recovery();
}

TEST(RandomAccessTwice, OneSeedIsOneHistory) {
  base::Bytes states[2];
  for (base::Bytes& state : states) {
    RandomHost host(42, 32);
    for (int i = 0; i < 20'000; ++i) host.operate();
    sim::Archive a = sim::Archive::saving();
    host.bench.device.serialize(a);
    state = a.saved();
  }
  EXPECT_EQ(states[0], states[1]);
}

}  // namespace
}  // namespace emulator::heci
