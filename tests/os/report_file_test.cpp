// SPDX-License-Identifier: BSD-3-Clause
// Where what people asked for is written: files whole, pipes and devices straight.
#include "os/report_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "os/descriptor.h"
#include "os/stream.h"
#include "tests/full_disk.h"
#include "tests/os/modes.h"
#include "tests/temporary_folder.h"
#include "tests/updater/unprivileged.h"

namespace os {
namespace {

namespace fs = std::filesystem;
using base::Errc;

class ReportFile : public testing::Test {
 protected:
  const tests::TemporaryFolder folder_;
  const std::string path_ = folder_.file("report");
};

TEST_F(ReportFile, IsReplacedWhole) {
  folder_.write("report", "the last one, which is longer");
  ASSERT_TRUE(write_report(path_, "new"));
  EXPECT_EQ(folder_.read("report"), "new");
}

TEST_F(ReportFile, IsTheLastOneWhereTheDiskIsFull) {
  folder_.write("report", "the last one");
  {
    const tests::FullDisk full;
    EXPECT_EQ(write_report(path_, "new").error().code, Errc::io);
  }
  EXPECT_EQ(folder_.read("report"), "the last one");
}

TEST_F(ReportFile, MayBeReadByWhomTheUmaskLets) {
  const tests::Umask usual(022);
  ASSERT_TRUE(write_report(path_, "x"));
  EXPECT_EQ(tests::mode_of(path_), 0644u);
}

TEST_F(ReportFile, BehindAnOwnLinkTheLinkStays) {
  fs::create_symlink("behind", path_);
  folder_.write("behind", "old");
  ASSERT_TRUE(write_report(path_, "new"));
  EXPECT_TRUE(tests::is_link(path_));
  EXPECT_EQ(folder_.read("behind"), "new");
}

TEST_F(ReportFile, BehindAnothersLinkIsNotTouched) {
  folder_.write("behind", "old");
  fs::create_symlink("behind", path_);
  if (::lchown(path_.c_str(), 1234, 1234) != 0) return;  // only root can
  const auto written = write_report(path_, "new");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::permission);
  EXPECT_EQ(folder_.read("behind"), "old");
}

TEST_F(ReportFile, AFolderIsNone) {
  const auto written = write_report(folder_.path(), "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::invalid);
  EXPECT_NE(written.error().doing.find("it is a folder"), std::string::npos);
  EXPECT_FALSE(can_write_report(folder_.path()));
}

TEST_F(ReportFile, APipeIsWrittenStraight) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  const Descriptor reader(::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  ASSERT_TRUE(write_report(path_, "through"));
  std::string got(20, ' ');
  const ssize_t size = ::read(reader.number(), got.data(), got.size());
  EXPECT_EQ(got.substr(0, static_cast<std::size_t>(size)), "through");
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_TRUE(S_ISFIFO(status.st_mode)) << "it is still the pipe";
}

TEST_F(ReportFile, APipeThatNobodyReadsEndsTheWait) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  const auto opened = open_stream(path_, std::chrono::milliseconds(60));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::timeout);
  EXPECT_NE(opened.error().doing.find("nobody reads"), std::string::npos);
}

TEST_F(ReportFile, ADeviceIsWrittenStraight) {
  EXPECT_TRUE(write_report("/dev/null", "x"));
  const auto full = write_report("/dev/full", "x");
  ASSERT_FALSE(full);
  EXPECT_NE(full.error().doing.find("/dev/full"), std::string::npos);
}

/// As a shell's "> file" and ">(...)": behind what was written there, not over it.
TEST_F(ReportFile, AnOpenFileByItsNumberIsGoneOnWith) {
  folder_.write("report", "");
  const Descriptor file(::open(path_.c_str(), O_WRONLY | O_CLOEXEC));
  ASSERT_EQ(::write(file.number(), "first ", 6), 6);
  ASSERT_TRUE(write_report("/dev/fd/" + std::to_string(file.number()), "second"));
  EXPECT_EQ(folder_.read("report"), "first second");
  EXPECT_FALSE(write_report("/dev/fd/987654", "x"));
}

TEST_F(ReportFile, IsKnownBeforehandToBePossible) {
  EXPECT_TRUE(can_write_report(path_));
  EXPECT_TRUE(can_write_report("/dev/stdout"));
  EXPECT_FALSE(fs::exists(path_)) << "asking makes nothing";
  EXPECT_EQ(can_write_report(folder_.file("no/such/folder/report")).error().code, Errc::not_found);
  fs::create_directory(folder_.file("closed"));
  fs::permissions(folder_.file("closed"), fs::perms::owner_read);
  const test::Unprivileged nobody;
  EXPECT_EQ(can_write_report(folder_.file("closed/report")).error().code, Errc::permission);
}

TEST_F(ReportFile, InAScratchFolderIsWrittenThroughNoLink) {
  ASSERT_TRUE(write_scratch(path_, "one"));
  ASSERT_TRUE(write_scratch(path_, "two"));
  EXPECT_EQ(folder_.read("report"), "two");
  EXPECT_EQ(tests::mode_of(path_), 0600u);
  fs::create_symlink("elsewhere", folder_.file("link"));
  EXPECT_FALSE(write_scratch(folder_.file("link"), "x"));
  EXPECT_FALSE(fs::exists(folder_.file("elsewhere")));
}

}  // namespace
}  // namespace os
