// SPDX-License-Identifier: BSD-3-Clause
// The four registers bit by bit, as the facts page and the 4-Series datasheet give them.
#include "tests/emulator/heci/heci_bench.h"

namespace emulator::heci {
namespace {

TEST(HeciRegisters, DepthIsThereBeforeTheFirstResetAndWithThePowerOff) {
  HeciBench bench;
  EXPECT_EQ(bench.h_csr(), 0x20000000u);
  EXPECT_EQ(bench.me_csr(), 0x20000000u);
}

TEST(HeciRegisters, EveryLegalDepthIsReadOneHotInBothStatusRegisters) {
  for (const std::uint32_t depth : {2u, 4u, 8u, 16u, 32u, 64u, 128u}) {
    HeciConfig config = kBenchConfig;
    config.depth = depth;
    HeciBench bench(config);
    EXPECT_EQ(bench.h_csr() >> 24, depth);
    EXPECT_EQ(bench.me_csr() >> 24, depth);
  }
}

TEST(HeciRegisters, MeReadyComesWithTheMeInterruptEnabledAndTheHostInterrupted) {
  HeciBench bench;
  bench.device.set_ready();
  EXPECT_EQ(bench.me_csr(), 0x20000009u);
  EXPECT_EQ(bench.h_csr(), 0x20000002u);
}

TEST(HeciRegisters, ResetReadyAndInterruptEnableAreWritable) {
  HeciBench bench;
  bench.write_h_csr(kHRdy | kHIe);
  EXPECT_EQ(bench.h_csr(), 0x20000009u);
  bench.write_h_csr(kHRst);
  EXPECT_EQ(bench.h_csr(), 0x20000010u);
  bench.write_h_csr(0);
  EXPECT_EQ(bench.h_csr(), 0x20000000u);
}

TEST(HeciRegisters, ReservedBitsAndDepthAndPointersIgnoreWrites) {
  HeciBench bench;
  bench.write_h_csr(0xFFFFFFE0);
  EXPECT_EQ(bench.h_csr(), 0x20000000u);
}

TEST(HeciRegisters, InterruptGenerateReadsZero) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.write_h_csr(kHRdy | kHIg);
  EXPECT_EQ(bench.h_csr() & kHIg, 0u);
  EXPECT_EQ(bench.me_csr() & kHIg, 0u);
}

TEST(HeciRegisters, TheDoorbellSetsMeInterruptStatusUntilTheMeTakesItsTurn) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.turn();
  EXPECT_EQ(bench.me_csr() & kHIs, 0u);
  bench.write_h_csr(kHRdy | kHIg);
  EXPECT_EQ(bench.me_csr() & kHIs, kHIs);
  bench.turn();
  EXPECT_EQ(bench.me_csr() & kHIs, 0u);
}

TEST(HeciRegisters, HostInterruptStatusIsClearedByWritingOneOnly) {
  HeciBench bench;
  bench.device.set_ready();
  bench.write_h_csr(kHIe);
  EXPECT_EQ(bench.h_csr() & kHIs, kHIs);
  bench.write_h_csr(kHIs);
  EXPECT_EQ(bench.h_csr() & kHIs, 0u);
  bench.write_h_csr(kHIs);
  EXPECT_EQ(bench.h_csr() & kHIs, 0u) << "a write never sets it";
}

TEST(HeciRegisters, InterruptEnableGatesTheLineAndNotTheStatus) {
  HeciBench bench;
  bench.device.set_ready();
  EXPECT_EQ(bench.h_csr() & kHIs, kHIs);
  EXPECT_EQ(bench.line.level, sim::Level::low);
  bench.write_h_csr(kHIe);
  EXPECT_EQ(bench.line.level, sim::Level::high);
  bench.write_h_csr(0);
  EXPECT_EQ(bench.line.level, sim::Level::low);
  EXPECT_EQ(bench.h_csr() & kHIs, kHIs);
}

TEST(HeciRegisters, TheInterruptRisesAgainWhenItIsEnabledOverAPendingStatus) {
  HeciBench bench;
  bench.write_h_csr(kHIe);
  bench.device.set_ready();
  EXPECT_EQ(bench.line.rises, 1);
  bench.write_h_csr(0);  // the quick handler
  bench.write_h_csr(kHIe);
  EXPECT_EQ(bench.line.rises, 2);
}

TEST(HeciRegisters, ClearingAndEnablingInOneWriteLeavesTheLineLow) {
  HeciBench bench;
  bench.device.set_ready();
  bench.write_h_csr(kHIs | kHIe);
  EXPECT_EQ(bench.line.rises, 0);
}

TEST(HeciRegisters, ALineConnectedLateHearsThatItIsHigh) {
  HeciBench bench;
  bench.write_h_csr(kHIe);
  bench.device.set_ready();
  LineProbe late;
  bench.device.connect_interrupt(late);
  EXPECT_EQ(late.level, sim::Level::high);
}

TEST(HeciRegisters, TheWriteWindowStoresAndAdvancesTheHostWritePointer) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.write_slots({0x80040000, 0x01000001});
  EXPECT_EQ(bench.h_csr() & 0x00FFFF00, 0x00020000u);
}

TEST(HeciRegisters, TheWriteWindowTakesNothingWhileTheMeIsNotReady) {
  HeciBench bench;
  bench.device.write32(0x00, 0x12345678);
  EXPECT_EQ(bench.h_csr(), 0x20000000u);
  EXPECT_EQ(bench.device.counters().write_while_not_ready, 1u);
}

TEST(HeciRegisters, TheReadWindowFloatsAndStandsStillWhileTheMeIsNotReady) {
  HeciBench bench;
  EXPECT_EQ(bench.device.read32(0x08), 0xFFFFFFFFu);
  EXPECT_EQ(bench.me_csr(), 0x20000000u);
  EXPECT_EQ(bench.device.counters().read_while_not_ready, 1u);
}

TEST(HeciRegisters, TheReadWindowReturnsASlotAndAdvancesTheMeReadPointer) {
  HeciBench bench;
  bench.boot_and_link_up();
  bench.send_hbm("01 00 00 01");
  EXPECT_EQ(bench.me_csr() & 0x00FFFF00, 0x00020000u);
  EXPECT_EQ(bench.device.read32(0x08), 0x80040000u);
  EXPECT_EQ(bench.me_csr() & 0x00FFFF00, 0x00020100u);
  EXPECT_EQ(bench.device.read32(0x08), 0x01000181u);
  EXPECT_EQ(bench.me_csr() & 0x00FFFF00, 0x00020200u);
}

TEST(HeciRegisters, PeekingHasNoSideEffect) {
  HeciBench bench;
  EXPECT_EQ(bench.device.peek32(0x08), 0xFFFFFFFFu);
  bench.boot_and_link_up();
  bench.send_hbm("01 00 00 01");
  const BadInput before = bench.device.counters();
  EXPECT_EQ(bench.device.peek32(0x08), 0x80040000u);
  EXPECT_EQ(bench.device.peek32(0x08), 0x80040000u);
  EXPECT_EQ(bench.device.peek32(0x04), bench.h_csr());
  EXPECT_EQ(bench.device.peek32(0x0C), bench.me_csr());
  EXPECT_EQ(bench.device.peek32(0x00), 0xFFFFFFFFu);
  EXPECT_EQ(bench.device.peek32(0x10), 0xFFFFFFFFu);
  EXPECT_EQ(bench.filled_to_host(), 2u);
  EXPECT_EQ(bench.device.counters(), before);
}

TEST(HeciRegisters, ReadOnlyRegistersIgnoreWrites) {
  HeciBench bench;
  bench.boot_and_link_up();
  const std::uint32_t me_csr = bench.me_csr();
  bench.device.write32(0x08, 0xFFFFFFFF);
  bench.device.write32(0x0C, 0xFFFFFFFF);
  EXPECT_EQ(bench.me_csr(), me_csr);
  EXPECT_EQ(bench.device.counters().write_to_read_only, 2u);
}

TEST(HeciRegisters, TheWriteWindowReadsAsTheBusFloats) {
  HeciBench bench;
  EXPECT_EQ(bench.device.read32(0x00), 0xFFFFFFFFu);
  EXPECT_EQ(bench.device.counters().read_of_write_only, 1u);
}

TEST(HeciRegisters, BeyondSixteenBytesAndBetweenRegistersThereIsNothing) {
  HeciBench bench;
  for (const std::uint32_t offset : {0x01u, 0x06u, 0x10u, 0x800u, 0xFFFFFFFCu}) {
    EXPECT_EQ(bench.device.read32(offset), 0xFFFFFFFFu);
    bench.device.write32(offset, kHRdy);
  }
  EXPECT_EQ(bench.h_csr(), 0x20000000u);
  EXPECT_EQ(bench.device.counters().bad_offset, 10u);
}

TEST(HeciRegisters, PowerOffLeavesTheDepthAlone) {
  HeciBench bench;
  bench.boot_and_link_up();
  EXPECT_EQ(bench.line.level, sim::Level::low);
  bench.device.power_off();
  EXPECT_EQ(bench.h_csr(), 0x20000000u);
  EXPECT_EQ(bench.me_csr(), 0x20000000u);
}

TEST(HeciRegisters, PowerOffDropsTheInterruptLine) {
  HeciBench bench;
  bench.write_h_csr(kHIe);
  bench.device.set_ready();
  bench.device.power_off();
  EXPECT_EQ(bench.line.level, sim::Level::low);
}

TEST(HeciRegisters, PointersRunFreeThroughAllTwoHundredAndFiftySixValues) {
  for (const std::uint32_t depth : {2u, 4u, 8u, 16u, 32u, 64u, 128u}) {
    HeciConfig config = kBenchConfig;
    config.depth = depth;
    HeciBench bench(config);
    bench.boot_and_link_up();
    std::vector<bool> seen(256, false);
    for (int i = 0; i < 300; ++i) {
      bench.send_hbm("01 00 00 01");
      ASSERT_EQ(bench.expect_message().hex(), "81010001") << i;
      seen[bench.h_csr() >> 16 & 0xFF] = true;
      ASSERT_EQ(bench.h_csr() >> 16 & 0xFF, (2u * (static_cast<std::uint32_t>(i) + 1)) & 0xFF);
      ASSERT_EQ(bench.me_csr() >> 16 & 0xFF, (2u * (static_cast<std::uint32_t>(i) + 1)) & 0xFF);
    }
    EXPECT_EQ(std::ranges::count(seen, true), 128) << "every even value";
  }
}

/// What can be seen of a device from outside, and its counters.
std::vector<std::uint64_t> sight(HeciBench& bench) {
  sim::Archive archive = sim::Archive::saving();
  bench.device.serialize(archive);
  return {archive.saved().begin(), archive.saved().end()};
}

TEST(HeciRegisters, ARunOfSlotsIsAsManyBusCyclesWhetherThereIsRoomOrNot) {
  for (const std::size_t count : {0u, 1u, 31u, 32u, 33u, 129u}) {
    HeciBench one_by_one;
    HeciBench at_once;
    for (HeciBench* bench : {&one_by_one, &at_once}) {
      bench->boot_and_link_up();
      bench->device.write32(0x00, 0x05060708);
    }
    std::vector<std::uint32_t> slots(count, 0x01020304);
    for (const std::uint32_t slot : slots) one_by_one.device.write32(0x00, slot);
    at_once.device.write32_each(0x00, slots);
    EXPECT_EQ(sight(at_once), sight(one_by_one)) << count;
    std::vector<std::uint32_t> expected;
    for (std::size_t i = 0; i < count; ++i) expected.push_back(one_by_one.device.read32(0x08));
    at_once.device.read32_each(0x08, slots);
    EXPECT_EQ(slots, expected) << count;
    EXPECT_EQ(sight(at_once), sight(one_by_one)) << count;
  }
}

TEST(HeciRegisters, ARunAtTheOtherRegistersIsAsManyBusCycles) {
  HeciBench one_by_one;
  HeciBench at_once;
  const std::vector<std::uint32_t> values = {kHRdy, kHRdy | kHRst, kHRdy};
  for (const std::uint32_t offset : {0x04u, 0x08u, 0x0Cu, 0x10u}) {
    for (const std::uint32_t value : values) one_by_one.device.write32(offset, value);
    at_once.device.write32_each(offset, values);
    std::vector<std::uint32_t> read(2);
    at_once.device.read32_each(offset, read);
    for (const std::uint32_t value : read) EXPECT_EQ(one_by_one.device.read32(offset), value);
  }
  EXPECT_EQ(sight(at_once), sight(one_by_one));
}

}  // namespace
}  // namespace emulator::heci
