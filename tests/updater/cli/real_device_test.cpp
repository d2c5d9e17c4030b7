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

// Public ids: Linux's hw-me-regs.h, by the generations whose firmware such boards were sold with.
TEST_F(RealDevice, CallsALaterEngineByItsNameAndSaysWhatIsCovered) {
  for (const auto& [id, name] : std::vector<std::pair<std::uint16_t, std::string>>{
           {0x1C3A, "ME 7, Cougar Point (8086:1C3A)"},
           {0x1E3A, "ME 8, Panther Point (8086:1E3A)"},
           {0x8C3A, "ME 9.0 or 9.1, Lynx Point H (8086:8C3A)"},
           {0x9C3A, "ME 9.5 or 10, Lynx Point LP (8086:9C3A)"},
           {0xA13A, "CSME 11, Sunrise Point H (8086:A13A)"},
           {0xA360, "CSME 12, Cannon Point H (8086:A360)"},
           {0xA0E0, "CSME 15, Tiger Lake Point LP (8086:A0E0)"},
           {0x43E0, "CSME 15, Tiger Lake Point H (8086:43E0)"},
           {0x7AE8, "CSME 16 or later, Alder Lake Point (8086:7AE8)"},
           {0x5A9A, "TXE 3 or 4, Apollo Lake (8086:5A9A)"}}) {
    add_function("0000:00:16.0", id);
    for (const auto& opened :
         {open_first("auto", roots), open_function("0000:00:16.0", "auto", roots)}) {
      ASSERT_FALSE(opened);
      EXPECT_EQ(opened.error().code, base::Errc::unsupported);
      EXPECT_TRUE(holds(opened.error().doing, name)) << opened.error().doing;
      EXPECT_TRUE(holds(opened.error().doing, "ME 2 to 5 (ICH8 to ICH10 boards)"));
      EXPECT_TRUE(holds(opened.error().doing, "modprobe mei_me"));
      EXPECT_FALSE(holds(opened.error().doing, "BIOS"));
    }
  }
}

TEST_F(RealDevice, NamesTheDriverOfALaterEngineThatIsAnotherOne) {
  add_function("0000:00:1a.0", 0x0F18);
  const auto opened = open_first("auto", roots);
  ASSERT_FALSE(opened);
  EXPECT_TRUE(holds(opened.error().doing, "TXE 1, Bay Trail (8086:0F18)"));
  EXPECT_TRUE(holds(opened.error().doing, "modprobe mei_txe"));
}

TEST_F(RealDevice, AsksForTheKernelsWordsWhereALaterEnginesDriverMadeNoNode) {
  add_function("0000:00:16.0", 0x1C3A);
  folder.write("sys/bus/pci/drivers/mei_me/uevent", "");
  std::filesystem::create_directory_symlink(folder.file("sys/bus/pci/drivers/mei_me"),
                                            folder.file("sys/bus/pci/devices/0000:00:16.0/driver"));
  const auto opened = open_first("auto", roots);
  ASSERT_FALSE(opened);
  EXPECT_TRUE(holds(opened.error().doing, "its driver mei_me is loaded, but has made no /dev/mei*"))
      << opened.error().doing;
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
