// SPDX-License-Identifier: BSD-3-Clause
// A board saved in the middle of something and loaded elsewhere goes on exactly as the saved one
// does.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/emulator/firmware/board.h"

namespace emulator::firmware {
namespace {

using namespace std::chrono_literals;

class Diary final : public sim::TraceSink {
 public:
  void record(const sim::TraceRecord& r) override {
    text_ << r.at.count() << ' ' << name(r.kind) << ' ' << r.a << ' ' << r.b << ' ' << r.text
          << '\n';
  }
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
};

base::Bytes save(Board& b) {
  auto a = sim::Archive::saving();
  b.serialize(a);
  return a.saved();
}

/// Goes on to the end of the update, whatever of it is left.
void finish(Board& b) {
  b.settle();
  if (b.firmware.update_session().state() == SessionState::staging) b.end();
}

void expect_same_future(Board& a, const FirmwareConfig& config = old_board()) {
  const base::Bytes saved = save(a);
  Board b(config, base::Bytes(kSmallPart.geometry.size, 0xFF));
  auto loading = sim::Archive::loading(saved);
  b.serialize(loading);
  ASSERT_TRUE(loading.finish());
  ASSERT_EQ(save(b), saved);
  a.answers.clear();
  Diary of_a;
  Diary of_b;
  a.trace.attach(of_a);
  b.trace.attach(of_b);
  finish(a);
  finish(b);
  EXPECT_EQ(of_a.text(), of_b.text());
  EXPECT_EQ(a.answers, b.answers);
  EXPECT_EQ(save(a), save(b));
  EXPECT_EQ(a.firmware.running_version(), b.firmware.running_version());
  a.trace.detach(of_a);
}

TEST(Snapshot, AtAnyMomentOfAnUpdateContinuesIdentically) {
  for (std::uint64_t events = 0; events < 600; events += 23) {
    Board b;
    b.boot();
    b.start(kCodeSize);
    b.firmware.update_session().data(Feeder::heci, new_image(), b);
    if (b.run(events) < events) {
      // All data is in: the rest of the events are END's.
      b.firmware.update_session().end(Feeder::heci, b);
      b.run(events - 290);
    }
    SCOPED_TRACE("after " + std::to_string(events) + " events, " +
                 name(b.firmware.update_session().state()));
    expect_same_future(b);
    EXPECT_EQ(b.firmware.running_version(), new_code().version);
  }
}

TEST(Snapshot, BetweenDataAndEndContinuesIdentically) {
  Board b;
  b.boot();
  b.stage(new_image());
  expect_same_future(b);
  EXPECT_EQ(b.firmware.running_version(), new_code().version);
}

TEST(Snapshot, OfAnUpdateThatWaitsForThePowerCycleStillWaits) {
  FirmwareConfig config = old_board();
  config.update.reset = ResetAfterUpdate::platform;
  Board b(config);
  b.boot();
  b.update(new_image());
  ASSERT_EQ(b.firmware.update_session().state(), SessionState::committed);
  expect_same_future(b, config);
}

TEST(Snapshot, WhileBootingContinuesIdentically) {
  Board b;
  b.powered = true;
  b.firmware.power_on();
  b.clock.sleep(700ms);
  expect_same_future(b);
  EXPECT_EQ(b.firmware.boot_path(), BootPath::operational);
}

TEST(Snapshot, WhileSettingsAreBeingWrittenContinuesIdentically) {
  Board b;
  b.boot();
  b.firmware.unprovision();
  b.firmware.begin_provisioning();
  expect_same_future(b);
  EXPECT_FALSE(b.firmware.saving());
}

TEST(Snapshot, WhileAMessageIsDelayedContinuesIdentically) {
  Board b;
  b.boot();
  b.faults.arm(
      {.point = sim::FaultPoint::fwu_start, .action = sim::FaultAction::delay, .delay = 1s});
  b.firmware.update_session().start(Feeder::heci, {.image_length = kCodeSize}, b);
  expect_same_future(b);
}

TEST(Snapshot, CutShortIsRefusedAtEveryLength) {
  Board a;
  a.boot();
  base::Bytes saved = save(a);
  // The flash contents are most of it: step through what is small, and jump through what is large.
  for (std::size_t length = 0; length < saved.size(); length += length % 4096 < 300 ? 1 : 1111) {
    Board b(old_board(), base::Bytes(kSmallPart.geometry.size, 0xFF));
    auto loading = sim::Archive::loading(base::ByteView(saved).first(length));
    b.serialize(loading);
    ASSERT_FALSE(loading.finish()) << length;
    if (length > 4096 && length + 8192 < saved.size()) length += 65536;
  }
}

TEST(Determinism, TheSameStoryTwiceLeavesTheSameTraceAndFlash) {
  const auto story = [] {
    Board b;
    Diary diary;
    b.trace.attach(diary);
    b.boot();
    b.faults.arm({.point = sim::FaultPoint::flash_operation,
                  .occurrence = 400,
                  .action = sim::FaultAction::power_cut_inside});
    b.update(new_image(), 500);
    b.boot();
    b.update(new_image(), 500);
    return diary.text() + std::string(b.flash.contents().begin(), b.flash.contents().end());
  };
  EXPECT_EQ(story(), story());
}

}  // namespace
}  // namespace emulator::firmware
