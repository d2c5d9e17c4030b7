// SPDX-License-Identifier: BSD-3-Clause
// A file that follows the flash of a running machine.
#include "emulator/attach/flash_file.h"

#include <gtest/gtest.h>

#include "tests/full_disk.h"
#include "tests/temporary_folder.h"

namespace emulator::attach {
namespace {

constexpr std::size_t kSize = 0x4000;

class FlashFileTest : public testing::Test {
 protected:
  FlashFileTest() { folder_.write("flash.bin", std::string(kSize, '\xFF')); }
  base::Bytes on_disk() const {
    const std::string text = folder_.read("flash.bin");
    return {text.begin(), text.end()};
  }
  FlashFile open() { return FlashFile::open(folder_.file("flash.bin")).value(); }

  tests::TemporaryFolder folder_;
  base::Bytes flash_ = base::Bytes(kSize, 0xFF);
};

TEST_F(FlashFileTest, FollowsEachChange) {
  FlashFile file = open();
  const base::Bytes page = {0x12, 0x34};
  flash_[0x1000] = 0x12;
  flash_[0x1001] = 0x34;
  file.flash_changed(0x1000, page);
  EXPECT_TRUE(file.written());
  EXPECT_EQ(on_disk(), flash_);
}

TEST_F(FlashFileTest, TakesAnotherFlashWholeAndFollowsThat) {
  FlashFile file = open();
  base::Bytes other(kSize, 0x5A);
  ASSERT_TRUE(file.replace(other));
  EXPECT_EQ(on_disk(), other);
  other[7] = 0x50;
  file.flash_changed(7, base::Bytes{0x50});
  EXPECT_EQ(on_disk(), other);
}

TEST_F(FlashFileTest, IsLeftWholeAndFollowsNoMoreWhereItCannotBeReplaced) {
  FlashFile file = open();
  {
    const tests::FullDisk full;
    const auto replaced = file.replace(base::Bytes(kSize, 0x5A));
    ASSERT_FALSE(replaced);
    EXPECT_NE(replaced.error().doing.find("flash.bin"), std::string::npos);
  }
  file.flash_changed(0, base::Bytes{0});
  EXPECT_EQ(on_disk(), flash_);
  EXPECT_FALSE(file.written());
  EXPECT_TRUE(file.replace(flash_));
  EXPECT_TRUE(file.written());
}

}  // namespace
}  // namespace emulator::attach
