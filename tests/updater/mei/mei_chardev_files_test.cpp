// SPDX-License-Identifier: BSD-3-Clause
// What MeiChardev makes of the files around a device node: a node that cannot be opened, attributes
// of each chipset.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "protocol/mei/clients.h"
#include "tests/temporary_folder.h"
#include "tests/updater/unprivileged.h"
#include "updater/mei/mei_chardev.h"

namespace test {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using updater::mei::MeiChardev;

class NoTime final : public base::Clock {
 public:
  base::TimePoint now() const override { return {}; }
  void sleep(base::Duration) override {}
};

/// A folder with "mei0" (a plain file stands for the node) and the attributes a test gives it.
class MeiFiles : public testing::Test {
 protected:
  MeiFiles() {
    fs::create_directories(folder_ / "sys/class/mei/mei0/device");
    std::ofstream(folder_ / "mei0") << "";
  }

  void attribute(const char* name, std::string_view content) {
    const fs::path path = folder_ / "sys" / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << content;
  }
  base::Result<std::unique_ptr<MeiChardev>> open(const char* node = "mei0") {
    return MeiChardev::open(folder_ / node, clock_, {.sys = folder_ / "sys"});
  }

  const tests::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
  NoTime clock_;
};

TEST_F(MeiFiles, MissingNodeSaysHowToLoadTheDriver) {
  const auto device = open("mei7");
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error().code, Errc::not_found);
  EXPECT_NE(device.error().doing.find("modprobe mei_me"), std::string::npos);
  EXPECT_NE(device.error().doing.find("mei7"), std::string::npos);
}

TEST_F(MeiFiles, NodeThatMayNotBeOpenedAsksForRoot) {
  fs::permissions(folder_ / "mei0", fs::perms::none);
  const Unprivileged nobody;
  const auto device = open();
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error().code, Errc::permission);
  EXPECT_NE(device.error().doing.find("root"), std::string::npos);
}

TEST_F(MeiFiles, FolderIsNoDevice) {
  EXPECT_EQ(open("sys").error().code, Errc::invalid);
}

TEST_F(MeiFiles, PlainFileHasNoClients) {
  const auto device = open();
  ASSERT_TRUE(device);
  EXPECT_EQ((*device)->connect(protocol::mei::kFwuGuid).error().code, Errc::not_found);
}

TEST_F(MeiFiles, FirmwareStatusIsTheFirstLine) {
  attribute("class/mei/mei0/fw_status", "3009065A\n12345678\n");
  EXPECT_EQ((*open())->firmware_status().value_or(0), 0x3009065Au);
}

TEST_F(MeiFiles, LaterEnginesTellSeveralStatusWords) {
  attribute("class/mei/mei0/fw_status",
            "94000242\n02F10507\n00000030\n00004004\n00001F03\nC44003C9\n");
  EXPECT_EQ((*open())->firmware_status_words(),
            (std::vector<std::uint32_t>{0x94000242, 0x02F10507, 0x30, 0x4004, 0x1F03, 0xC44003C9}));
  attribute("class/mei/mei0/fw_status", "94000242\nnothing\n00000030\n");
  EXPECT_EQ((*open())->firmware_status_words(), (std::vector<std::uint32_t>{0x94000242}));
  attribute("class/mei/mei0/fw_status", "");
  EXPECT_TRUE((*open())->firmware_status_words().empty());
}

TEST_F(MeiFiles, ChipsetWithoutFirmwareStatusSaysSo) {
  attribute("class/mei/mei0/fw_status", "");  // ICH9
  EXPECT_EQ((*open())->firmware_status().error().code, Errc::unsupported);
}

TEST_F(MeiFiles, FirmwareStatusThatIsNoNumberIsAnError) {
  attribute("class/mei/mei0/fw_status", "30090 65A\n");
  EXPECT_EQ((*open())->firmware_status().error().code, Errc::io);
}

TEST_F(MeiFiles, PciIdIsReadOrAbsent) {
  EXPECT_EQ((*open())->pci_device_id().error().code, Errc::unsupported);
  attribute("class/mei/mei0/device/device", "0x2e14\n");
  EXPECT_EQ((*open())->pci_device_id().value_or(0), 0x2E14);
  attribute("class/mei/mei0/device/device", "0x12e14\n");
  EXPECT_EQ((*open())->pci_device_id().error().code, Errc::unsupported);
}

TEST_F(MeiFiles, DriverVersionIsReadOrAbsent) {
  EXPECT_FALSE((*open())->host_facts().mei_driver_version);
  attribute("module/mei_me/version", "1.0\n");
  EXPECT_EQ((*open())->host_facts().mei_driver_version, "1.0");
}

}  // namespace
}  // namespace test
