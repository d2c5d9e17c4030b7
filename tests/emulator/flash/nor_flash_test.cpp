// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/emulator/flash/bench.h"

namespace emulator::flash {
namespace {

using namespace std::chrono_literals;

TEST(NorFlash, ProgramOnlyClearsBits) {
  Bench b;
  const std::array<std::uint8_t, 2> first = {0xF0, 0x0F};
  const std::array<std::uint8_t, 2> second = {0x3C, 0xFF};
  b.flash.program(0x100, first, b);
  b.clock.sleep(1ms);
  b.flash.program(0x100, second, b);
  b.clock.sleep(1ms);
  EXPECT_EQ(b.at(0x100), 0x30);
  EXPECT_EQ(b.at(0x101), 0x0F);
  EXPECT_EQ(b.at(0x102), 0xFF);
}

TEST(NorFlash, EraseSetsTheWholeSectorAndNoMore) {
  Bench b(0x00);
  b.flash.erase(0x1ABC, b);
  b.clock.sleep(100ms);
  EXPECT_EQ(b.at(0x0FFF), 0x00);
  const base::ByteView sector = b.flash.contents().subspan(0x1000, 0x1000);
  EXPECT_TRUE(std::all_of(sector.begin(), sector.end(), [](std::uint8_t v) { return v == 0xFF; }));
  EXPECT_EQ(b.at(0x2000), 0x00);
}

TEST(NorFlash, ProgramTakesThePagesTypicalTime) {
  Bench b;
  b.flash.program(0, std::array<std::uint8_t, 1>{0x00}, b);
  b.clock.sleep(999us);
  EXPECT_TRUE(b.flash.busy());
  EXPECT_FALSE(b.told);
  EXPECT_EQ(b.at(0), 0xFF);
  b.clock.sleep(1us);
  EXPECT_FALSE(b.flash.busy());
  EXPECT_EQ(b.told, FlashEnd::done);
  EXPECT_EQ(b.ended_at, base::TimePoint(1ms));
}

TEST(NorFlash, EraseTakesTheSectorsTypicalTime) {
  Bench b;
  b.flash.erase(0, b);
  b.clock.sleep(1s);
  EXPECT_EQ(b.ended_at, base::TimePoint(100ms));
}

/// Only the sectors that hold something are written out; what is loaded into need not be erased.
TEST(NorFlash, ErasedSectorsTakeNoRoomInASavedStateAndComeBackErased) {
  Bench a;
  a.flash.program(0x1FFF, std::array<std::uint8_t, 1>{0x5A}, a);
  a.clock.sleep(1ms);
  auto saving = sim::Archive::saving();
  a.flash.serialize(saving);
  EXPECT_LT(saving.saved().size(), 0x1000u + 1024);

  Bench b(0x00);
  auto loading = sim::Archive::loading(saving.saved());
  b.flash.serialize(loading);
  ASSERT_TRUE(loading.finish());
  EXPECT_TRUE(std::ranges::equal(b.flash.contents(), a.flash.contents()));
  EXPECT_EQ(b.at(0x1FFF), 0x5A);
  EXPECT_EQ(b.at(0x2000), 0xFF);
}

TEST(NorFlash, IsLookedAtWhereItIs) {
  Bench b(0x12);
  const base::ByteView sector = b.flash.view(0x1000, 0x1000);
  EXPECT_EQ(sector.data(), b.flash.contents().data() + 0x1000);
  EXPECT_EQ(sector.size(), 0x1000u);
}

TEST(NorFlash, NumbersTheLastChangeOfEachPlace) {
  Bench b(0x12);
  const auto change_of = [&b](std::uint32_t sector) {
    return b.flash.last_change(sector * kSectorSize, kSectorSize);
  };
  const auto first = change_of(0);
  const auto second = change_of(1);
  const auto both = b.flash.last_change(0, 2 * kSectorSize);
  const auto across = b.flash.last_change(kSectorSize - 1, 2);
  b.flash.program(kSectorSize, std::array<std::uint8_t, 1>{0x02}, b);
  b.clock.sleep(1ms);
  EXPECT_EQ(change_of(0), first);
  EXPECT_NE(change_of(1), second);
  EXPECT_NE(b.flash.last_change(0, 2 * kSectorSize), both);
  EXPECT_NE(b.flash.last_change(kSectorSize - 1, 2), across);

  b.flash.erase(0, b);
  EXPECT_EQ(change_of(0), first) << "it has not changed yet";
  b.clock.sleep(50ms);
  b.flash.power_off();
  EXPECT_NE(change_of(0), first) << "torn";
}

TEST(NorFlash, WhatASavedStateBringsIsAChange) {
  Bench saved(0x34);
  auto saving = sim::Archive::saving();
  saved.flash.serialize(saving);
  Bench b(0x12);
  const auto before = b.flash.last_change(0, kSmallPart.geometry.size);
  auto loading = sim::Archive::loading(saving.saved());
  b.flash.serialize(loading);
  ASSERT_TRUE(loading.finish());
  for (std::uint32_t at = 0; at < kSmallPart.geometry.size; at += kSectorSize)
    EXPECT_NE(b.flash.last_change(at, kSectorSize), before) << at;
}

TEST(NorFlash, ReadBeyondTheEndReadsErased) {
  Bench b(0x12);
  std::array<std::uint8_t, 4> out{};
  b.flash.read(kSmallPart.geometry.size - 2, out);
  EXPECT_EQ(out, (std::array<std::uint8_t, 4>{0x12, 0x12, 0xFF, 0xFF}));
  b.flash.read(0xFFFFFFFF, out);
  EXPECT_EQ(out, (std::array<std::uint8_t, 4>{0xFF, 0xFF, 0xFF, 0xFF}));
}

TEST(NorFlash, OperationsAreCountedByKind) {
  Bench b;
  b.flash.erase(0, b);
  b.clock.sleep(1s);
  b.flash.program(0, std::array<std::uint8_t, 1>{0x00}, b);
  b.clock.sleep(1s);
  b.flash.program(1, std::array<std::uint8_t, 1>{0x00}, b);
  EXPECT_EQ(b.flash.erases(), 1u);
  EXPECT_EQ(b.flash.programs(), 2u);
  EXPECT_EQ(b.flash.operations(), 3u);
}

TEST(NorFlash, OperationsAreTraced) {
  Bench b;
  sim::TraceRing ring(8);
  b.trace.attach(ring);
  b.flash.erase(0x2345, b);
  b.clock.sleep(1s);
  b.flash.program(0x2380, std::array<std::uint8_t, 3>{}, b);
  const auto kept = ring.last(8);
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].record.kind, sim::TraceKind::flash_erase);
  EXPECT_EQ(kept[0].record.a, 0x2000u);
  EXPECT_EQ(kept[0].record.b, 0x1000u);
  EXPECT_EQ(kept[1].record.kind, sim::TraceKind::flash_program);
  EXPECT_EQ(kept[1].record.a, 0x2380u);
  EXPECT_EQ(kept[1].record.b, 3u);
}

TEST(NorFlash, RestoredOperationEndsWhenAndAsTheSavedOneDoes) {
  Bench a;
  a.flash.program(0x40, std::array<std::uint8_t, 2>{0xAA, 0x55}, a);
  a.clock.sleep(400us);
  auto saving = sim::Archive::saving();
  a.clock.serialize(saving);
  a.flash.serialize(saving);

  Bench b(0x77);
  auto loading = sim::Archive::loading(saving.saved());
  b.flash.resume(b);  // whichever comes first, resume or load
  b.clock.serialize(loading);
  b.flash.serialize(loading);
  ASSERT_TRUE(loading.finish());
  b.clock.sleep(1s);
  EXPECT_EQ(b.told, FlashEnd::done);
  EXPECT_EQ(b.ended_at, base::TimePoint(1ms));
  EXPECT_EQ(b.at(0x40), 0xAA);
  EXPECT_EQ(b.at(0x41), 0x55);
  EXPECT_EQ(b.flash.programs(), 1u);
}

TEST(NorFlash, SavedStateOfAnotherPartIsRefused) {
  Bench a;
  auto saving = sim::Archive::saving();
  a.flash.serialize(saving);
  const Part other = {.name = "OTHER",
                      .jedec_id = 0,
                      .geometry = kSmallPart.geometry,
                      .page_program = 1ms,
                      .sector_erase = 2ms};
  NorFlash flash(other, base::Bytes(other.geometry.size), a.clock, a.trace, a.faults, a);
  auto loading = sim::Archive::loading(saving.saved());
  flash.serialize(loading);
  EXPECT_FALSE(loading.finish());
}

TEST(FlashParts, EveryRowIsFoundByItsName) {
  EXPECT_EQ(find_part("MX25L6405D")->geometry.size, 8u << 20);
  EXPECT_EQ(find_part("MX25L3205D")->geometry.size, 4u << 20);
  EXPECT_EQ(find_part("MX25L12805D")->geometry.size, 16u << 20);
  EXPECT_EQ(find_part("mx25l6405d"), nullptr);
}

}  // namespace
}  // namespace emulator::flash
