// SPDX-License-Identifier: BSD-3-Clause
// Operations that do not end well: injected faults, and power that goes while the part is busy.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/emulator/flash/bench.h"

namespace emulator::flash {
namespace {

using namespace std::chrono_literals;
using sim::FaultAction;
using sim::FaultPoint;

constexpr std::array<std::uint8_t, 8> kZeros = {};

std::size_t count(base::ByteView bytes, std::uint8_t value) {
  return static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), value));
}

TEST(NorFlashPower, ProgramIsTornInProportionToTheTimeItHad) {
  Bench b;
  b.flash.program(0, kZeros, b);
  b.clock.sleep(250us);
  b.flash.power_off();
  // A quarter of eight bytes is done, the third is half programmed, the rest is untouched.
  EXPECT_EQ(b.at(0), 0x00);
  EXPECT_EQ(b.at(1), 0x00);
  EXPECT_EQ(b.at(2), 0xF0);
  EXPECT_EQ(b.at(3), 0xFF);
  EXPECT_FALSE(b.flash.busy());
  b.clock.sleep(1s);
  EXPECT_FALSE(b.told);
}

TEST(NorFlashPower, ProgramThatHadNoTimeLeavesTheArrayAlone) {
  Bench b;
  b.flash.program(0, kZeros, b);
  b.flash.power_off();
  EXPECT_EQ(count(b.flash.contents(), 0xFF), b.flash.contents().size());
}

TEST(NorFlashPower, EraseIsTornInProportionToTheTimeItHad) {
  std::size_t erased_before = 0;
  for (const auto had : {10ms, 50ms, 90ms}) {
    Bench b(0x00);
    b.flash.erase(0, b);
    b.clock.sleep(had);
    b.flash.power_off();
    const base::ByteView sector = b.flash.contents().first(0x1000);
    const std::size_t erased = count(sector, 0xFF);
    EXPECT_GT(erased, erased_before);
    EXPECT_LT(erased, sector.size());
    EXPECT_EQ(count(b.flash.contents().subspan(0x1000), 0x00), 0xF000u);
    erased_before = erased;
  }
}

TEST(NorFlashPower, TheSameCutLeavesTheSameBytes) {
  const auto torn = [] {
    Bench b(0x3C);
    b.flash.erase(0x4000, b);
    b.clock.sleep(37ms);
    b.flash.power_off();
    return base::Bytes(b.flash.contents().begin(), b.flash.contents().end());
  };
  EXPECT_EQ(torn(), torn());
}

TEST(NorFlashPower, TearingIsTraced) {
  Bench b;
  sim::TraceRing ring(4);
  b.trace.attach(ring);
  b.flash.program(0x300, kZeros, b);
  b.clock.sleep(500us);
  b.flash.power_off();
  const auto kept = ring.last(1);
  EXPECT_EQ(kept[0].record.kind, sim::TraceKind::flash_torn);
  EXPECT_EQ(kept[0].record.a, 0x300u);
  EXPECT_EQ(kept[0].record.b, 4u);
}

/// What a state folder keeps is what it was told.
struct Copy final : FlashMirror {
  explicit Copy(base::ByteView now) : bytes(now.begin(), now.end()) {}
  void flash_changed(std::uint32_t address, base::ByteView now) override {
    std::copy(now.begin(), now.end(), bytes.begin() + address);
  }
  base::Bytes bytes;
};

TEST(NorFlashPower, AMirrorSeesWhatATornOperationHasLeft) {
  Bench b(0x3C);
  Copy copy(b.flash.contents());
  b.flash.set_mirror(copy);
  const auto is_as_the_flash = [&] {
    return std::equal(copy.bytes.begin(), copy.bytes.end(), b.flash.contents().begin());
  };
  b.flash.erase(0x4000, b);
  b.clock.sleep(37ms);
  b.flash.power_off();
  ASSERT_NE(count(b.flash.contents(), 0x3C), b.flash.contents().size());
  EXPECT_TRUE(is_as_the_flash()) << "an erase";
  b.flash.program(0x300, kZeros, b);
  b.clock.sleep(500us);
  b.flash.power_off();
  ASSERT_EQ(b.at(0x300), 0x00);
  EXPECT_TRUE(is_as_the_flash()) << "a program operation";
  for (const FaultAction cut : {FaultAction::power_cut_nearly, FaultAction::power_cut_garbled}) {
    b.faults.arm({.point = FaultPoint::flash_erase, .action = cut});
    b.flash.erase(0x8000, b);
    b.clock.sleep(1s);
    b.flash.power_off();
    EXPECT_TRUE(is_as_the_flash()) << name(cut);
  }
}

TEST(NorFlashPower, PartWorksAgainAfterwards) {
  Bench b;
  b.flash.program(0, kZeros, b);
  b.flash.power_off();
  b.flash.program(0, kZeros, b);
  b.clock.sleep(1s);
  EXPECT_EQ(b.told, FlashEnd::done);
  EXPECT_EQ(b.at(7), 0x00);
}

Bench& program_with(Bench& b, FaultPoint point, FaultAction action) {
  b.faults.arm({.point = point, .action = action, .delay = 5ms});
  b.flash.program(0, kZeros, b);
  b.clock.sleep(1s);
  return b;
}

TEST(NorFlashFault, PowerCutBeforeLeavesTheArrayAlone) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::power_cut_before);
  EXPECT_EQ(b.cuts_asked, 1);
  EXPECT_FALSE(b.told);
  EXPECT_EQ(b.at(0), 0xFF);
}

TEST(NorFlashFault, PowerCutInsideTearsTheOperation) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::power_cut_inside);
  EXPECT_EQ(b.cuts_asked, 1);
  EXPECT_EQ(b.cut_at, base::TimePoint(500us));
  EXPECT_FALSE(b.told);
  EXPECT_EQ(b.at(3), 0x00);
  EXPECT_EQ(b.at(4), 0xF0);
  EXPECT_EQ(b.at(5), 0xFF);
  // The board then takes the power away; that must not tear it again.
  b.flash.power_off();
  EXPECT_EQ(b.at(5), 0xFF);
}

TEST(NorFlashFault, PowerCutAfterCompletesTheOperationUnheard) {
  Bench b;
  program_with(b, FaultPoint::flash_operation, FaultAction::power_cut_after);
  EXPECT_EQ(b.cuts_asked, 1);
  EXPECT_FALSE(b.told);
  EXPECT_EQ(b.at(7), 0x00);
}

TEST(NorFlashFault, PowerCutNearlyAtTheEndLeavesTheLastWordAlone) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::power_cut_nearly);
  EXPECT_EQ(b.cuts_asked, 1);
  EXPECT_FALSE(b.told);
  EXPECT_EQ(b.at(3), 0x00);
  EXPECT_EQ(b.at(4), 0xFF);
  Bench erased(0x00);
  erased.faults.arm({.point = FaultPoint::flash_erase, .action = FaultAction::power_cut_nearly});
  erased.flash.erase(0, erased);
  erased.clock.sleep(1s);
  EXPECT_EQ(count(erased.flash.contents().first(0x1000), 0xFF), 0x1000u - 4);
  EXPECT_EQ(erased.at(0xFFC), 0x00);
}

TEST(NorFlashFault, GarbledCellsHoldAnythingThatTheyCan) {
  Bench b(0xF0);
  program_with(b, FaultPoint::flash_program, FaultAction::power_cut_garbled);
  EXPECT_EQ(b.cuts_asked, 1);
  for (std::uint32_t i = 0; i < kZeros.size(); ++i)
    EXPECT_EQ(b.at(i) & 0x0F, 0) << "a program operation sets no bit";
  EXPECT_EQ(b.at(8), 0xF0);
  Bench erased(0x00);
  erased.faults.arm({.point = FaultPoint::flash_erase, .action = FaultAction::power_cut_garbled});
  erased.flash.erase(0, erased);
  erased.clock.sleep(1s);
  const base::ByteView sector = erased.flash.contents().first(0x1000);
  for (const int value : {0x00, 0x5A, 0xFF})
    EXPECT_LT(count(sector, static_cast<std::uint8_t>(value)), 64u);
}

TEST(NorFlashFault, ALieIsToldOfAsDone) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::lie);
  EXPECT_EQ(b.told, FlashEnd::done);
  EXPECT_EQ(b.cuts_asked, 0);
  EXPECT_EQ(b.at(0), 0xFF);
  EXPECT_FALSE(b.flash.busy());
}

TEST(NorFlashFault, FailureIsReportedAndLeavesTheOperationHalfDone) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::fail);
  EXPECT_EQ(b.told, FlashEnd::failed);
  EXPECT_EQ(b.at(0), 0x00);
  EXPECT_EQ(b.at(7), 0xFF);
  EXPECT_FALSE(b.flash.busy());
}

TEST(NorFlashFault, LostCommandWritesNothingAndTellsNobody) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::ignore);
  EXPECT_FALSE(b.told);
  EXPECT_FALSE(b.flash.busy());
  EXPECT_EQ(b.at(0), 0xFF);
}

TEST(NorFlashFault, DelayedOperationTakesThatMuchLonger) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::delay);
  EXPECT_EQ(b.told, FlashEnd::done);
  EXPECT_EQ(b.ended_at, base::TimePoint(6ms));
}

TEST(NorFlashFault, MeResetDoesNotStopThePart) {
  Bench b;
  program_with(b, FaultPoint::flash_program, FaultAction::me_reset);
  EXPECT_EQ(b.resets_asked, 1);
  EXPECT_EQ(b.told, FlashEnd::done);
  EXPECT_EQ(b.at(7), 0x00);
}

TEST(NorFlashFault, EraseAndProgramAreDifferentPointsAndBothAreOperations) {
  Bench b;
  b.faults.arm({.point = FaultPoint::flash_erase, .occurrence = 1, .action = FaultAction::fail});
  b.flash.program(0, kZeros, b);
  b.clock.sleep(1s);
  EXPECT_EQ(b.told, FlashEnd::done);
  b.flash.erase(0, b);
  b.clock.sleep(1s);
  EXPECT_EQ(b.told, FlashEnd::failed);
  EXPECT_EQ(b.faults.reached(FaultPoint::flash_operation), 2u);
  EXPECT_EQ(b.faults.reached(FaultPoint::flash_erase), 1u);
}

/// Bits that differ between the part and `before`, and the first and last address of such.
struct Flips {
  unsigned bits = 0;
  std::uint32_t first = 0xFFFFFFFF;
  std::uint32_t last = 0;
};
Flips flips_since(const base::Bytes& before, const Bench& b) {
  Flips out;
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    const auto differs = static_cast<unsigned>(before[i] ^ b.at(i));
    if (differs == 0) continue;
    out.bits += static_cast<unsigned>(__builtin_popcount(differs));
    out.first = std::min(out.first, i);
    out.last = i;
  }
  return out;
}

TEST(NorFlashAtRest, AsManyBitsFlipAsWasSaidAndWhereItWasSaid) {
  Bench b(0x5A);
  const base::Bytes before(kSmallPart.geometry.size, 0x5A);
  b.faults.arm({.point = FaultPoint::power_on,
                .occurrence = 2,
                .action = FaultAction::flip_bits,
                .bits = 20,
                .from = 0x2000,
                .to = 0x2100});
  b.flash.power_on();
  EXPECT_EQ(flips_since(before, b).bits, 0u);
  b.flash.power_on();
  const Flips flips = flips_since(before, b);
  EXPECT_EQ(flips.bits, 20u);
  EXPECT_GE(flips.first, 0x2000u);
  EXPECT_LT(flips.last, 0x2100u);
}

TEST(NorFlashAtRest, TheSeedSaysWhichBitsFlip) {
  const auto flipped_with = [](std::uint64_t seed) {
    sim::Scheduler clock;
    sim::Trace trace{clock};
    sim::FaultPlan faults(trace, seed);
    Bench other;
    NorFlash flash(kSmallPart, base::Bytes(kSmallPart.geometry.size, 0xFF), clock, trace, faults,
                   other);
    faults.arm({.point = FaultPoint::power_on, .action = FaultAction::flip_bits, .bits = 5});
    flash.power_on();
    return base::Bytes(flash.contents().begin(), flash.contents().end());
  };
  EXPECT_EQ(flipped_with(1), flipped_with(1));
  EXPECT_NE(flipped_with(1), flipped_with(2));
}

TEST(NorFlashFaults, CellsThatWereLeftBetweenTwoLevelsReadDifferentlyUntilTheyAreErased) {
  Bench b(0x00);
  b.faults.arm({.point = FaultPoint::flash_erase, .action = FaultAction::power_cut_unstable});
  b.flash.erase(0x1000, b);
  b.clock.sleep(100ms);
  EXPECT_EQ(b.cuts_asked, 1);
  b.flash.power_off();
  const auto read = [&b](std::uint32_t address) {
    base::Bytes bytes(64);
    b.flash.read(address, bytes);
    return bytes;
  };
  EXPECT_NE(read(0x1000), read(0x1000));
  EXPECT_EQ(read(0x0FC0), base::Bytes(64, 0x00)) << "outside of it nothing has changed";
  EXPECT_EQ(read(0x2000), base::Bytes(64, 0x00));
  b.flash.erase(0x1000, b);
  b.clock.sleep(100ms);
  EXPECT_EQ(read(0x1000), base::Bytes(64, 0xFF));
  EXPECT_FALSE(b.flash.has_unstable_cells());
}

/// Whoever keeps what he found in a place looks again where a bit has flipped.
TEST(NorFlashFaults, BitsThatFlippedAtRestAreAChangeOfTheirSector) {
  Bench b(0x00);
  const auto change_of = [&b](std::uint32_t sector) {
    return b.flash.last_change(sector * kSectorSize, kSectorSize);
  };
  const auto other = change_of(1);
  const auto struck = change_of(2);
  b.faults.arm({.point = FaultPoint::power_on,
                .action = FaultAction::flip_bits,
                .bits = 1,
                .from = 2 * kSectorSize,
                .to = 3 * kSectorSize});
  b.flash.power_on();
  EXPECT_EQ(change_of(1), other);
  EXPECT_NE(change_of(2), struck);
}

/// Looked at in place, cells between two levels are no steadier than when they are read.
TEST(NorFlashFaults, UnsteadyCellsAreNeverTheSameToWhoeverLooksAtThemInPlace) {
  Bench b(0x00);
  b.faults.arm({.point = FaultPoint::flash_erase, .action = FaultAction::power_cut_unstable});
  b.flash.erase(0x1000, b);
  b.clock.sleep(100ms);
  b.flash.power_off();
  const auto seen = [&b](std::uint32_t address) {
    const base::ByteView there = b.flash.view(address, 64);
    return base::Bytes(there.begin(), there.end());
  };
  EXPECT_NE(seen(0x1000), seen(0x1000));
  EXPECT_NE(b.flash.last_change(0x0FFF, 2), b.flash.last_change(0x0FFF, 2));
  EXPECT_EQ(seen(0x2000), seen(0x2000));
  EXPECT_EQ(b.flash.last_change(0x2000, 64), b.flash.last_change(0x2000, 64));
}

TEST(NorFlashFaults, ABitThatSticksIsToldOfAsProgrammed) {
  Bench b;
  b.faults.arm({.point = FaultPoint::flash_program, .action = FaultAction::stick_bit});
  b.flash.program(0, kZeros, b);
  b.clock.sleep(1ms);
  EXPECT_EQ(b.told, FlashEnd::done);
  unsigned left = 0;
  for (std::uint32_t i = 0; i < kZeros.size(); ++i)
    left += static_cast<unsigned>(__builtin_popcount(b.at(i)));
  EXPECT_EQ(left, 1u);
}

}  // namespace
}  // namespace emulator::flash
