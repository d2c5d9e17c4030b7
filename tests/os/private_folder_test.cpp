// SPDX-License-Identifier: BSD-3-Clause
// A folder for a machine's state: nobody else can put anything into it.
#include "os/private_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/os/modes.h"
#include "tests/temporary_folder.h"

namespace os {
namespace {

namespace fs = std::filesystem;
using base::Errc;

constexpr uid_t kOtherUser = 1234;

class PrivateFolder : public testing::Test {
 protected:
  const tests::TemporaryFolder folder_;
  const std::string path_ = folder_.file("above/board");
};

TEST_F(PrivateFolder, IsMadeForItsOwnerAlone) {
  const tests::Umask open(0);
  EXPECT_EQ(private_folder(path_).value(), Origin::made);
  EXPECT_EQ(tests::mode_of(path_), 0700u);
  EXPECT_EQ(private_folder(path_).value(), Origin::found);
}

TEST_F(PrivateFolder, MayEndInASlashAndBeReadByOthers) {
  EXPECT_EQ(private_folder(path_ + "/").value(), Origin::made);
  ASSERT_EQ(::chmod(path_.c_str(), 0755), 0);
  EXPECT_EQ(private_folder(path_ + "/").value(), Origin::found);
}

TEST_F(PrivateFolder, ThatOthersMayWriteToIsRefusedWithWhatToDo) {
  ASSERT_TRUE(private_folder(path_));
  for (const mode_t mode : {0720u, 0702u, 0777u, 01777u}) {
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    const auto used = private_folder(path_);
    ASSERT_FALSE(used) << mode;
    EXPECT_EQ(used.error().code, Errc::permission);
    EXPECT_NE(used.error().doing.find("chmod go-w " + path_), std::string::npos)
        << used.error().doing;
  }
}

TEST_F(PrivateFolder, OfAnotherUserIsRefused) {
  ASSERT_TRUE(private_folder(path_));
  if (::chown(path_.c_str(), kOtherUser, kOtherUser) != 0) return;  // only root can
  const auto used = private_folder(path_);
  ASSERT_FALSE(used);
  EXPECT_EQ(used.error().code, Errc::permission);
  EXPECT_NE(used.error().doing.find("another user (number 1234)"), std::string::npos);
}

TEST_F(PrivateFolder, BehindAnothersLinkIsRefusedAndBehindAnOwnOneIsNot) {
  ASSERT_TRUE(private_folder(path_));
  const std::string link = folder_.file("link");
  fs::create_directory_symlink(path_, link);
  EXPECT_TRUE(private_folder(link));
  if (::lchown(link.c_str(), kOtherUser, kOtherUser) != 0) return;  // only root can
  EXPECT_EQ(private_folder(link).error().code, Errc::permission);
}

TEST_F(PrivateFolder, IsNoFile) {
  EXPECT_EQ(private_folder(folder_.write("file", "x")).error().code, Errc::invalid);
  EXPECT_FALSE(private_folder(folder_.file("file/below")));
}

}  // namespace
}  // namespace os
