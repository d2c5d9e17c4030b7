// SPDX-License-Identifier: BSD-3-Clause
// Finding the MEs of a computer in its sysfs.
#include <gtest/gtest.h>

#include "tests/updater/mmio/fake_sysfs.h"
#include "updater/mmio/discover.h"

namespace test {
namespace {

using updater::mmio::discover;

TEST(Discover, HeciFunctionIsFoundWithItsChipsetAndDriver) {
  FakeSysfs sysfs;
  sysfs.add({.driver = "mei_me"});
  const auto found = discover(sysfs.roots());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].device, "pci:0000:00:03.0");
  EXPECT_EQ(found[0].chipset, "82Q45/Q43");
  EXPECT_EQ(found[0].driver, "mei_me");
}

TEST(Discover, OtherFunctionsAndOtherVendorsAreNotMes) {
  FakeSysfs sysfs;
  sysfs.add({.address = "0000:00:1f.0", .device = 0x3A14});
  sysfs.add({.address = "0000:01:00.0", .vendor = 0x10DE, .device = 0x2E14});
  EXPECT_TRUE(discover(sysfs.roots()).empty());
}

TEST(Discover, MesOfLaterGenerationsAreFoundWithTheirChipset) {
  FakeSysfs sysfs;
  sysfs.add({.address = "0000:00:16.0", .device = 0x1C3A});
  const auto found = discover(sysfs.roots());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].device, "pci:0000:00:16.0");
  EXPECT_EQ(found[0].chipset, "Cougar Point");
}

TEST(Discover, DeviceNodesComeFirstInOrderOfTheirNumber) {
  FakeSysfs sysfs;
  sysfs.add({});
  for (const char* node : {"mei10", "mei2", "mei", "meil", "mem"}) sysfs.add_node(node);
  const auto found = discover(sysfs.roots());
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].device, sysfs.roots().dev + "/mei2");
  EXPECT_EQ(found[1].device, sysfs.roots().dev + "/mei10");
  EXPECT_EQ(found[2].device, "pci:0000:00:03.0");
}

TEST(Discover, ComputerWithoutAnythingHasNothing) {
  EXPECT_TRUE(discover({.sys = "/nonexistent/sys", .dev = "/nonexistent/dev"}).empty());
}

}  // namespace
}  // namespace test
