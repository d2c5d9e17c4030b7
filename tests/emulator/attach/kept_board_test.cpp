// SPDX-License-Identifier: BSD-3-Clause
// A board that its folder keeps from one program to the next.
#include "emulator/attach/kept_board.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "os/read_file.h"
#include "protocol/mei/fwu.h"
#include "tests/full_disk.h"
#include "tests/source_dir.h"
#include "tests/temporary_folder.h"

namespace emulator::attach {
namespace {

constexpr const char* kMachine = "esprimo-e5730";
constexpr const char* kChange = "settings.enabled_update_interfaces=1";

class KeptBoardTest : public testing::Test {
 protected:
  BoardChoice choice(const std::string& machine = "", const std::vector<std::string>& set = {}) {
    return {.machine = machine,
            .set = set,
            .state_dir = folder_.file("board"),
            .profiles = std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines"};
  }
  /// Switched on once, and off again.
  void keep_one() {
    auto board = open_kept_board(choice(kMachine, {kChange}));
    ASSERT_TRUE(board) << board.error().doing;
    ASSERT_TRUE(board->follow_flash());
  }

  tests::TemporaryFolder folder_;
};

TEST_F(KeptBoardTest, IsTheOneInTheFolderWithItsValuesAndItsFlash) {
  keep_one();
  const auto board = open_kept_board(choice());
  ASSERT_TRUE(board) << board.error().doing;
  EXPECT_EQ(board->kept.machine, kMachine);
  EXPECT_EQ(board->kept.set, std::vector<std::string>{kChange});
  const base::ByteView flash = board->machine->flash();
  EXPECT_EQ(folder_.read("board/flash.bin"), std::string(flash.begin(), flash.end()));
}

TEST_F(KeptBoardTest, WasSwitchedOffSinceItsProfilesLastReset) {
  using protocol::fwu::ResetReason;
  const auto reason = [](const BoardChoice& choice) {
    return open_kept_board(choice)->machine->profile().firmware.surroundings.reset_reason;
  };
  EXPECT_EQ(reason(choice(kMachine)), ResetReason::system_reset) << "as the profile says";
  keep_one();
  EXPECT_EQ(reason(choice()), ResetReason::power_up);
}

TEST_F(KeptBoardTest, IsNotDescribedAgain) {
  keep_one();
  const std::string before = folder_.read("board/machine.json");
  const tests::FullDisk full;
  auto board = open_kept_board(choice());
  ASSERT_TRUE(board);
  EXPECT_TRUE(board->follow_flash());
  EXPECT_EQ(folder_.read("board/machine.json"), before);
}

TEST_F(KeptBoardTest, IsRefusedAsAnotherMachineOrWithOtherValues) {
  keep_one();
  const auto machine = open_kept_board(choice("thinkpad-t400"));
  ASSERT_FALSE(machine);
  EXPECT_NE(machine.error().doing.find("keeps the machine esprimo-e5730, not thinkpad-t400"),
            std::string::npos);
  const auto values = open_kept_board(choice(kMachine, {"settings.enabled_update_interfaces=3"}));
  ASSERT_FALSE(values);
  EXPECT_NE(values.error().doing.find("other values of --set"), std::string::npos);
}

TEST_F(KeptBoardTest, AMistypedChoiceIsNamedAndLeavesNothingBehind) {
  for (const auto& wrong : {choice("esprimo-e5703"), choice(kMachine, {"firmware.version"}),
                            choice(kMachine, {"firmware.verzion=1"})})
    EXPECT_FALSE(open_kept_board(wrong));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("board")));
  const auto nothing = open_kept_board(choice());
  ASSERT_FALSE(nothing);
  EXPECT_NE(nothing.error().doing.find("no machine is given"), std::string::npos);
}

/// The start of a flash, with all but its code, and its description, as the program wrote them
/// before either had a second format.
TEST_F(KeptBoardTest, OfTheFirstFormatIsReadAndKeptAsTheNewest) {
  const std::string data = std::string(MEBENCH_SOURCE_DIR) + "/tests/emulator/attach/data/";
  const auto start = os::read_file(data + "flash-start-1.bin", 1).value();
  const auto description = os::read_file(data + "machine-1.json", 1).value();
  base::Bytes flash(4u << 20, 0xFF);
  std::ranges::copy(start, flash.begin());
  folder_.write("board/flash.bin", flash);
  folder_.write("board/machine.json", description);
  {
    auto board = open_kept_board(choice());
    ASSERT_TRUE(board) << board.error().doing;
    EXPECT_EQ(board->kept.machine, "desktop-q35");
    EXPECT_EQ(board->machine->profile().description, "An old board");
    EXPECT_EQ(board->machine->itpm(), nullptr);
    EXPECT_TRUE(std::ranges::equal(board->machine->flash(), flash));
    ASSERT_TRUE(board->save());
  }
  EXPECT_NE(folder_.read("board/machine.json").find("\"schema\": 2"), std::string::npos);
  const auto again = open_kept_board(choice(
      "desktop-q35", {"description='An old board'", "tpm.fitted=false", "flash.code_size=65536"}));
  EXPECT_TRUE(again) << again.error().doing;
}

}  // namespace
}  // namespace emulator::attach
