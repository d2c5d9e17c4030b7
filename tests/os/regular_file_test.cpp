// SPDX-License-Identifier: BSD-3-Clause
// What is no file is refused at once, by what it is: nothing waits for a pipe, no device is opened.
#include "os/regular_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>

#include "tests/temporary_folder.h"

namespace os {
namespace {

using base::Errc;

class RegularFile : public testing::Test {
 protected:
  void expect_refused(const std::string& path, const std::string& as) {
    for (const auto& opened : {open_to_read(path), open_in_place(path)}) {
      ASSERT_FALSE(opened) << path;
      EXPECT_EQ(opened.error().code, Errc::invalid);
      EXPECT_NE(opened.error().doing.find(path + ": it is " + as), std::string::npos)
          << opened.error().doing;
    }
  }

  const tests::TemporaryFolder folder_;
};

TEST_F(RegularFile, IsOpened) {
  const std::string path = folder_.write("file", "x");
  EXPECT_TRUE(open_to_read(path));
  EXPECT_TRUE(open_in_place(path));
}

/// Without a writer, and with one that never writes.
TEST_F(RegularFile, APipeIsNone) {
  const std::string path = folder_.file("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  expect_refused(path, "a pipe, and must be a file");
  const Descriptor silent(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  expect_refused(path, "a pipe, and must be a file");
}

TEST_F(RegularFile, DevicesFoldersAndSocketsAreNone) {
  expect_refused("/dev/zero", "a device");
  expect_refused("/dev/tty", "a device");
  expect_refused(folder_.path(), "a folder");
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  const std::string path = folder_.file("socket");
  std::memcpy(address.sun_path, path.data(), path.size());
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::bind(socket.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  expect_refused(path, "a socket");
}

TEST_F(RegularFile, IsReadBehindALinkAndWrittenBehindNone) {
  const std::string file = folder_.write("file", "x");
  const std::string link = folder_.file("link");
  std::filesystem::create_symlink(file, link);
  EXPECT_TRUE(open_to_read(link));
  const auto written = open_in_place(link);
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().doing.find("it is a link"), std::string::npos) << written.error().doing;
}

TEST_F(RegularFile, ALinkToAPipeIsAPipe) {
  ASSERT_EQ(::mkfifo(folder_.file("pipe").c_str(), 0600), 0);
  std::filesystem::create_symlink(folder_.file("pipe"), folder_.file("link"));
  const auto opened = open_to_read(folder_.file("link"));
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().doing.find("it is a pipe"), std::string::npos);
}

}  // namespace
}  // namespace os
