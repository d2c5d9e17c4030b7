// SPDX-License-Identifier: BSD-3-Clause
// The watchdog: both drivers' start messages, stop, and expiry in virtual time.
#include "emulator/clients/watchdog_client.h"

#include <gtest/gtest.h>

#include "scripted_firmware.h"

namespace emulator::clients {
namespace {

using namespace std::chrono_literals;

struct Watchdog : testing::Test, sim::TraceSink {
  static constexpr heci::Connection kHost = {.me_addr = 0x22, .host_addr = 1};

  Watchdog() { trace.attach(*this); }
  void record(const sim::TraceRecord& r) override {
    if (r.text == std::string_view("watchdog expired")) expired_at.push_back(r.at);
  }
  std::string ask(std::string_view request) {
    client.receive(kHost, hex(request));
    return port.only();
  }
  /// As the 2008 driver sends it: 20 bytes.
  std::string start_for_120s() { return ask("02 12 13 10  7800  0000000000000000000000000000"); }

  sim::Scheduler scheduler;
  sim::Trace trace{scheduler};
  RecordingPort port;
  WatchdogClient client{port, scheduler, trace};
  std::vector<base::TimePoint> expired_at;
};

TEST_F(Watchdog, EraDriversStartIsAnswered) {
  EXPECT_EQ(start_for_120s(), packed("02 04 83 10  00 00"));
  EXPECT_TRUE(client.running());
}

TEST_F(Watchdog, LinuxDriversStartIsAnswered) {
  EXPECT_EQ(ask("02 15 13 10  7800  0000000000000000000000000000000000"),
            packed("02 04 83 10  00 00"));
  EXPECT_TRUE(client.running());
}

TEST_F(Watchdog, ExpiresOnceAfterItsTimeout) {
  start_for_120s();
  scheduler.sleep(1000s);
  ASSERT_EQ(expired_at.size(), 1u);
  EXPECT_EQ(expired_at[0], 120s);
}

TEST_F(Watchdog, EachStartBeginsTheTimeoutAnew) {
  start_for_120s();
  scheduler.sleep(100s);
  start_for_120s();
  scheduler.sleep(119s);
  EXPECT_TRUE(expired_at.empty());
  scheduler.sleep(1s);
  EXPECT_EQ(expired_at.size(), 1u);
}

TEST_F(Watchdog, StopIsNotAnsweredAndNothingExpires) {
  start_for_120s();
  EXPECT_EQ(ask("02 02 14 10"), "none");
  scheduler.sleep(1000s);
  EXPECT_TRUE(expired_at.empty());
}

TEST_F(Watchdog, OutlivesItsConnection) {
  start_for_120s();
  client.disconnected(kHost);
  scheduler.sleep(120s);
  EXPECT_EQ(expired_at.size(), 1u);
}

TEST_F(Watchdog, TimeoutOfZeroIsRefused) {
  EXPECT_EQ(ask("02 04 13 10  0000"), packed("02 04 83 10  01 00"));
  EXPECT_FALSE(client.running());
}

TEST_F(Watchdog, ByteCountThatDoesNotFitIsIgnored) {
  EXPECT_EQ(ask("02 12 13 10  7800"), "none");
  EXPECT_EQ(ask("02 12 13 11  7800  0000000000000000000000000000"), "none");
  EXPECT_EQ(ask("02"), "none");
  EXPECT_FALSE(client.running());
}

}  // namespace
}  // namespace emulator::clients
