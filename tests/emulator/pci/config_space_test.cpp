// SPDX-License-Identifier: BSD-3-Clause
// The 256 bytes of 00:03.0, each against the facts page.
#include <map>

#include "tests/emulator/pci/pci_bench.h"

namespace emulator::pci {
namespace {

using ConfigSpace = PciBench;

TEST_F(ConfigSpace, EveryByteAfterResetIsTheOneOnTheFactsPage) {
  const std::map<std::uint32_t, std::uint8_t> not_zero = {
      {0x00, 0x86}, {0x01, 0x80},                              // vendor
      {0x02, 0x14}, {0x03, 0x2E},                              // device
      {0x06, 0x10},                                            // a capability list
      {0x08, 0x03},                                            // revision
      {0x0A, 0x80}, {0x0B, 0x07},                              // communication controller
      {0x10, 0x04},                                            // 64-bit memory
      {0x2C, 0x34}, {0x2D, 0x17}, {0x2E, 0x01}, {0x2F, 0x11},  // subsystem
      {0x34, 0x50},                                            // first capability
      {0x3D, 0x01},                                            // INTA#
      {0x40, 0x5A}, {0x41, 0x06}, {0x42, 0x09}, {0x43, 0x30},  // HFS
      {0x50, 0x01}, {0x51, 0x8C}, {0x52, 0x03}, {0x53, 0xC8},  // power management
      {0x54, 0x08},                                            // no soft reset
      {0x8C, 0x05}, {0x8E, 0x80},                              // MSI, 64-bit, one message
  };
  for (std::uint32_t offset = 0; offset < 256; ++offset) {
    const auto at = not_zero.find(offset);
    EXPECT_EQ(read8(offset), at == not_zero.end() ? 0 : at->second) << std::hex << offset;
  }
}

TEST_F(ConfigSpace, OnlyTheseBitsCanBeSet) {
  const std::map<std::uint32_t, std::uint8_t> writable = {
      {0x04, 0x06}, {0x05, 0x04},                              // CMD
      {0x10, 0xF0}, {0x11, 0xFF}, {0x12, 0xFF}, {0x13, 0xFF},  // HECI_MBAR
      {0x14, 0xFF}, {0x15, 0xFF}, {0x16, 0xFF}, {0x17, 0xFF}, {0x2C, 0xFF}, {0x2D, 0xFF},
      {0x2E, 0xFF}, {0x2F, 0xFF},  // once
      {0x3C, 0xFF},                // INTR line
      {0x54, 0x03}, {0x55, 0x01},  // PMCS
      {0x8E, 0x01},                // MSI enable
      {0x90, 0xFC}, {0x91, 0xFF}, {0x92, 0xFF}, {0x93, 0xFF}, {0x94, 0xFF}, {0x95, 0xFF},
      {0x96, 0xFF}, {0x97, 0xFF}, {0x98, 0xFF}, {0x99, 0xFF}, {0xA0, 0x03},  // HIDM
  };
  for (std::uint32_t offset = 0; offset < 256; ++offset) {
    function.reset();
    const std::uint32_t before = read8(offset);
    const auto at = writable.find(offset);
    const std::uint32_t mask = at == writable.end() ? 0 : at->second;
    write8(offset, 0xFF);
    EXPECT_EQ(read8(offset), before | mask) << std::hex << offset;
    function.reset();
    write8(offset, 0x00);
    EXPECT_EQ(read8(offset), before & ~mask) << std::hex << offset;
  }
}

TEST(LaterConfigSpace, HasSixStatusWordsWhereLinuxReadsThem) {
  FakeRegisters registers;
  HeciFunction function({.device_id = 0x8C3A,
                         .firmware_status = 0x1E000245,
                         .later_status = {0x66002306, 3, 4, 5, 6}},
                        registers);
  EXPECT_EQ(function.read(0x40, 4), 0x1E000245u);
  EXPECT_EQ(function.read(0x48, 4), 0x66002306u);
  EXPECT_EQ(function.read(0x60, 4), 3u);
  EXPECT_EQ(function.read(0x64, 4), 4u);
  EXPECT_EQ(function.read(0x68, 4), 5u);
  EXPECT_EQ(function.read(0x6C, 4), 6u);
  function.write(0x60, 4, 0xFFFFFFFF);
  EXPECT_EQ(function.read(0x60, 4), 3u) << "the host cannot write them";
}

TEST(LaterConfigSpace, HasABarOf4KiB) {
  FakeRegisters registers;
  HeciFunction function({.bar_size = 4096}, registers);
  function.write(0x10, 4, 0xFFFFFFFF);
  EXPECT_EQ(function.read(0x10, 4), 0xFFFFF004u);
  function.write(0x10, 4, 0xFED0A123);
  EXPECT_EQ(function.bar_address(), 0xFED0A000u);
}

TEST_F(ConfigSpace, WordsAndDoublewordsAreLittleEndian) {
  EXPECT_EQ(read16(0x00), 0x8086u);
  EXPECT_EQ(read32(0x00), 0x2E148086u);
  EXPECT_EQ(read32(0x08), 0x07800003u);
  EXPECT_EQ(read32(0x40), 0x3009065Au);
  EXPECT_EQ(read16(0x52), 0xC803u);
  EXPECT_EQ(read16(0x3C), 0x0100u);
}

TEST_F(ConfigSpace, BeyondTheEndThereIsNothing) {
  EXPECT_EQ(function.read(256, 1), 0xFFu);
  EXPECT_EQ(function.read(255, 2), 0xFFFFu);
  EXPECT_EQ(function.read(0xFFFFFFFF, 4), 0xFFFFFFFFu);
  write32(254, 0xFFFFFFFF);
  EXPECT_EQ(read8(255), 0u);
}

TEST_F(ConfigSpace, SizingBar0FindsSixteenBytesOf64BitMemory) {
  write32(0x10, 0xFFFFFFFF);
  write32(0x14, 0xFFFFFFFF);
  EXPECT_EQ(read32(0x10), 0xFFFFFFF4u);
  EXPECT_EQ(read32(0x14), 0xFFFFFFFFu);
  write32(0x10, 0xFED10000);
  write32(0x14, 0x00000001);
  EXPECT_EQ(read32(0x10), 0xFED10004u);
  EXPECT_EQ(function.bar_address(), 0x1FED10000u);
}

TEST_F(ConfigSpace, SubsystemIdsTakeOneWrite) {
  write32(0x2C, 0x56781234);
  EXPECT_EQ(read32(0x2C), 0x56781234u);
  write32(0x2C, 0);
  EXPECT_EQ(read32(0x2C), 0x56781234u);
}

TEST_F(ConfigSpace, EachSubsystemIdLocksByItself) {
  write16(0x2C, 0x1234);
  write32(0x2C, 0xABCDEF01);
  EXPECT_EQ(read32(0x2C), 0xABCD1234u);
}

TEST_F(ConfigSpace, APlatformResetOpensTheSubsystemIdsAgain) {
  write32(0x2C, 0x56781234);
  function.reset();
  EXPECT_EQ(read32(0x2C), 0x11011734u);
  write32(0x2C, 0x00010002);
  EXPECT_EQ(read32(0x2C), 0x00010002u);
}

TEST_F(ConfigSpace, TheFirmwareSetsItsStatusAndTheHostCannot) {
  write32(0x40, 0);
  EXPECT_EQ(read32(0x40), 0x3009065Au);
  function.set_firmware_status(0x00000255);
  EXPECT_EQ(read32(0x40), 0x00000255u);
}

TEST_F(ConfigSpace, D1AndD2AreNotThere) {
  for (const std::uint32_t state : {1u, 2u}) {
    write16(0x54, 0x0003);
    write16(0x54, state);
    EXPECT_EQ(read16(0x54), 0x000Bu) << "still D3hot";
    write16(0x54, 0x0000);
    write16(0x54, 0x0100 | state);
    EXPECT_EQ(read16(0x54), 0x0108u) << "still D0, and the other bits are taken";
    write16(0x54, 0x0000);
  }
}

TEST_F(ConfigSpace, D3HotToD0KeepsTheRegisters) {
  write16(0x04, 0x0006);
  write32(0x10, 0xFED10000);
  write16(0x54, 0x0003);
  write16(0x54, 0x0000);
  EXPECT_EQ(read16(0x04), 0x0006u);
  EXPECT_EQ(read32(0x10), 0xFED10004u);
}

TEST_F(ConfigSpace, Bar0AnswersOnlyWithMemorySpaceEnabled) {
  base::Mmio& bar = function.mapped_bar();
  EXPECT_EQ(bar.read32(4), 0xFFFFFFFFu);
  bar.write32(4, 1);
  EXPECT_EQ(registers.reads, 0);
  EXPECT_TRUE(registers.writes.empty());
  write16(0x04, 0x0002);
  EXPECT_EQ(bar.read32(4), 0x11110004u);
  bar.write32(4, 0x15);
  ASSERT_EQ(registers.writes.size(), 1u);
  EXPECT_EQ(registers.writes[0], (std::pair<std::uint32_t, std::uint32_t>{4, 0x15}));
}

TEST_F(ConfigSpace, Bar0IsGoneInD3Hot) {
  write16(0x04, 0x0002);
  write16(0x54, 0x0003);
  EXPECT_EQ(function.mapped_bar().read32(4), 0xFFFFFFFFu);
  function.mapped_bar().write32(4, 1);
  EXPECT_TRUE(registers.writes.empty());
  write16(0x54, 0x0000);
  EXPECT_EQ(function.mapped_bar().read32(4), 0x11110004u);
}

TEST_F(ConfigSpace, APlatformResetDisablesBar0) {
  write16(0x04, 0x0002);
  function.reset();
  EXPECT_EQ(function.mapped_bar().read32(4), 0xFFFFFFFFu);
}

TEST_F(ConfigSpace, ASavedFunctionGoesOnAsItWas) {
  enable_msi();
  write32(0x2C, 0x56781234);
  write32(0x10, 0xFED10000);
  function.set_level(sim::Level::high);
  sim::Archive out = sim::Archive::saving();
  function.serialize(out);

  HostProbe other_host;
  HeciFunction other({}, registers);
  other.connect(other_host);
  sim::Archive in = sim::Archive::loading(out.saved());
  other.serialize(in);
  ASSERT_TRUE(in.finish());
  for (std::uint32_t offset = 0; offset < 256; offset += 4) {
    EXPECT_EQ(other.read(offset, 4), read32(offset)) << std::hex << offset;
  }
  other.write(0x2C, 4, 0);
  EXPECT_EQ(other.read(0x2C, 4), 0x56781234u) << "the locks came along";
  EXPECT_EQ(other.mapped_bar().read32(0), 0x11110000u);
  other.write(0x3C, 1, 5);
  EXPECT_TRUE(other_host.messages.empty()) << "this assertion's message was sent before";
}

TEST_F(ConfigSpace, ARunOfAccessesIsAsManyAccesses) {
  write16(0x04, 0x0002);
  const std::vector<std::uint32_t> slots = {7, 8, 9};
  function.mapped_bar().write32_each(0, slots);
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> expected = {{0, 7}, {0, 8}, {0, 9}};
  EXPECT_EQ(registers.writes, expected);
  std::vector<std::uint32_t> read(2);
  function.mapped_bar().read32_each(8, read);
  EXPECT_EQ(read, (std::vector<std::uint32_t>{0x11110008, 0x11110008}));
  EXPECT_EQ(registers.reads, 2);
}

TEST_F(ConfigSpace, ARunOfAccessesFindsNobodyWhileMemorySpaceIsOff) {
  write16(0x04, 0x0000);
  const std::vector<std::uint32_t> slots = {7, 8, 9};
  function.mapped_bar().write32_each(0, slots);
  std::vector<std::uint32_t> read(2);
  function.mapped_bar().read32_each(8, read);
  EXPECT_TRUE(registers.writes.empty());
  EXPECT_EQ(registers.reads, 0);
  EXPECT_EQ(read, (std::vector<std::uint32_t>{0xFFFFFFFF, 0xFFFFFFFF}));
}

}  // namespace
}  // namespace emulator::pci
