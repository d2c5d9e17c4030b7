// SPDX-License-Identifier: BSD-3-Clause
// Mapping a HECI function's registers through sysfs, and every reason not to.
#include <gtest/gtest.h>

#include "tests/updater/mmio/fake_sysfs.h"
#include "updater/mmio/pci_bar_mmio.h"

namespace test {
namespace {

using base::Errc;
using updater::mmio::MemorySpace;
using updater::mmio::parse_pci_address;
using updater::mmio::PciBarMmio;
using updater::mmio::PciFunction;

constexpr std::size_t kBarInPage = 0x230;  // 0xFEDA1230

base::Result<std::unique_ptr<PciBarMmio>> map(const FakeSysfs& sysfs,
                                              MemorySpace space = MemorySpace::must_be_enabled) {
  return PciBarMmio::open(*PciFunction::open("0000:00:03.0", sysfs.roots()), space);
}

TEST(PciBar, RegistersLieWhereTheBarLiesInItsPage) {
  FakeSysfs sysfs;
  sysfs.add({});
  std::string page(4096, '\0');
  page.replace(kBarInPage + 4, 4, std::string("\x0A\x00\x00\x20", 4));
  FakeSysfs::write(sysfs.of("0000:00:03.0") / "resource0", page);
  const auto bar = map(sysfs);
  ASSERT_TRUE(bar) << bar.error().doing;
  EXPECT_EQ((*bar)->read32(0x04), 0x2000000Au);
  (*bar)->write32(0x00, 0x11223344);
  EXPECT_EQ(FakeSysfs::read(sysfs.of("0000:00:03.0") / "resource0").substr(kBarInPage, 4),
            "\x44\x33\x22\x11");
}

TEST(PciBar, OffsetsOutsideTheBarFloatAndTouchNothing) {
  FakeSysfs sysfs;
  sysfs.add({});
  const auto bar = map(sysfs);
  ASSERT_TRUE(bar);
  EXPECT_EQ((*bar)->read32(0x0C), 0u);
  for (const std::uint32_t offset : {0x10u, 0x02u, 0x0Eu, 0xFFFFFFFCu, 0xFFFFFFFFu}) {
    EXPECT_EQ((*bar)->read32(offset), 0xFFFFFFFFu) << offset;
    (*bar)->write32(offset, 0x5A5A5A5A);
  }
  EXPECT_EQ(FakeSysfs::read(sysfs.of("0000:00:03.0") / "resource0"), std::string(4096, '\0'));
}

TEST(PciBar, BoundDriverIsNotPushedAside) {
  FakeSysfs sysfs;
  sysfs.add({.driver = "mei_me"});
  const auto bar = map(sysfs);
  ASSERT_FALSE(bar);
  EXPECT_EQ(bar.error().code, Errc::busy);
  EXPECT_NE(bar.error().doing.find("modprobe -r mei_me"), std::string::npos);
  EXPECT_NE(bar.error().doing.find("unbind"), std::string::npos);
}

TEST(PciBar, MemorySpaceThatIsOffIsRefusedWithTheWayToSwitchItOn) {
  FakeSysfs sysfs;
  sysfs.add({.command = 0x0004});
  const auto bar = map(sysfs);
  ASSERT_FALSE(bar);
  EXPECT_EQ(bar.error().code, Errc::refused);
  EXPECT_NE(bar.error().doing.find("/enable"), std::string::npos);
  EXPECT_EQ(FakeSysfs::read(sysfs.of("0000:00:03.0") / "enable"), "0");
}

TEST(PciBar, MemorySpaceIsSwitchedOnWhenAsked) {
  FakeSysfs sysfs;
  sysfs.add({.command = 0x0004});
  EXPECT_TRUE(map(sysfs, MemorySpace::enable));
  EXPECT_EQ(FakeSysfs::read(sysfs.of("0000:00:03.0") / "enable"), "1");
}

TEST(PciBar, MemorySpaceThatIsOnIsLeftAlone) {
  FakeSysfs sysfs;
  sysfs.add({});
  EXPECT_TRUE(map(sysfs, MemorySpace::enable));
  EXPECT_EQ(FakeSysfs::read(sysfs.of("0000:00:03.0") / "enable"), "0");
}

TEST(PciBar, PortBarIsUnsupported) {
  FakeSysfs sysfs;
  sysfs.add({.bar0 = 0x0000E001});
  EXPECT_EQ(map(sysfs).error().code, Errc::unsupported);
}

TEST(PciBar, BarWithoutAnAddressIsUnsupported) {
  for (const char* resource : {"0x0000000000000000 0x0000000000000000 0x0000000000000000\n", "",
                               "0x00000000feda1230 0x00000000feda1237 0x0000000000140204\n"}) {
    FakeSysfs sysfs;
    sysfs.add({});
    FakeSysfs::write(sysfs.of("0000:00:03.0") / "resource", resource);
    EXPECT_EQ(map(sysfs).error().code, Errc::unsupported) << resource;
  }
}

TEST(PciBar, MissingRegistersAreNotFound) {
  FakeSysfs sysfs;
  sysfs.add({});
  std::filesystem::remove(sysfs.of("0000:00:03.0") / "resource0");
  EXPECT_EQ(map(sysfs).error().code, Errc::not_found);
}

TEST(PciFunction, TellsItsIdsAndFirmwareStatus) {
  FakeSysfs sysfs;
  sysfs.add({});
  const auto function = PciFunction::open("00:03.0", sysfs.roots());
  ASSERT_TRUE(function);
  EXPECT_EQ(function->address(), "0000:00:03.0");
  EXPECT_EQ(function->vendor_id().value_or(0), 0x8086);
  EXPECT_EQ(function->device_id().value_or(0), 0x2E14);
  EXPECT_EQ(function->firmware_status().value_or(0), 0x3009065Au);
  EXPECT_FALSE(function->driver());
}

TEST(PciFunction, Ich9HasNoFirmwareStatus) {
  FakeSysfs sysfs;
  sysfs.add({.device = 0x29B4});
  EXPECT_EQ(PciFunction::open("0000:00:03.0", sysfs.roots())->firmware_status().error().code,
            Errc::unsupported);
}

TEST(PciFunction, ConfigurationSpaceCutAtSixtyFourBytesAsksForRoot) {
  FakeSysfs sysfs;
  sysfs.add({.config_size = 64});
  const auto status = PciFunction::open("0000:00:03.0", sysfs.roots())->firmware_status();
  EXPECT_EQ(status.error().code, Errc::permission);
  EXPECT_NE(status.error().doing.find("root"), std::string::npos);
}

TEST(PciFunction, MissingFunctionIsNotFound) {
  FakeSysfs sysfs;
  EXPECT_EQ(PciFunction::open("0000:00:03.0", sysfs.roots()).error().code, Errc::not_found);
}

TEST(PciFunction, AddressIsDomainBusDeviceFunction) {
  EXPECT_EQ(parse_pci_address("0000:00:03.0"), "0000:00:03.0");
  EXPECT_EQ(parse_pci_address("00:1F.7"), "0000:00:1f.7");
  for (const char* wrong : {"", "3.0", "0000:00:03.8", "0000:00:03", "0000-00-03.0", "../../../etc",
                            "0000:00:03.0 ", "0000:0g:03.0"}) {
    EXPECT_FALSE(parse_pci_address(wrong)) << wrong;
  }
}

TEST(PciFunction, AddressThatIsNoneIsInvalid) {
  EXPECT_EQ(PciFunction::open("mei0").error().code, Errc::invalid);
}

}  // namespace
}  // namespace test
