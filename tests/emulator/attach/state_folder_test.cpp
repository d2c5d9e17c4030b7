// SPDX-License-Identifier: BSD-3-Clause
// The folder that keeps a machine while it is switched off.
#include "emulator/attach/state_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/full_disk.h"
#include "tests/os/modes.h"
#include "tests/temporary_folder.h"

namespace emulator::attach {
namespace {

constexpr const char* kDescription = R"({"schema": 1, "machine": "m", "set": []})";

class StateFolderTest : public testing::Test {
 protected:
  std::unique_ptr<StateFolder> open() { return StateFolder::open(folder_.path()).value(); }
  /// What goes wrong when it is loaded.
  base::Error failure() { return open()->load().error(); }

  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_.path()),
                      std::filesystem::directory_iterator()));
  }

  tests::TemporaryFolder folder_;
};

/// Bytes of a file that a full disk still has room for.
constexpr std::size_t kRoom = 500;

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
  EXPECT_NE(second.error().doing.find("(process " + std::to_string(::getpid()) + ")"),
            std::string::npos)
      << second.error().doing;
}

TEST_F(StateFolderTest, IsOneThatCanBeWrittenTo) {
  folder_.make_folder("lock");
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

TEST_F(StateFolderTest, IsMadeForItsOwnerAlone) {
  const tests::Umask open_to_all(0);
  const auto made = StateFolder::open(folder_.file("board"));
  ASSERT_TRUE(made);
  EXPECT_EQ(tests::mode_of(folder_.file("board")), 0700u);
}

TEST_F(StateFolderTest, ThatOthersMayWriteToIsRefused) {
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0777), 0);
  const auto opened = StateFolder::open(folder_.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::Errc::permission);
  EXPECT_NE(opened.error().doing.find("chmod go-w"), std::string::npos) << opened.error().doing;
}

TEST_F(StateFolderTest, OfAnotherUserIsRefused) {
  if (::chown(folder_.path().c_str(), 1234, 1234) != 0) return;  // only root can
  const auto opened = StateFolder::open(folder_.path());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::Errc::permission);
}

/// Planted in a folder that was open once: by the names that were fixed before, and by the files'.
TEST_F(StateFolderTest, LinksInItLeadNowhere) {
  const tests::TemporaryFolder elsewhere;
  for (const char* name : {"flash.bin", "flash.bin.new", "machine.json", "machine.json.new"}) {
    elsewhere.write(name, "precious");
    std::filesystem::create_symlink(elsewhere.file(name), folder_.file(name));
  }
  ASSERT_TRUE(open()->save({.machine = "m", .set = {}, .flash = {1}}));
  for (const char* name : {"flash.bin", "flash.bin.new", "machine.json", "machine.json.new"})
    EXPECT_EQ(elsewhere.read(name), "precious") << name;
  EXPECT_FALSE(tests::is_link(folder_.file("flash.bin")));
  EXPECT_EQ(open()->load().value()->flash, base::Bytes{1});
}

TEST_F(StateFolderTest, ALockThatIsALinkOrAPipeIsRefused) {
  const tests::TemporaryFolder elsewhere;
  std::filesystem::create_symlink(elsewhere.file("made"), folder_.file("lock"));
  EXPECT_FALSE(StateFolder::open(folder_.path()));
  EXPECT_FALSE(std::filesystem::exists(elsewhere.file("made")));
  std::filesystem::remove(folder_.file("lock"));
  ASSERT_EQ(::mkfifo(folder_.file("lock").c_str(), 0600), 0);
  EXPECT_FALSE(StateFolder::open(folder_.path()));
}

TEST_F(StateFolderTest, APipeInAFilesPlaceIsRefusedAtOnce) {
  ASSERT_TRUE(open()->save({.machine = "m", .set = {}, .flash = {1}}));
  for (const char* name : {"flash.bin", "machine.json"}) {
    const std::string kept = folder_.read(name);
    std::filesystem::remove(folder_.file(name));
    ASSERT_EQ(::mkfifo(folder_.file(name).c_str(), 0600), 0);
    EXPECT_EQ(failure().code, base::Errc::invalid);
    EXPECT_NE(failure().doing.find(std::string(name) + ": it is a pipe"), std::string::npos);
    std::filesystem::remove(folder_.file(name));
    folder_.write(name, kept);
  }
}

TEST_F(StateFolderTest, LosesWhatAKilledProgramLeft) {
  ASSERT_TRUE(open()->save({.machine = "m", .set = {}, .flash = {1}}));
  folder_.write("flash.bin.0123456789abcdef.new", "half");
  folder_.write("machine.json.new", "half");
  folder_.write("mine.new", "stays");
  EXPECT_TRUE(open()->load().value().has_value());
  EXPECT_EQ(files(), 4u);
  EXPECT_EQ(folder_.read("mine.new"), "stays");
}

TEST_F(StateFolderTest, GoesAgainWhenItWasMadeForNothing) {
  const std::string path = folder_.file("new");
  { const auto unused = StateFolder::open(path).value(); }
  EXPECT_FALSE(std::filesystem::exists(path));
  { ASSERT_TRUE(StateFolder::open(path).value()->save({.machine = "m", .set = {}, .flash = {1}})); }
  { const auto reopened = StateFolder::open(path).value(); }
  EXPECT_TRUE(StateFolder::open(path).value()->load().value().has_value());
  folder_.make_folder("old");
  { const auto others = StateFolder::open(folder_.file("old")).value(); }
  EXPECT_TRUE(std::filesystem::exists(folder_.file("old"))) << "somebody else's";
}

TEST_F(StateFolderTest, NamesTheFileThatIsMissingOrDamaged) {
  folder_.write("flash.bin", "x");
  EXPECT_NE(failure().doing.find("machine.json is missing"), std::string::npos);
  for (const char* damaged :
       {"", "5", "[]", R"({"schema": "1", "machine": "m", "set": []})",
        R"({"schema": 1, "machine": 7, "set": []})", R"({"schema": 1, "machine": "m"})",
        R"({"schema": 1, "machine": "m", "set": [1]})",
        R"({"schema": 0, "machine": "m", "set": []})",
        R"({"schema": 2, "machine": "m", "set": []})",
        R"({"schema": 2, "folder": -1, "machine": "m", "set": []})"}) {
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
  const int later = kDescriptionFormat + 1;
  folder_.write("machine.json",
                fmt::format(R"({{"schema": {}, "folder": 1, "machine": "m", "set": []}})", later));
  EXPECT_EQ(failure().code, base::Errc::unsupported);
  EXPECT_NE(failure().doing.find(fmt::format("machine.json has schema {}", later)),
            std::string::npos);
  EXPECT_EQ(failure().doing.find("remove"), std::string::npos);
  folder_.write("machine.json",
                fmt::format(R"({{"schema": 2, "folder": {}, "machine": "m", "set": []}})",
                            kFolderFormat + 1));
  EXPECT_EQ(failure().code, base::Errc::unsupported);
  EXPECT_NE(failure().doing.find(fmt::format("machine.json has folder {}", kFolderFormat + 1)),
            std::string::npos);
}

TEST_F(StateFolderTest, LeavesTheOldFilesWhereNewOnesCannotBeWritten) {
  const std::string long_value = "a=" + std::string(kRoom, 'x');
  const KeptMachine large_flash{.machine = "n", .set = {}, .flash = base::Bytes(kRoom + 1, 2)};
  const KeptMachine large_description{.machine = "n", .set = {long_value}, .flash = {2}};
  ASSERT_TRUE(open()->save({.machine = "m", .set = {}, .flash = {1}}));
  for (const KeptMachine* larger : {&large_flash, &large_description}) {
    {
      const tests::FullDisk full(kRoom);
      EXPECT_FALSE(open()->save(*larger));
    }
    const auto kept = open()->load().value();
    EXPECT_EQ(kept->flash, base::Bytes{1});
    EXPECT_EQ(kept->machine, "m");
    EXPECT_EQ(files(), 3u) << "nothing is left beside them and the lock";
  }
}

TEST_F(StateFolderTest, StaysNewWhereOnlyOneOfItsFilesCanBeWritten) {
  {
    const tests::FullDisk full(kRoom);
    const std::string long_value = "a=" + std::string(kRoom, 'x');
    EXPECT_FALSE(open()->save({.machine = "m", .set = {long_value}, .flash = {1}}));
  }
  EXPECT_EQ(files(), 1u) << "the lock";
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
