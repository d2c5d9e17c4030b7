// SPDX-License-Identifier: BSD-3-Clause
// What --device auto finds on computers made of files, and what it says when it finds nothing.
#include "updater/cli/real_device.h"

#include <filesystem>

#include "tests/updater/cli/bench.h"
#include "tests/updater/mmio/fake_sysfs.h"

namespace {

using namespace updater::cli;
using tests::holds;
using namespace std::string_literals;

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

// A node that the kernel does not tell of may be anything: a terminal, or another machine's.
TEST_F(RealDevice, ANodeOfWhichTheKernelDoesNotTellIsNotKnownToBeThisComputers) {
  add_node();
  const auto opened = open_first("tis:FED40000", roots);
  ASSERT_TRUE(opened) << opened.error().doing;
  const updater::update::Target me = (*opened)->me_target();
  EXPECT_EQ(me.name, folder.file("dev/mei0"));
  EXPECT_EQ(me.place, updater::update::Place::elsewhere);
  EXPECT_EQ(one_board(me, (*opened)->tpm_target()), updater::update::OneBoard::not_known);
}

TEST_F(RealDevice, ABareFunctionAndTheTpmsRegistersAreThisComputersAndMayBeReal) {
  test::FakeSysfs system;
  system.add({});
  const auto opened = open_function("0000:00:03.0", "tis:FED40000", system.roots());
  ASSERT_TRUE(opened) << opened.error().doing;
  const updater::update::Target me = (*opened)->me_target();
  const updater::update::Target tpm = (*opened)->tpm_target();
  EXPECT_EQ(one_board(me, tpm), updater::update::OneBoard::one_system);
  EXPECT_TRUE(may_be_real(me));
  EXPECT_TRUE(may_be_real(tpm));
}

TEST_F(RealDevice, OfAGuestOnASimulatedBoardBothAreSimulated) {
  test::FakeSysfs system;
  system.add({});
  // Type 1 with QEMU as its maker, type 11 with the string of `mesim guest`.
  const std::string tables =
      "\x01\x08\x00\x01\x01\x02\x00\x00QEMU\0Standard PC\0\0"
      "\x0B\x05\x00\x0E\x01mebench-simulated-board\0\0"s;
  const std::string dmi = system.roots().sys + "/firmware/dmi/tables";
  std::filesystem::create_directories(dmi);
  test::FakeSysfs::write(dmi + "/DMI", tables);
  {
    const auto opened = open_function("0000:00:03.0", "tis:FED40000", system.roots());
    ASSERT_TRUE(opened) << opened.error().doing;
    EXPECT_FALSE(may_be_real((*opened)->me_target()));
    EXPECT_FALSE(may_be_real((*opened)->tpm_target()));
  }
  const auto other = open_function("0000:00:03.0", "/dev/null", system.roots());
  ASSERT_TRUE(other);
  EXPECT_TRUE(may_be_real((*other)->tpm_target())) << "what is not its own may be anything";
}

TEST_F(RealDevice, IsOneUpdatersAtATime) {
  add_node();
  const auto first = open_first("auto", roots);
  const auto second = open_first("auto", roots);
  ASSERT_TRUE(first);
  ASSERT_TRUE(second) << "two may look at it";
  ASSERT_TRUE((*first)->claim());
  const auto claimed = (*second)->claim();
  ASSERT_FALSE(claimed);
  EXPECT_EQ(claimed.error().code, base::Errc::busy);
  EXPECT_TRUE(holds(claimed.error().doing, folder.file("dev/mei0") + " is locked by "));
  EXPECT_TRUE(holds(claimed.error().doing, "(process " + std::to_string(::getpid()) + ")"))
      << claimed.error().doing;
}

TEST_F(RealDevice, IsFreeAgainOnceItsUpdaterHasEnded) {
  add_node();
  {
    const auto first = open_first("auto", roots);
    ASSERT_TRUE((*first)->claim());
  }
  const auto second = open_first("auto", roots);
  EXPECT_TRUE((*second)->claim());
}

TEST_F(RealDevice, TheRegistersOfAFunctionAreOneProgramsWhateverItDoesThere) {
  test::FakeSysfs system;
  system.add({});
  const auto first = open_function("0000:00:03.0", "auto", system.roots());
  ASSERT_TRUE(first) << first.error().doing;
  const auto second = open_function("0000:00:03.0", "auto", system.roots());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, base::Errc::busy);
  EXPECT_TRUE(holds(second.error().doing, "0000:00:03.0/resource0 is locked by "))
      << second.error().doing;
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
