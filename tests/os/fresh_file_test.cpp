// SPDX-License-Identifier: BSD-3-Clause
// New contents take the old ones' place whole or not at all, and nobody's link is in the way.
#include "os/fresh_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/full_disk.h"
#include "tests/os/modes.h"
#include "tests/temporary_folder.h"

namespace os {
namespace {

namespace fs = std::filesystem;

class FreshFileTest : public testing::Test {
 protected:
  base::Result<void> replace(std::string_view text, Readers readers = Readers::owner) {
    return replace_file(path_, base::as_bytes(text), readers);
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  /// The name of the one file that is not `file`.
  std::string other() const {
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      if (entry.path().filename() != "file") return entry.path().filename();
    }
    return "";
  }

  const tests::TemporaryFolder folder_;
  const std::string path_ = folder_.file("file");
};

TEST_F(FreshFileTest, ReplacesWhatWasThere) {
  ASSERT_TRUE(replace("old"));
  ASSERT_TRUE(replace("new"));
  EXPECT_EQ(folder_.read("file"), "new");
  EXPECT_EQ(files(), 1u);
}

TEST_F(FreshFileTest, HasANameThatNobodyCanForesee) {
  FreshFile first(path_, Readers::owner);
  ASSERT_TRUE(first.write(base::as_bytes("x")));
  const std::string one = other();
  FreshFile second(path_, Readers::owner);
  ASSERT_TRUE(first.put_in_place());
  ASSERT_TRUE(second.write(base::as_bytes("x")));
  const std::string two = other();
  EXPECT_NE(one, two);
  EXPECT_TRUE(FreshFile::is_left_over(one, "file")) << one;
  EXPECT_TRUE(FreshFile::is_left_over(two, "file")) << two;
}

TEST_F(FreshFileTest, TakesThePlaceOfALinkAndLeavesItsTargetAlone) {
  const std::string victim = folder_.write("victim", "precious");
  fs::create_symlink(victim, path_);
  ASSERT_TRUE(replace("new"));
  EXPECT_EQ(folder_.read("victim"), "precious");
  EXPECT_FALSE(tests::is_link(path_));
}

TEST_F(FreshFileTest, LeavesTheOldFileWhereTheDiskIsFull) {
  ASSERT_TRUE(replace("old"));
  {
    const tests::FullDisk full;
    const auto replaced = replace("new");
    ASSERT_FALSE(replaced);
    EXPECT_NE(replaced.error().doing.find(path_), std::string::npos);
  }
  EXPECT_EQ(folder_.read("file"), "old");
  EXPECT_EQ(files(), 1u) << "nothing is left beside it";
}

TEST_F(FreshFileTest, LeavesNothingWhereItIsNotPutInPlace) {
  {
    FreshFile file(path_, Readers::owner);
    ASSERT_TRUE(file.write(base::as_bytes("x")));
  }
  EXPECT_EQ(files(), 0u);
}

TEST_F(FreshFileTest, IsItsOwnersAloneWhereItHoldsSecrets) {
  const tests::Umask open(0);
  ASSERT_TRUE(replace("x", Readers::owner));
  EXPECT_EQ(tests::mode_of(path_), 0600u);
}

TEST_F(FreshFileTest, IsAsTheUmaskSaysWhereItHoldsNone) {
  {
    const tests::Umask usual(022);
    ASSERT_TRUE(replace("x", Readers::as_before));
  }
  EXPECT_EQ(tests::mode_of(path_), 0644u);
  fs::remove(path_);
  const tests::Umask strict(077);
  ASSERT_TRUE(replace("x", Readers::as_before));
  EXPECT_EQ(tests::mode_of(path_), 0600u);
}

TEST_F(FreshFileTest, IsNoMoreOpenThanTheFileItReplaces) {
  const tests::Umask usual(022);
  folder_.write("file", "old");
  fs::permissions(path_, fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(replace("x", Readers::as_before));
  EXPECT_EQ(tests::mode_of(path_), 0600u);
}

TEST(LeftOverName, IsOneThatAKilledProgramLeaves) {
  EXPECT_TRUE(FreshFile::is_left_over("flash.bin.0123456789abcdef.new", "flash.bin"));
  EXPECT_TRUE(FreshFile::is_left_over("flash.bin.new", "flash.bin"));
  for (const char* name :
       {"flash.bin", "flash.bin.0123456789abcdeg.new", "flash.bin.0123.new", "flash.bin.new.txt",
        "flash.bin-0123456789abcdef.new", "my-flash.bin.new", "flash.bi.new", ".new", ""}) {
    EXPECT_FALSE(FreshFile::is_left_over(name, "flash.bin")) << name;
  }
}

}  // namespace
}  // namespace os
