// SPDX-License-Identifier: BSD-3-Clause
// Firmware tables of boards and of guests.
#include "updater/io/simulated_board.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace updater::io {
namespace {

class SimulatedBoardTest : public testing::Test {
 protected:
  SimulatedBoardTest() {
    std::string name = (std::filesystem::temp_directory_path() / "mebench.XXXXXX").string();
    sys_ = ::mkdtemp(name.data());
    std::filesystem::create_directories(sys_ + "/firmware/dmi/tables");
  }
  ~SimulatedBoardTest() override { std::filesystem::remove_all(sys_); }
  void tables(const std::string& bytes) {
    std::ofstream(sys_ + "/firmware/dmi/tables/DMI", std::ios::binary) << bytes;
  }
  std::string sys_;
};

// Type 11, five bytes, handle 0E00h, one string.
const std::string kOemStrings("\x0B\x05\x00\x0E\x01", 5);

TEST_F(SimulatedBoardTest, TheOemStringOfOurGuestsIsKnown) {
  tables(kOemStrings + std::string("mebench-simulated-board\0\0", 25));
  EXPECT_TRUE(on_simulated_board(sys_));
}
TEST_F(SimulatedBoardTest, AnyOtherBoardIsHardware) {
  tables(kOemStrings + std::string("Intel Haswell/Wildcat/Skylake\0\0", 31));
  EXPECT_FALSE(on_simulated_board(sys_));
}
TEST_F(SimulatedBoardTest, ALongerStringIsAnotherOne) {
  tables(kOemStrings + std::string("mebench-simulated-boards\0\0", 26));
  EXPECT_FALSE(on_simulated_board(sys_));
  tables(kOemStrings + std::string("no-mebench-simulated-board\0\0", 28));
  EXPECT_FALSE(on_simulated_board(sys_));
}
TEST_F(SimulatedBoardTest, TablesThatCannotBeReadSayHardware) {
  EXPECT_FALSE(on_simulated_board(sys_ + "/nowhere"));
}

}  // namespace
}  // namespace updater::io
