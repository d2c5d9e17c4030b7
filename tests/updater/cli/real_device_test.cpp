// SPDX-License-Identifier: BSD-3-Clause
// What --device auto finds on computers made of files, and what it says when it finds nothing.
#include "updater/cli/real_device.h"

#include "tests/updater/cli/bench.h"

namespace {

using namespace updater::cli;
using tests::holds;

class RealDevice : public testing::Test {
 protected:
  RealDevice() : roots{.sys = folder.file("sys"), .dev = folder.file("dev")} {}

  void add_function(const std::string& address, std::uint16_t device) {
    base::Bytes config(256);
    base::ByteWriter(config).u16(0x8086).u16(device).u16(0x0006);
    folder.write("sys/bus/pci/devices/" + address + "/config", config);
  }
  void add_node() { folder.write("dev/mei0", ""); }

  tests::TemporaryFolder folder;
  updater::mmio::SystemRoots roots;
};

TEST_F(RealDevice, SaysWhereItLookedWhenThereIsNone) {
  const auto opened = open_first("auto", roots);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::Errc::not_found);
  EXPECT_TRUE(holds(opened.error().doing, folder.file("dev") + "/mei*"));
  EXPECT_TRUE(holds(opened.error().doing, folder.file("sys") + "/bus/pci/devices"));
}

TEST_F(RealDevice, PrefersTheDriversNodeToTheBareFunction) {
  add_function("0000:00:03.0", 0x2E14);
  add_node();
  const auto opened = open_first("auto", roots);
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->device().name(), folder.file("dev/mei0"));
  EXPECT_FALSE((*opened)->device().simulated());
}

TEST_F(RealDevice, NamesEachDeviceThatCannotBeOpenedWithItsReason) {
  add_function("0000:00:03.0", 0x2E14);  // without resource0: nothing to map
  const auto opened = open_first("auto", roots);
  ASSERT_FALSE(opened);
  EXPECT_TRUE(holds(opened.error().doing, "pci:0000:00:03.0: "));
}

TEST_F(RealDevice, RefusesAFunctionThatIsNoHeci) {
  add_function("0000:00:1f.2", 0x3A02);
  const auto opened = open_function("0000:00:1f.2", "auto", roots);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::Errc::unsupported);
}

TEST_F(RealDevice, RefusesAnAddressThatIsNone) {
  EXPECT_EQ(open_function("somewhere", "auto", roots).error().code, base::Errc::invalid);
  EXPECT_EQ(open_function("0000:00:03.0", "auto", roots).error().code, base::Errc::not_found);
}

}  // namespace
