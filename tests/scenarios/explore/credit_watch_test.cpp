// SPDX-License-Identifier: BSD-3-Clause
// Credits counted from outside: what the ME may send, and what it may not.
#include "scenarios/explore/credit_watch.h"

#include <gtest/gtest.h>

#include "emulator/sim/scheduler.h"

namespace scenarios::explore {
namespace {

using emulator::sim::TraceKind;

class CreditWatchTest : public testing::Test {
 protected:
  void bus(TraceKind kind, const base::Bytes& message) {
    trace.record({.kind = kind, .data = message});
  }
  void connected() { bus(TraceKind::message_to_host, {0x86, 0x20, 1, 0}); }
  void granted() { bus(TraceKind::message_to_me, {0x08, 0x20, 1, 0, 0, 0, 0, 0}); }
  void sent() {
    trace.record({.kind = TraceKind::message_to_host, .me_addr = 0x20, .host_addr = 1});
  }
  bool sound() const { return watch.complaint().empty(); }

  emulator::sim::Scheduler clock;
  emulator::sim::Trace trace{clock};
  CreditWatch watch{trace};
};

TEST_F(CreditWatchTest, AMessageNeedsACredit) {
  connected();
  granted();
  sent();
  EXPECT_TRUE(sound());
  sent();
  EXPECT_EQ(watch.complaint(), "the ME sent 32-1 a message for which the host had no room");
}

TEST_F(CreditWatchTest, AConnectionThatIsMadeAnewBeginsWithoutOne) {
  connected();
  granted();
  connected();
  sent();
  EXPECT_FALSE(sound());
}

TEST_F(CreditWatchTest, ADisconnectEndsIt) {
  connected();
  granted();
  bus(TraceKind::message_to_host, {0x87, 0x20, 1, 0});
  granted();
  connected();
  sent();
  EXPECT_FALSE(sound());
}

TEST_F(CreditWatchTest, AResetOfTheLinkEndsAll) {
  connected();
  granted();
  trace.record({.kind = TraceKind::link, .text = "host reset"});
  connected();
  sent();
  EXPECT_FALSE(sound());
}

TEST_F(CreditWatchTest, AHostThatNeverMaySendIsNotedWhenItGivesUp) {
  for (const bool may_send : {true, false}) {
    connected();
    if (may_send) bus(TraceKind::message_to_host, {0x08, 0x20, 1, 0, 0, 0, 0, 0});
    clock.sleep(std::chrono::seconds(15));
    trace.record({.kind = TraceKind::link, .text = "host reset"});
    EXPECT_EQ(sound(), may_send);
  }
}

TEST_F(CreditWatchTest, AnAddressThatNobodyConnectedToNeedsNone) {
  sent();
  EXPECT_TRUE(sound());
}

}  // namespace
}  // namespace scenarios::explore
