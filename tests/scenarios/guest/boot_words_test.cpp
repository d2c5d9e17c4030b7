// SPDX-License-Identifier: BSD-3-Clause
// How QEMU is given a kernel, packed or not, and what it boots into.
#include "scenarios/guest/boot_words.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace scenarios::guest {
namespace {

using Words = std::vector<std::string>;

class BootWords : public testing::Test {
 protected:
  std::string make(const std::string& name, std::size_t size) const {
    return temporary_.write(name, std::string(size, 'x'));
  }

  const tests::TemporaryFolder temporary_;
  const std::string folder_ = temporary_.path();
};

TEST_F(BootWords, AKernelThatIsPackedAloneUnpacksItself) {
  make("vmlinuz", 1);
  EXPECT_EQ(boot_words(folder_, "/i", "pci=nomsi"),
            (Words{"-kernel", folder_ + "/vmlinuz", "-initrd", "/i", "-append",
                   "console=ttyS0 panic=-1 cryptomgr.notests nopti pci=nomsi"}));
}

TEST_F(BootWords, AnUnpackedKernelIsToldWhereItsInitramfsLiesAndToKeepItsPages) {
  make("vmlinuz", 1);
  make("vmlinux", 1);
  const std::string initramfs = make("a,b", 12345);
  EXPECT_EQ(boot_words(folder_, initramfs, "quiet"),
            (Words{"-kernel", folder_ + "/vmlinux", "-device",
                   "loader,file=" + folder_ + "/a,,b,addr=0x8000000,force-raw=on", "-append",
                   "console=ttyS0 panic=-1 cryptomgr.notests nopti initrdmem=0x8000000,12345 "
                   "memmap=16384$0x8000000 quiet"}));
}

TEST_F(BootWords, AGuestHasRoomForWhatItBootsIntoThreeTimesOver) {
  const std::string initramfs = make("i", 1);
  EXPECT_EQ(memory_for(initramfs), "256");
  std::filesystem::resize_file(initramfs, 24 * 1024 * 1024);
  EXPECT_EQ(memory_for(initramfs), "331");
  std::filesystem::resize_file(initramfs, 100 * 1024 * 1024);
  EXPECT_EQ(memory_for(initramfs), "559");
}

}  // namespace
}  // namespace scenarios::guest
