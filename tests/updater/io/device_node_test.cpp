// SPDX-License-Identifier: BSD-3-Clause
// Which paths are the very node of a device that the kernel drives. /dev/null, device 1:3, stands
// for one: a test cannot make nodes.
#include "updater/io/device_node.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>

#include "tests/temporary_folder.h"

namespace {

using updater::io::is_systems_node;
using updater::io::NodeClass;

class SystemsNode : public testing::Test {
 protected:
  void kernel_tells(const std::string& place, const std::string& number) {
    folder.write("sys/class/" + place + "/dev", number + "\n");
  }
  bool is_tpm(const std::string& path) const {
    return is_systems_node(path, NodeClass::tpm, folder.file("sys"));
  }

  tests::TemporaryFolder folder;
};

TEST_F(SystemsNode, IsTheDeviceOfItsNameWithTheNumberThatTheKernelTells) {
  kernel_tells("tpm/null", "1:3");
  EXPECT_TRUE(is_tpm("/dev/null"));
  EXPECT_FALSE(is_systems_node("/dev/null", NodeClass::mei, folder.file("sys")));
}

TEST_F(SystemsNode, IsNoneWithAnotherNumber) {
  kernel_tells("tpm/null", "1:5");
  EXPECT_FALSE(is_tpm("/dev/null"));
}

TEST_F(SystemsNode, IsNoneThatTheKernelDoesNotTellOf) {
  EXPECT_FALSE(is_tpm("/dev/null"));
  kernel_tells("misc/null", "1:3");
  EXPECT_FALSE(is_tpm("/dev/null")) << "a miscellaneous device that is not called tpm";
}

TEST_F(SystemsNode, IsNoLinkToOne) {
  std::filesystem::create_symlink("/dev/null", folder.file("tpm0"));
  kernel_tells("tpm/tpm0", "1:3");
  EXPECT_FALSE(is_tpm(folder.file("tpm0")));
}

TEST_F(SystemsNode, IsNoFileOfItsName) {
  folder.write("tpm0", "");
  kernel_tells("tpm/tpm0", "0:0");
  EXPECT_FALSE(is_tpm(folder.file("tpm0")));
  EXPECT_FALSE(is_tpm(folder.file("nothing")));
}

TEST_F(SystemsNode, IsNoPseudoTerminal) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_GE(terminal, 0);
  ASSERT_EQ(::grantpt(terminal) + ::unlockpt(terminal), 0);
  const std::string path = ::ptsname(terminal);
  kernel_tells("tpm/tpm0", "10:224");
  EXPECT_FALSE(is_tpm(path));
  std::filesystem::create_symlink(path, folder.file("tpm0"));
  EXPECT_FALSE(is_tpm(folder.file("tpm0")));
  ::close(terminal);
}

TEST_F(SystemsNode, IsNoneThatAProcessStandsFor) {
  folder.write("sys/devices/virtual/tpm/null/dev", "1:3\n");
  std::filesystem::create_directories(folder.file("sys/class/tpm"));
  std::filesystem::create_directory_symlink(folder.file("sys/devices/virtual/tpm/null"),
                                            folder.file("sys/class/tpm/null"));
  EXPECT_FALSE(is_tpm("/dev/null"));
}

}  // namespace
