// SPDX-License-Identifier: BSD-3-Clause
// The state folder that follows a running board, and that meupdate --state opens as well.
#include "emulator/attach/qemu/state_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "temporary_folder.h"
#include "updater/cli/state_folder.h"

namespace emulator::attach::qemu {
namespace {

constexpr std::uint32_t kSize = 0x4000;

class StateFilesTest : public testing::Test {
 protected:
  std::unique_ptr<StateFiles> begun(const KeptBoard& kept) {
    auto files = StateFiles::open(folder_.path());
    EXPECT_TRUE(files) << files.error().doing;
    EXPECT_TRUE((*files)->begin(kept, flash_));
    return std::move(files).value();
  }

  base::Bytes on_disk() const {
    std::ifstream file(folder_.path() + "/flash.bin", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return {text.begin(), text.end()};
  }

  std::string description() const { return folder_.path() + "/machine.json"; }
  std::string described() const {
    std::ifstream file(description());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  tests::TemporaryFolder folder_;
  base::Bytes flash_ = base::Bytes(kSize, 0xFF);
  KeptBoard board_{.machine = "desktop-q35", .set = {"a.b=1"}, .flash = {}};
};

TEST_F(StateFilesTest, TheFileFollowsEachChangeOfTheFlash) {
  const auto files = begun(board_);
  const base::Bytes page = {0x12, 0x34};
  std::ranges::copy(page, flash_.begin() + 0x1000);
  files->flash_file().flash_changed(0x1000, page);
  EXPECT_TRUE(files->flash_file().written());
  EXPECT_EQ(on_disk(), flash_);
}

TEST_F(StateFilesTest, WhatMeupdateKeepsIsTheSameFolder) {
  begun(board_);
  auto theirs = updater::cli::StateFolder::open(folder_.path());
  ASSERT_TRUE(theirs);
  const auto kept = (*theirs)->load();
  ASSERT_TRUE(kept) << kept.error().doing;
  ASSERT_TRUE(*kept);
  EXPECT_EQ((*kept)->machine, board_.machine);
  EXPECT_EQ((*kept)->set, board_.set);
  EXPECT_EQ((*kept)->flash, flash_);
}

TEST_F(StateFilesTest, AnotherFlashTakesThePlaceOfTheWholeAndIsFollowed) {
  const auto files = begun(board_);
  base::Bytes other(flash_.size(), 0x5A);
  ASSERT_TRUE(files->flash_file().replace(other));
  EXPECT_EQ(on_disk(), other);
  other[7] = 0x50;
  files->flash_file().flash_changed(7, base::ByteView(other).subspan(7, 1));
  EXPECT_EQ(on_disk(), other);
}

TEST_F(StateFilesTest, WhatCannotBeReplacedIsLeftWholeAndFollowedNoMore) {
  const auto files = begun(board_);
  std::filesystem::create_directory(folder_.path() + "/flash.bin.new");
  const auto replaced = files->flash_file().replace(base::Bytes(flash_.size(), 0x5A));
  ASSERT_FALSE(replaced);
  EXPECT_NE(replaced.error().doing.find("flash.bin.new"), std::string::npos);
  files->flash_file().flash_changed(0, base::Bytes{0});
  EXPECT_EQ(on_disk(), flash_);
  EXPECT_FALSE(files->flash_file().written());
  std::filesystem::remove(folder_.path() + "/flash.bin.new");
  EXPECT_TRUE(files->flash_file().replace(flash_));
  EXPECT_TRUE(files->flash_file().written());
}

/// A folder in the way of machine.json.new stands for a full disk: who writes nothing needs none.
TEST_F(StateFilesTest, AFolderThatHasABoardIsNotDescribedAgain) {
  begun(board_);
  const std::string before = described();
  std::filesystem::create_directory(description() + ".new");
  const auto files = StateFiles::open(folder_.path());
  ASSERT_TRUE(files);
  auto kept = (*files)->load({});
  ASSERT_TRUE(kept);
  EXPECT_TRUE((*files)->begin(*kept, flash_));
  EXPECT_EQ(described(), before);
}

TEST_F(StateFilesTest, ADescriptionIsWrittenWholeBeforeItIsSeen) {
  std::filesystem::create_directory(description() + ".new");
  const auto files = StateFiles::open(folder_.path());
  ASSERT_TRUE(files);
  const auto begun = (*files)->begin(board_, flash_);
  ASSERT_FALSE(begun);
  EXPECT_NE(begun.error().doing.find("machine.json.new"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(description()));
}

TEST_F(StateFilesTest, AFlashThatCannotBeReadIsAnErrorAndNoShortFlash) {
  begun(board_);
  std::filesystem::remove(folder_.path() + "/flash.bin");
  std::filesystem::create_symlink("/proc/self/mem", folder_.path() + "/flash.bin");
  const auto files = StateFiles::open(folder_.path());
  ASSERT_TRUE(files);
  const auto kept = (*files)->load({});
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().code, base::Errc::io);
  EXPECT_NE(kept.error().doing.find("flash.bin"), std::string::npos);
}

TEST_F(StateFilesTest, AFolderThatMeupdateUsesIsBusy) {
  const auto theirs = updater::cli::StateFolder::open(folder_.path());
  ASSERT_TRUE(theirs);
  const auto ours = StateFiles::open(folder_.path());
  ASSERT_FALSE(ours);
  EXPECT_EQ(ours.error().code, base::Errc::busy);
}

TEST_F(StateFilesTest, TheFolderTellsWhichMachineItKeeps) {
  begun(board_);
  const auto files = StateFiles::open(folder_.path());
  ASSERT_TRUE(files);
  const auto kept = (*files)->load({});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->machine, board_.machine);
  EXPECT_EQ(kept->set, board_.set);
  EXPECT_EQ(kept->flash, flash_);
}

TEST_F(StateFilesTest, AnotherMachineOrOtherValuesAreRefused) {
  begun(board_);
  const auto files = StateFiles::open(folder_.path());
  ASSERT_TRUE(files);
  EXPECT_FALSE((*files)->load({.machine = "thinkpad-t400", .set = {}, .flash = {}}));
  EXPECT_FALSE((*files)->load({.machine = {}, .set = {"a.b=2"}, .flash = {}}));
}

TEST_F(StateFilesTest, ADamagedFolderIsRefusedByTheFilesName) {
  begun(board_);
  const auto files = StateFiles::open(folder_.path());
  ASSERT_TRUE(files);
  for (const char* text : {"", "5", R"({"schema": 1, "machine": 5})",
                           R"({"schema": "one", "machine": "m", "set": []})",
                           R"({"schema": 1, "machine": "m", "set": [5]})"}) {
    std::ofstream(folder_.path() + "/machine.json") << text;
    const auto kept = (*files)->load({});
    ASSERT_FALSE(kept) << text;
    EXPECT_NE(kept.error().doing.find("machine.json"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace emulator::attach::qemu
