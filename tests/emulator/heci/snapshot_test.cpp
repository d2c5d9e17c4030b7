// SPDX-License-Identifier: BSD-3-Clause
// A saved device goes on exactly where it stood: in the middle of a message in either direction, of
// a reset, of a delay.
#include <algorithm>
#include <functional>

#include "emulator/sim/random.h"
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

constexpr HeciConfig kShallow = {.depth = 8,
                                 .reset_delay = std::chrono::milliseconds(50),
                                 .turnaround = std::chrono::microseconds(300),
                                 .first_dynamic_address = 0x20};

struct SavableBench : StartedBench {
  SavableBench() : StartedBench(kShallow) {}
  void serialize(sim::Archive& a) {
    scheduler.serialize(a);
    faults.serialize(a);
    device.serialize(a);
  }
  base::Bytes save() {
    sim::Archive a = sim::Archive::saving();
    serialize(a);
    return a.saved();
  }
  base::Result<void> load(base::ByteView saved) {
    sim::Archive a = sim::Archive::loading(saved);
    serialize(a);
    return a.finish();
  }
};

/// Brings one bench to a state, copies it into another, does the same to both and compares all
/// they show.
void expect_same_future(const std::function<void(SavableBench&)>& past,
                        const std::function<void(SavableBench&)>& future) {
  SavableBench original;
  past(original);
  SavableBench copy;
  const base::Bytes saved = original.save();
  ASSERT_TRUE(copy.load(saved));
  EXPECT_EQ(copy.save(), saved);
  copy.client.received = original.client.received;
  future(original);
  future(copy);
  EXPECT_EQ(copy.save(), original.save());
  ASSERT_EQ(copy.client.received.size(), original.client.received.size());
  for (std::size_t i = 0; i < copy.client.received.size(); ++i) {
    EXPECT_EQ(copy.client.received[i].message, original.client.received[i].message);
  }
}

TEST(HeciSnapshot, InTheMiddleOfAMessageFromTheHost) {
  expect_same_future(
      [](SavableBench& bench) {
        bench.connect(0x20, 1);
        bench.write_fragment(bench.header(0x20, 1, 8, Piece::more), bytes("0102030405060708"));
        bench.bell();
      },
      [](SavableBench& bench) {
        bench.write_fragment(bench.header(0x20, 1, 2, Piece::last), bytes("090a"));
        bench.bell();
        ASSERT_EQ(bench.client.received.size(), 1u);
        EXPECT_EQ(bench.client.received[0].message, bytes("0102030405060708090a"));
        EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
      });
}

TEST(HeciSnapshot, InTheMiddleOfAnAnswer) {
  base::Bytes answer(100);
  for (std::size_t i = 0; i < answer.size(); ++i) answer[i] = static_cast<std::uint8_t>(i);
  expect_same_future(
      [&](SavableBench& bench) {
        bench.client.answer = answer;
        bench.connect(0x20, 1);
        bench.send(0x20, 1, {1});
        bench.expect_message();
        bench.give_credit(0x20, 1);
        ASSERT_FALSE(bench.read_fragment()->last());
        ASSERT_FALSE(bench.device.bus().channels().empty());
      },
      [&](SavableBench& bench) {
        bench.bell();
        const Message rest = bench.expect_message();
        EXPECT_EQ(rest.payload, base::Bytes(answer.begin() + 28, answer.end()));
      });
}

TEST(HeciSnapshot, WithAHostCreditNotYetSpent) {
  expect_same_future(
      [](SavableBench& bench) {
        bench.connect(0x20, 1);
        bench.give_credit(0x20, 1);
      },
      [](SavableBench& bench) {
        bench.send(0x20, 1, bytes("0102"));
        EXPECT_EQ(bench.expect_message().hex(), "0820010000000000");
        EXPECT_EQ(bench.expect_message().hex(), "0102");
      });
}

TEST(HeciSnapshot, InTheMiddleOfAReset) {
  expect_same_future(
      [](SavableBench& bench) {
        bench.write_h_csr(kHRst | kHIe);
        bench.scheduler.sleep(std::chrono::milliseconds(20));
      },
      [](SavableBench& bench) {
        bench.scheduler.sleep(std::chrono::milliseconds(29));
        EXPECT_FALSE(bench.me_ready());
        bench.scheduler.sleep(std::chrono::milliseconds(1));
        EXPECT_TRUE(bench.me_ready());
      });
}

TEST(HeciSnapshot, WhileAMessageIsDelayed) {
  expect_same_future(
      [](SavableBench& bench) {
        bench.connect(0x20, 1);
        bench.faults.arm({.point = sim::FaultPoint::host_message,
                          .action = sim::FaultAction::delay,
                          .delay = std::chrono::seconds(1)});
        bench.send(0x20, 1, bytes("0102"));
      },
      [](SavableBench& bench) {
        bench.scheduler.sleep(std::chrono::seconds(1));
        ASSERT_EQ(bench.client.received.size(), 1u);
        EXPECT_EQ(bench.client.received[0].message, bytes("0102"));
      });
}

TEST(HeciSnapshot, BetweenTheDoorbellAndTheMesTurn) {
  expect_same_future(
      [](SavableBench& bench) {
        bench.write_slots({0x80040000, 0x04});
        bench.write_h_csr(kHRdy | kHIe | kHIg);
        bench.scheduler.sleep(std::chrono::microseconds(100));
      },
      [](SavableBench& bench) {
        bench.scheduler.sleep(std::chrono::microseconds(200));
        EXPECT_EQ(bench.expect_message().payload[0], 0x84);
      });
}

TEST(HeciSnapshot, StateCutAnywhereIsRefusedWithoutHarm) {
  SavableBench bench;
  bench.connect(0x20, 1);
  bench.write_fragment(bench.header(0x20, 1, 4, Piece::more), {1, 2, 3, 4});
  bench.bell();
  const base::Bytes saved = bench.save();
  for (std::size_t size = 0; size < saved.size(); size += 3) {
    SavableBench other;
    EXPECT_FALSE(other.load(base::ByteView(saved).first(size))) << size;
  }
}

TEST(HeciSnapshot, OtherClientsAreRefused) {
  SavableBench bench;
  HeciBench other(kShallow);
  const base::Bytes saved = bench.save();
  sim::Archive a = sim::Archive::loading(saved);
  other.scheduler.serialize(a);
  other.faults.serialize(a);
  other.device.serialize(a);
  ASSERT_FALSE(a.finish());
  EXPECT_EQ(a.finish().error().doing, "heci client bus: another number of ME clients");
}

TEST(HeciSnapshot, ADelayedMessageWhoseConnectionIsMissingIsRefused) {
  SavableBench bench;
  bench.connect(0x20, 1);
  bench.faults.arm({.point = sim::FaultPoint::host_message,
                    .action = sim::FaultAction::delay,
                    .delay = std::chrono::seconds(1)});
  bench.send(0x20, 1, bytes("0102"));
  base::Bytes saved = bench.save();
  const base::Bytes section = {4, 0, 0, 0, 'h', 'e', 'c', 'i'};
  const auto at = std::search(saved.begin(), saved.end(), section.begin(), section.end());
  ASSERT_NE(at, saved.end());
  // Behind the section's head, two enums of eight bytes and me_addr.
  const auto held_host_address = at + section.size() + 8 + 8 + 1;
  ASSERT_EQ(*held_host_address, 1);
  *held_host_address = 9;
  SavableBench other;
  const auto loaded = other.load(saved);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().doing, "heci: a delayed message that is not there");
}

TEST(HeciSnapshot, SpoiledStateNeverBreaksTheDevice) {
  SavableBench bench;
  bench.connect(0x20, 1);
  bench.give_credit(0x20, 1);
  bench.send(0x20, 1, base::Bytes(60, 1));
  const base::Bytes good = bench.save();
  sim::Random random(7);
  for (int round = 0; round < 300; ++round) {
    base::Bytes spoiled = good;
    for (int i = 0; i < 3; ++i) {
      spoiled[random.below(spoiled.size())] = static_cast<std::uint8_t>(random.next());
    }
    SavableBench other;
    if (!other.load(spoiled)) continue;
    other.write_slots({0x80040000, 0x01000001});
    other.write_h_csr(kHRdy | kHIe | kHIg);
    for (int i = 0; i < 40; ++i) other.device.read32(0x08);
    other.write_h_csr(kHRdy | kHIe | kHIg);
  }
}

}  // namespace
}  // namespace emulator::heci
