// SPDX-License-Identifier: BSD-3-Clause
// The trace: stamped with virtual time, handed to every sink, and kept in a ring that forgets the
// oldest.
#include "emulator/sim/trace.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <string>

#include "emulator/sim/scheduler.h"

namespace emulator::sim {
namespace {

TEST(Trace, ARecordCarriesTheVirtualTimeItWasMade) {
  Scheduler scheduler;
  Trace trace(scheduler);
  TraceRing ring(4);
  trace.attach(ring);
  scheduler.sleep(std::chrono::milliseconds(3));
  trace.record({.kind = TraceKind::power, .text = "on"});
  ASSERT_EQ(ring.last(4).size(), 1u);
  EXPECT_EQ(ring.last(4)[0].record.at, std::chrono::milliseconds(3));
  EXPECT_STREQ(ring.last(4)[0].record.text, "on");
}

TEST(Trace, ADetachedSinkHearsNothing) {
  Scheduler scheduler;
  Trace trace(scheduler);
  TraceRing kept(2);
  TraceRing gone(2);
  trace.attach(kept);
  trace.attach(gone);
  trace.detach(gone);
  trace.record({});
  EXPECT_EQ(kept.last(2).size(), 1u);
  EXPECT_TRUE(gone.last(2).empty());
}

TEST(TraceRing, TheOldestRecordIsForgottenFirst) {
  TraceRing ring(3);
  for (std::uint32_t i = 0; i < 5; ++i) ring.record({.a = i});
  const auto last = ring.last(10);
  ASSERT_EQ(last.size(), 3u);
  EXPECT_EQ(last[0].record.a, 2u);
  EXPECT_EQ(last[2].record.a, 4u);
}

TEST(TraceRing, TheLastRecordsComeOldestFirst) {
  TraceRing ring(8);
  for (std::uint32_t i = 0; i < 5; ++i) ring.record({.a = i});
  const auto last = ring.last(2);
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].record.a, 3u);
  EXPECT_EQ(last[1].record.a, 4u);
}

TEST(TraceRing, DataIsCopiedUpToSixtyFourBytes) {
  base::Bytes data(100);
  std::iota(data.begin(), data.end(), std::uint8_t{0});
  TraceRing ring(1);
  ring.record({.data = data});
  data.assign(100, 0xEE);
  const auto kept = ring.last(1).at(0);
  EXPECT_EQ(kept.data_size, 100u);
  EXPECT_TRUE(kept.record.data.empty());
  EXPECT_EQ(kept.head.front(), 0);
  EXPECT_EQ(kept.head.back(), 63);
}

TEST(TraceRing, ARingOfNothingKeepsNothing) {
  TraceRing ring(0);
  ring.record({});
  EXPECT_TRUE(ring.last(1).empty());
}

TEST(Trace, EveryKindHasItsOwnName) {
  std::set<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(TraceKind::fault); ++kind) {
    names.insert(name(static_cast<TraceKind>(kind)));
  }
  EXPECT_EQ(names.size(), 10u);
  EXPECT_FALSE(names.contains("unknown"));
}

}  // namespace
}  // namespace emulator::sim
