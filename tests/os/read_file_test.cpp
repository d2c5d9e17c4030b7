// SPDX-License-Identifier: BSD-3-Clause
// A file read whole, and every way in which that can fail, each told with the path.
#include "os/read_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/temporary_folder.h"

namespace os {
namespace {

namespace fs = std::filesystem;
using base::Bytes;
using base::Errc;

class ReadFile : public testing::Test {
 protected:
  void expect_error(const base::Result<Bytes>& read, Errc code, const std::string& path) {
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, code) << read.error().doing;
    EXPECT_EQ(read.error().doing.find("reading " + path + ": "), 0u) << read.error().doing;
  }

  const tests::TemporaryFolder folder_;
  const std::string path_ = folder_.file("file");
};

TEST_F(ReadFile, GivesEveryByte) {
  folder_.write("file", std::string_view("\0\r\n\x1A\xFF", 5));
  EXPECT_EQ(read_file(path_, 1).value(), (Bytes{0, '\r', '\n', 0x1A, 0xFF}));
}

TEST_F(ReadFile, GivesMoreThanOnePiece) {
  const std::string long_text(200'000, 'x');
  folder_.write("file", long_text);
  EXPECT_EQ(read_file(path_, 1).value(), Bytes(long_text.begin(), long_text.end()));
}

TEST_F(ReadFile, AnEmptyFileIsNoError) {
  folder_.write("file", "");
  EXPECT_TRUE(read_file(path_, 1).value().empty());
}

TEST_F(ReadFile, WhatIsNotThereIsNotFound) {
  expect_error(read_file(path_, 1), Errc::not_found, path_);
}

TEST_F(ReadFile, AFolderIsInvalid) {
  expect_error(read_file(folder_.path(), 1), Errc::invalid, folder_.path());
}

TEST_F(ReadFile, TheLimitIsStillReadAndAByteMoreIsNot) {
  folder_.write("file", "x");
  fs::resize_file(path_, 1 << 20);
  EXPECT_EQ(read_file(path_, 1).value().size(), std::size_t{1} << 20);
  fs::resize_file(path_, (1 << 20) + 1);
  expect_error(read_file(path_, 1), Errc::invalid, path_);
}

TEST_F(ReadFile, GivesItsStartWhereNoMoreIsWanted) {
  folder_.write("file", "abcdef");
  EXPECT_EQ(read_start(path_, 3).value(), (Bytes{'a', 'b', 'c'}));
  EXPECT_EQ(read_start(path_, 99).value().size(), 6u);
}

/// The memory of this process opens, and its first page cannot be read.
TEST_F(ReadFile, AReadingThatFailsIsAnErrorAndNoShortFile) {
  expect_error(read_file("/proc/self/mem", 1), Errc::io, "/proc/self/mem");
}

}  // namespace
}  // namespace os
