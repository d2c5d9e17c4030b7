// SPDX-License-Identifier: BSD-3-Clause
// One seed, one history; and a restored machine goes on as if nothing had happened.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "emulator/factory/update_image.h"
#include "emulator/machine/machine.h"
#include "emulator/machine/saved_header.h"
#include "os/read_file.h"
#include "raw_host.h"
#include "tests/source_dir.h"
#include "trace_log.h"

namespace emulator::machine {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<Machine> build(const char* name = "desktop-q35") {
  const auto profile =
      load_profile(name, {{.key = "flash.code_size", .value = "0x10000", .where = {}},
                          {.key = "update.reset", .value = "me", .where = {}}});
  EXPECT_TRUE(profile) << (profile ? "" : profile.error().doing);
  auto built = Machine::build(profile.value());
  EXPECT_TRUE(built) << (built ? "" : built.error().doing);
  return std::move(built).value();
}

base::Bytes image() {
  return factory::build_update_image(
             {.version = {.major = 3, .minor = 2, .hotfix = 2, .build = 1045},
              .sku = 0x0E,
              .size = 0x10000})
      .value();
}

/// The story's first half: boots, connects, stages part of an update.
void begin(Machine& machine, RawHost& host) {
  machine.power_on();
  ASSERT_TRUE(host.reset());
  const std::uint8_t fwu = host.enumerate()[kFwu];
  ASSERT_EQ(host.connect(fwu, 3), 0);
  base::Bytes start(86);
  base::ByteWriter(start).u32(2).u32(0x10000);
  ASSERT_TRUE(host.ask(fwu, 3, start));
}

void push(RawHost& host, std::uint8_t fwu, base::ByteView bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += 500) {
    const base::ByteView piece = bytes.subspan(at, std::min<std::size_t>(500, bytes.size() - at));
    base::Bytes data(11 + piece.size());
    base::ByteWriter(data)
        .u32(4)
        .u32(static_cast<std::uint32_t>(piece.size()))
        .zeros(3)
        .bytes(piece);
    const auto reply = host.ask(fwu, 3, data);
    ASSERT_TRUE(reply);
    ASSERT_EQ(base::to_hex(*reply), "0500000000000000") << "at " << at;
  }
}

constexpr std::uint8_t kFwuAddress = 0x21;  ///< second of the dynamic clients on this profile
constexpr std::size_t kHalf = 30000;

/// The second half: the rest of the image, END, and the ME's restart into the new code.
void finish(Machine& machine, RawHost& host) {
  push(host, kFwuAddress, base::ByteView(image()).subspan(kHalf));
  ASSERT_TRUE(host.ask(kFwuAddress, 3, base::from_hex("06000000").value()));
  machine.clock().sleep(30s);
  EXPECT_EQ(machine.firmware().running_version().build, 1045);
}

TEST(OneHistory, SameSeedGivesTheSameTraceTwice) {
  TraceLog logs[2];
  for (TraceLog& log : logs) {
    auto machine = build();
    machine->trace().attach(log);
    RawHost host(machine->bar0(), machine->clock());
    begin(*machine, host);
    push(host, kFwuAddress, base::ByteView(image()).first(kHalf));
    finish(*machine, host);
  }
  EXPECT_GT(logs[0].lines.size(), 500u);
  EXPECT_EQ(logs[0].lines, logs[1].lines);
}

TEST(Snapshot, RestoredMachineContinuesByteForByte) {
  auto first = build();
  RawHost host(first->bar0(), first->clock());
  begin(*first, host);
  push(host, kFwuAddress, base::ByteView(image()).first(kHalf));
  const base::Bytes saved = first->snapshot();

  TraceLog first_log;
  first->trace().attach(first_log);
  RawHost first_host = host;
  finish(*first, first_host);

  auto second = build();
  ASSERT_TRUE(second->restore(saved));
  EXPECT_EQ(second->snapshot(), saved);
  TraceLog second_log;
  second->trace().attach(second_log);
  RawHost second_host = host.moved_to(second->bar0(), second->clock());
  finish(*second, second_host);

  EXPECT_GT(first_log.lines.size(), 200u);
  EXPECT_EQ(first_log.lines, second_log.lines);
  EXPECT_EQ(first->clock().now(), second->clock().now());
  EXPECT_TRUE(std::ranges::equal(first->flash(), second->flash()));
  EXPECT_EQ(first->snapshot(), second->snapshot());
}

TEST(Snapshot, TakenAtEveryMomentOfAnUpdatesEndContinuesTheSame) {
  auto reference = build();
  RawHost host(reference->bar0(), reference->clock());
  begin(*reference, host);
  push(host, kFwuAddress, image());
  host.post(kFwuAddress, 3, base::from_hex("06000000").value());
  const base::Bytes at_end = reference->snapshot();
  // Verifying, committing, the restart and the boot: all of it ends within four seconds.
  constexpr base::Duration all = 4s;
  reference->clock().sleep(all);
  ASSERT_EQ(reference->firmware().running_version().build, 1045);
  const base::Bytes wanted = reference->snapshot();

  auto machine = build();
  auto other = build();
  for (base::Duration moment = 20ms; moment < all; moment += 79ms) {
    ASSERT_TRUE(machine->restore(at_end));
    machine->clock().sleep(moment);
    ASSERT_TRUE(other->restore(machine->snapshot()));
    other->clock().sleep(all - moment);
    ASSERT_TRUE(other->snapshot() == wanted) << "cut at " << moment.count() << " ns";
  }
}

TEST(Snapshot, RunningWatchdogAndArmedFaultsAreInIt) {
  auto first = build();
  first->power_on();
  RawHost host(first->bar0(), first->clock());
  ASSERT_TRUE(host.reset());
  const std::uint8_t watchdog = host.enumerate()["6f9ab70528467f4d899da91514cb32ab"];
  ASSERT_EQ(host.connect(watchdog, 1), 0);
  ASSERT_TRUE(host.ask(watchdog, 1, base::from_hex("02 04 13 10 7800").value()));
  first->faults().arm(
      {.point = sim::FaultPoint::boot, .action = sim::FaultAction::power_cut_before});

  auto second = build();
  ASSERT_TRUE(second->restore(first->snapshot()));
  TraceLog log;
  second->trace().attach(log);
  second->clock().sleep(120s);
  EXPECT_TRUE(log.has("watchdog expired"));
  second->reset_me();
  second->clock().sleep(1ms);
  EXPECT_FALSE(second->powered());
}

/// A snapshot between a chip's request to the board and the board's answer.
std::unique_ptr<Machine> restored_before_the_board_answers(sim::FaultAction request) {
  auto first = build();
  first->power_on();
  first->clock().sleep(2s);
  first->faults().arm({.point = sim::FaultPoint::link_reset, .action = request});
  first->bar0().write32(4, 0x15);  // H_RST, H_IG, H_IE
  auto second = build();
  EXPECT_TRUE(second->restore(first->snapshot()));
  return second;
}

TEST(Snapshot, PowerCutThatWasAskedForStillHappens) {
  auto machine = restored_before_the_board_answers(sim::FaultAction::power_cut_before);
  EXPECT_TRUE(machine->powered());
  machine->clock().sleep(0ms);
  EXPECT_FALSE(machine->powered());
}

TEST(Snapshot, MeResetThatWasAskedForStillHappens) {
  auto machine = restored_before_the_board_answers(sim::FaultAction::me_reset);
  machine->clock().sleep(0ms);
  EXPECT_EQ(machine->firmware().boot_path(), firmware::BootPath::booting);
}

TEST(Snapshot, OfAMachineThatIsOffRestoresOff) {
  auto first = build();
  const base::Bytes saved = first->snapshot();
  auto second = build();
  second->power_on();
  second->clock().sleep(5s);
  ASSERT_TRUE(second->restore(saved));
  EXPECT_FALSE(second->powered());
  EXPECT_EQ(second->bar0().read32(0xC) & 8, 0u);
}

std::string refusal(Machine& machine, base::ByteView saved) {
  const auto restored = machine.restore(saved);
  return restored ? "restored" : restored.error().doing;
}

TEST(Snapshot, OtherBytesAreNotASnapshot) {
  auto machine = build();
  EXPECT_EQ(refusal(*machine, {}), "this is not a saved machine");
  EXPECT_EQ(refusal(*machine, base::Bytes(100)), "this is not a saved machine");
}

TEST(Snapshot, OtherFormatIsRefusedByNumber) {
  auto machine = build();
  base::Bytes saved = machine->snapshot();
  saved[8] = 99;
  EXPECT_EQ(refusal(*machine, saved), "this snapshot has format 99; this program reads format 8");
}

/// The start of a snapshot that an older build wrote. Its header is that of formats 1 and 2, too.
TEST(Snapshot, OfAnOlderFormatIsRefusedInWordsAndChangesNothing) {
  constexpr std::uint32_t written_as = 3;
  const base::Bytes start =
      os::read_file(
          std::string(MEBENCH_SOURCE_DIR) + "/tests/emulator/machine/data/snapshot-3.start", 1)
          .value();
  ASSERT_EQ(base::ByteReader(base::ByteView(start).subspan(8)).u32(), written_as);
  auto machine = build();
  const base::Bytes before = machine->snapshot();
  for (std::uint32_t format = 1; format <= std::max(written_as, kSavedFormat - 1); ++format) {
    base::Bytes saved = start;
    base::ByteWriter(base::MutableByteView(saved).subspan(8)).u32(format);
    const std::string wanted =
        format == kSavedFormat
            ? "this snapshot is of \"desktop-q35\" with other profile values"
            : fmt::format("this snapshot has format {}; this program reads format {}", format,
                          kSavedFormat);
    EXPECT_EQ(refusal(*machine, saved), wanted);
  }
  EXPECT_EQ(machine->snapshot(), before);
}

TEST(Snapshot, OtherMachineIsRefusedByName) {
  auto machine = build();
  auto other = build("esprimo-e5730");
  EXPECT_EQ(refusal(*machine, other->snapshot()),
            "this snapshot is of machine \"esprimo-e5730\", not of \"desktop-q35\"");
}

TEST(Snapshot, OtherProfileValuesAreRefused) {
  auto machine = build();
  Profile changed = machine->profile();
  changed.heci.turnaround += 1us;
  auto other = Machine::build(changed);
  ASSERT_TRUE(other);
  EXPECT_EQ(refusal(*machine, other.value()->snapshot()),
            "this snapshot is of \"desktop-q35\" with other profile values");
}

TEST(Snapshot, DamagedOneIsRefusedAndTheMachineGoesOnAsItWas) {
  auto machine = build();
  machine->power_on();
  machine->clock().sleep(2s);
  const base::Bytes before = machine->snapshot();
  const base::ByteView whole = before;
  EXPECT_EQ(refusal(*machine, whole.first(whole.size() - 7)),
            "this snapshot is damaged: its checksum is wrong");
  base::Bytes damaged = before;
  damaged[damaged.size() / 2] ^= 1;
  EXPECT_EQ(refusal(*machine, damaged), "this snapshot is damaged: its checksum is wrong");
  EXPECT_EQ(machine->snapshot(), before);
  EXPECT_EQ(refusal(*machine, whole.first(20)), "this snapshot ends inside its header");
}

}  // namespace
}  // namespace emulator::machine
