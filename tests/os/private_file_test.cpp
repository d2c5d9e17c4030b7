// SPDX-License-Identifier: BSD-3-Clause
// A log is for its owner: mode, links, and files that are somebody else's.
#include "os/private_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "os/write_all.h"
#include "tests/os/modes.h"
#include "tests/temporary_folder.h"

namespace os {
namespace {

namespace fs = std::filesystem;
using base::Errc;

constexpr uid_t kSomebodyElse = 1234;

class PrivateFile : public testing::Test {
 protected:
  void write(std::string_view text, Begin begin = Begin::behind_what_is_there) {
    const auto file = open_private(path_, begin);
    ASSERT_TRUE(file) << file.error().doing;
    ASSERT_TRUE(write_all(*file, path_, base::as_bytes(text)));
  }

  const tests::TemporaryFolder folder_;
  const std::string path_ = folder_.file("log");
};

TEST_F(PrivateFile, IsItsOwnersAloneWhateverTheUmask) {
  const tests::Umask open(0);
  write("x");
  EXPECT_EQ(tests::mode_of(path_), 0600u);
}

TEST_F(PrivateFile, BecomesSoWhereItWasOpenToOthers) {
  folder_.write("log", "old\n");
  fs::permissions(path_, fs::perms::all);
  write("new\n");
  EXPECT_EQ(tests::mode_of(path_), 0600u);
  EXPECT_EQ(folder_.read("log"), "old\nnew\n");
}

TEST_F(PrivateFile, BeginsAnewWhereThatIsAsked) {
  folder_.write("log", "old and longer\n");
  write("new\n", Begin::anew);
  EXPECT_EQ(folder_.read("log"), "new\n");
}

TEST_F(PrivateFile, IsNotWrittenThroughALink) {
  folder_.write("victim", "precious");
  fs::create_symlink("victim", path_);
  for (const Begin begin : {Begin::behind_what_is_there, Begin::anew}) {
    const auto opened = open_private(path_, begin);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::invalid);
    EXPECT_NE(opened.error().doing.find("it is a link"), std::string::npos) << opened.error().doing;
  }
  EXPECT_EQ(folder_.read("victim"), "precious");
}

TEST_F(PrivateFile, OfAnotherUserIsRefusedUntouched) {
  folder_.write("log", "theirs");
  if (::chown(path_.c_str(), kSomebodyElse, kSomebodyElse) != 0) return;  // only root can
  const auto opened = open_private(path_, Begin::anew);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::permission);
  EXPECT_NE(opened.error().doing.find("another user (number 1234)"), std::string::npos)
      << opened.error().doing;
  EXPECT_EQ(folder_.read("log"), "theirs");
}

TEST_F(PrivateFile, MayBeAPipeOrDevice) {
  EXPECT_TRUE(open_private("/dev/null", Begin::anew));
  ASSERT_EQ(::mkfifo(path_.c_str(), 0644), 0);
  const Descriptor reader(::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  write("through");
  EXPECT_EQ(tests::mode_of(path_), 0644u) << "a pipe is left as it is";
}

TEST_F(PrivateFile, ThatMustBeAFileIsNoPipeOrFolder) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(open_private_file(path_, Begin::anew).error().code, Errc::invalid);
  EXPECT_EQ(open_private_file(folder_.path(), Begin::anew).error().code, Errc::invalid);
  EXPECT_EQ(open_private_file("/dev/null", Begin::anew).error().code, Errc::invalid);
}

}  // namespace
}  // namespace os
