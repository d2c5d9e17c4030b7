// SPDX-License-Identifier: BSD-3-Clause
// Reading a file from disk: what can be wrong with a path, each told with the path.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/temporary_folder.h"
#include "tests/updater/unprivileged.h"
#include "updater/io/read_file.h"

namespace test {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using updater::io::read_file;

class WholeFile : public testing::Test {
 protected:
  const tests::TemporaryFolder folder_;
};

TEST_F(WholeFile, IsReadWhole) {
  EXPECT_EQ(read_file(folder_.write("a.bin", std::string("\0\1\xFF", 3))).value_or({}),
            (base::Bytes{0, 1, 0xFF}));
}

TEST_F(WholeFile, ThatIsMissingIsNotFoundAndNamed) {
  const std::string path = folder_.file("none.bin");
  const auto bytes = read_file(path);
  EXPECT_EQ(bytes.error().code, Errc::not_found);
  EXPECT_NE(bytes.error().doing.find(path), std::string::npos);
}

TEST_F(WholeFile, ThatIsEmptyIsInvalid) {
  EXPECT_EQ(read_file(folder_.write("e.bin", "")).error().code, Errc::invalid);
}

TEST_F(WholeFile, ThatIsAFolderIsInvalid) {
  EXPECT_EQ(read_file(folder_.path()).error().code, Errc::invalid);
}

TEST_F(WholeFile, LargerThanSixtyFourMebibytesIsInvalid) {
  const std::string path = folder_.write("l.bin", "x");
  fs::resize_file(path, (64u << 20) + 1);
  EXPECT_EQ(read_file(path).error().code, Errc::invalid);
}

TEST_F(WholeFile, OfExactlySixtyFourMebibytesIsRead) {
  const std::string path = folder_.write("m.bin", "x");
  fs::resize_file(path, 64u << 20);
  EXPECT_TRUE(read_file(path));
}

TEST_F(WholeFile, ThatMayNotBeReadIsAPermissionError) {
  const std::string path = folder_.write("p.bin", "x");
  fs::permissions(path, fs::perms::none);
  const Unprivileged nobody;
  EXPECT_EQ(read_file(path).error().code, Errc::permission);
}

}  // namespace
}  // namespace test
