// SPDX-License-Identifier: BSD-3-Clause
// Registers at a physical address, through a file that stands in for /dev/mem.
#include "updater/mmio/physical_mmio.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/updater/mmio/fake_sysfs.h"
#include "tests/updater/unprivileged.h"

namespace {

using base::Errc;
using updater::mmio::PhysicalMmio;

constexpr std::uint64_t kAddress = 0xFED40000;
constexpr std::size_t kSize = 0x5000;

/// As large as the addresses of a 32-bit computer; its holes cost nothing.
class PhysicalMemory : public testing::Test {
 protected:
  PhysicalMemory() : path_(system_.roots().dev + "/mem") {
    test::FakeSysfs::write(path_, "");
    std::filesystem::resize_file(path_, kAddress + kSize);
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(kAddress + 0x1018);
    file.write("\x80\x01\x02\x03", 4);
  }

  std::string bytes_at(std::uint64_t address, std::size_t count) const {
    std::ifstream file(path_, std::ios::binary);
    file.seekg(static_cast<std::streamoff>(address));
    std::string bytes(count, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(count));
    return bytes;
  }

  test::FakeSysfs system_;
  std::string path_;
};

TEST_F(PhysicalMemory, IsReadAtItsAddressInWordsAndInBytes) {
  auto registers = PhysicalMmio::open(kAddress, kSize, system_.roots()).value();
  EXPECT_EQ(registers->read32(0x1018), 0x03020180u);
  EXPECT_EQ(registers->read8(0x1018), 0x80);
  EXPECT_EQ(registers->read8(0x1019), 0x01);
  EXPECT_EQ(registers->read8(0x101B), 0x03);
}

TEST_F(PhysicalMemory, AByteIsWrittenWithoutItsNeighbours) {
  auto registers = PhysicalMmio::open(kAddress, kSize, system_.roots()).value();
  registers->write8(0x1019, 0x40);
  EXPECT_EQ(bytes_at(kAddress + 0x1018, 4), std::string("\x80\x40\x02\x03", 4));
  registers->write32(0x1018, 0x11223344);
  EXPECT_EQ(bytes_at(kAddress + 0x1018, 4), std::string("\x44\x33\x22\x11", 4));
}

TEST_F(PhysicalMemory, OutsideTheMappingTheBusFloats) {
  auto registers = PhysicalMmio::open(kAddress, kSize, system_.roots()).value();
  EXPECT_EQ(registers->read8(kSize), 0xFF);
  EXPECT_EQ(registers->read32(kSize), 0xFFFFFFFFu);
  EXPECT_EQ(registers->read32(0x1019), 0xFFFFFFFFu);
  registers->write8(kSize, 1);
  registers->write32(kSize - 2, 1);
}

TEST_F(PhysicalMemory, WhoIsNotRootIsToldSo) {
  std::filesystem::permissions(path_, std::filesystem::perms::none);
  const test::Unprivileged nobody;
  const auto registers = PhysicalMmio::open(kAddress, kSize, system_.roots());
  ASSERT_FALSE(registers);
  EXPECT_EQ(registers.error().code, Errc::permission);
  EXPECT_NE(registers.error().doing.find("root"), std::string::npos);
}

TEST_F(PhysicalMemory, AKernelWithoutItIsNamed) {
  std::filesystem::remove(path_);
  const auto registers = PhysicalMmio::open(kAddress, kSize, system_.roots());
  ASSERT_FALSE(registers);
  EXPECT_EQ(registers.error().code, Errc::unsupported);
  EXPECT_NE(registers.error().doing.find("CONFIG_DEVMEM"), std::string::npos);
}

TEST_F(PhysicalMemory, AnAddressInMidPageIsNone) {
  const auto registers = PhysicalMmio::open(kAddress + 1, kSize, system_.roots());
  ASSERT_FALSE(registers);
  EXPECT_EQ(registers.error().code, Errc::invalid);
}

// What the kernel says under STRICT_DEVMEM cannot be had from a plain file; /dev/full has no
// mapping either, and says ENODEV.
TEST_F(PhysicalMemory, WhatCannotBeMappedNamesTheAddress) {
  std::filesystem::remove(path_);
  std::filesystem::create_symlink("/dev/full", path_);
  const auto registers = PhysicalMmio::open(kAddress, kSize, system_.roots());
  ASSERT_FALSE(registers);
  EXPECT_NE(registers.error().doing.find("mapping FED40000h"), std::string::npos);
}

}  // namespace
