// SPDX-License-Identifier: BSD-3-Clause
// The folder that keeps a machine while it is switched off.
#include "emulator/attach/state_folder.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace emulator::attach {
namespace {

constexpr const char* kDescription = R"({"schema": 1, "machine": "m", "set": []})";

class StateFolderTest : public testing::Test {
 protected:
  std::unique_ptr<StateFolder> open() { return StateFolder::open(folder_.path()).value(); }
  /// What goes wrong when it is loaded.
  base::Error failure() { return open()->load().error(); }

  tests::TemporaryFolder folder_;
};

TEST_F(StateFolderTest, GivesBackWhatItWasGiven) {
  EXPECT_FALSE(open()->load().value().has_value());
  ASSERT_TRUE(open()->save({.machine = "esprimo-e5730", .set = {"a=1"}, .flash = {1, 2, 3}}));
  const auto kept = open()->load().value();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->machine, "esprimo-e5730");
  EXPECT_EQ(kept->set, std::vector<std::string>{"a=1"});
  EXPECT_EQ(kept->flash, (base::Bytes{1, 2, 3}));
}

TEST_F(StateFolderTest, IsOneProgramsAtATime) {
  const auto first = open();
  const auto second = StateFolder::open(folder_.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, base::Errc::busy);
}

TEST_F(StateFolderTest, IsOneThatCanBeWrittenTo) {
  std::filesystem::create_directory(folder_.file("lock"));
  const auto opened = StateFolder::open(folder_.path());
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().doing.find("can be written to"), std::string::npos);
}

TEST_F(StateFolderTest, IsOnlyForItsOwnerToRead) {
  ASSERT_TRUE(
      open()->save({.machine = "m", .set = {"tpm.state.owner_secret=\"x\""}, .flash = {1}}));
  // The lock, too: who can open it can take it, and keep the owner out.
  for (const char* file : {"flash.bin", "machine.json", "lock"}) {
    const auto mode = std::filesystem::status(folder_.file(file)).permissions();
    EXPECT_EQ(static_cast<unsigned>(mode), 0600u) << file;
  }
}

TEST_F(StateFolderTest, GoesAgainWhenItWasMadeForNothing) {
  const std::string path = folder_.file("new");
  { const auto unused = StateFolder::open(path).value(); }
  EXPECT_FALSE(std::filesystem::exists(path));
  { ASSERT_TRUE(StateFolder::open(path).value()->save({.machine = "m", .set = {}, .flash = {1}})); }
  { const auto reopened = StateFolder::open(path).value(); }
  EXPECT_TRUE(StateFolder::open(path).value()->load().value().has_value());
  std::filesystem::create_directory(folder_.file("old"));
  { const auto others = StateFolder::open(folder_.file("old")).value(); }
  EXPECT_TRUE(std::filesystem::exists(folder_.file("old"))) << "somebody else's";
}

TEST_F(StateFolderTest, NamesTheFileThatIsMissingOrDamaged) {
  folder_.write("flash.bin", "x");
  EXPECT_NE(failure().doing.find("machine.json is missing"), std::string::npos);
  for (const char* damaged :
       {"", "5", "[]", R"({"schema": "1", "machine": "m", "set": []})",
        R"({"schema": 1, "machine": 7, "set": []})", R"({"schema": 1, "machine": "m"})",
        R"({"schema": 1, "machine": "m", "set": [1]})"}) {
    folder_.write("machine.json", damaged);
    const auto loaded = open()->load();
    ASSERT_FALSE(loaded) << damaged;
    EXPECT_EQ(loaded.error().code, base::Errc::invalid);
    EXPECT_NE(loaded.error().doing.find("machine.json"), std::string::npos) << damaged;
  }
  folder_.write("machine.json", kDescription);
  EXPECT_TRUE(open()->load().value().has_value());
  folder_.write("flash.bin", "");
  EXPECT_NE(failure().doing.find("flash.bin is empty"), std::string::npos);
}

TEST_F(StateFolderTest, OfAnotherSchemaIsNotToldToBeRemoved) {
  folder_.write("flash.bin", "x");
  folder_.write("machine.json", R"({"schema": 2, "machine": "m", "set": []})");
  EXPECT_EQ(failure().code, base::Errc::unsupported);
  EXPECT_NE(failure().doing.find("machine.json has schema 2, this program knows 1"),
            std::string::npos);
  EXPECT_EQ(failure().doing.find("remove"), std::string::npos);
}

TEST_F(StateFolderTest, LeavesTheOldFilesWhereNewOnesCannotBeWritten) {
  ASSERT_TRUE(open()->save({.machine = "m", .set = {}, .flash = {1}}));
  for (const char* blocked : {"flash.bin.new", "machine.json.new"}) {
    folder_.block(blocked);
    EXPECT_FALSE(open()->save({.machine = "n", .set = {}, .flash = {2}}));
    const auto kept = open()->load().value();
    EXPECT_EQ(kept->flash, base::Bytes{1}) << blocked;
    EXPECT_EQ(kept->machine, "m") << blocked;
    std::filesystem::remove(folder_.file(blocked));
  }
}

TEST_F(StateFolderTest, StaysNewWhereOnlyOneOfItsFilesCanBeWritten) {
  folder_.block("machine.json.new");
  EXPECT_FALSE(open()->save({.machine = "m", .set = {}, .flash = {1}}));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("flash.bin")));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("flash.bin.new")));
  EXPECT_FALSE(open()->load().value().has_value());
}

TEST_F(StateFolderTest, HasNoFlashWithoutItsDescriptionHoweverSavingEnds) {
  folder_.block("machine.json");
  EXPECT_FALSE(open()->save({.machine = "m", .set = {}, .flash = {1}}));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("flash.bin")));
}

TEST_F(StateFolderTest, IsAFreshMachineWhereSavingANewOneEndedBeforeItsFlash) {
  folder_.write("machine.json", kDescription);
  const auto loaded = open()->load();
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->has_value());
}

TEST_F(StateFolderTest, AFlashThatCannotBeReadIsAnErrorAndNoShortFlash) {
  folder_.write("machine.json", kDescription);
  folder_.block("flash.bin");
  EXPECT_NE(failure().doing.find("flash.bin: it is a folder"), std::string::npos);
  std::filesystem::remove(folder_.file("flash.bin"));
  std::filesystem::create_symlink("/proc/self/mem", folder_.file("flash.bin"));
  EXPECT_EQ(failure().code, base::Errc::io);
  EXPECT_NE(failure().doing.find("flash.bin"), std::string::npos);
}

}  // namespace
}  // namespace emulator::attach
