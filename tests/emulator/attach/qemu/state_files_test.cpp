// SPDX-License-Identifier: BSD-3-Clause
// The state folder that follows a running board, and that meupdate --state opens as well.
#include "emulator/attach/qemu/state_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder.h"
#include "updater/cli/state_folder.h"

namespace emulator::attach::qemu {
namespace {

using sim::TraceKind;

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

  static void tell(StateFiles& files, TraceKind kind, std::uint32_t address, std::uint32_t length) {
    sim::TraceRecord record;
    record.kind = kind;
    record.a = address;
    record.b = length;
    files.record(record);
  }

  tests::TemporaryFolder folder_;
  base::Bytes flash_ = base::Bytes(kSize, 0xFF);
  KeptBoard board_{.machine = "desktop-q35", .set = {"a.b=1"}, .flash = {}};
};

TEST_F(StateFilesTest, AnOperationIsInTheFileOnceItHasEndedNotWhenItBegins) {
  const auto files = begun(board_);
  tell(*files, TraceKind::flash_program, 0x1000, 2);
  ASSERT_TRUE(files->keep(flash_));
  EXPECT_EQ(on_disk(), flash_);
  flash_[0x1000] = 0x12;
  flash_[0x1001] = 0x34;
  ASSERT_TRUE(files->keep(flash_));
  EXPECT_EQ(on_disk(), flash_);
}

TEST_F(StateFilesTest, AnOperationThatEndedAsTheNextBeganIsInTheFile) {
  const auto files = begun(board_);
  tell(*files, TraceKind::flash_program, 0x1000, 1);
  ASSERT_TRUE(files->keep(flash_));
  flash_[0x1000] = 0x12;
  tell(*files, TraceKind::flash_erase, 0x2000, 0x1000);
  ASSERT_TRUE(files->keep(flash_));
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

TEST_F(StateFilesTest, AnotherFlashTakesThePlaceOfTheWhole) {
  const auto files = begun(board_);
  const base::Bytes other(flash_.size(), 0x5A);
  ASSERT_TRUE(files->replace(other));
  EXPECT_EQ(on_disk(), other);
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
