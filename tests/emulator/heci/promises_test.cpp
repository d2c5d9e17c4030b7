// SPDX-License-Identifier: BSD-3-Clause
// What the parts of the bus promise one another, broken on purpose.
#include <gtest/gtest.h>

#include "emulator/heci/client_bus.h"
#include "emulator/heci/send_queue.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::heci {
namespace {

TEST(BusPromisesDeathTest, AMessageThatIsQueuedFits) {
  EXPECT_DEATH(SendQueue(0, 8), "a queue has a place");
  SendQueue queue(1, 8);
  EXPECT_DEATH(queue.push(base::Bytes(9), 0), "a message that is queued fits");
  queue.push(base::Bytes(8), 0);
  EXPECT_DEATH(queue.push(base::Bytes(1), 1), "a message that is queued fits");
}

TEST(BusPromisesDeathTest, WhatLeavesIsThere) {
  SendQueue queue(2, 8);
  EXPECT_DEATH((void)queue.front(), "there is a message to take");
  EXPECT_DEATH(queue.pop(), "there is a message to take");
  queue.push(base::Bytes(8), 0);
  EXPECT_DEATH(queue.advance(8), "a message under way is not at its end");
}

TEST(BusPromisesDeathTest, AFaultTouchesNoMessageThatHasBegunToLeave) {
  SendQueue queue(2, 8);
  queue.push(base::Bytes(8), 0);
  EXPECT_DEATH(queue.shorten(9), "shorter than it was");
  queue.advance(4);
  EXPECT_DEATH(queue.shorten(4), "a message is shortened before it leaves");
  EXPECT_DEATH(queue.invert_first_byte(), "a message is damaged before it leaves");
}

class SilentClient final : public MeClient {
 public:
  protocol::hbm::ClientProperties properties() const override { return {.max_message_length = 8}; }
  void receive(Connection, base::ByteView) override {}
  void disconnected(Connection) override {}
};

TEST(BusPromisesDeathTest, AFixedAddressIsFree) {
  sim::Scheduler clock;
  sim::Trace trace(clock);
  BadInputLog bad_input(trace);
  ClientBus bus(1, bad_input);
  SilentClient client;
  bus.add_fixed(7, client);
  EXPECT_DEATH(bus.add_fixed(7, client), "a fixed address is free");
  EXPECT_DEATH(bus.add_fixed(0, client), "a fixed address is free");
}

}  // namespace
}  // namespace emulator::heci
