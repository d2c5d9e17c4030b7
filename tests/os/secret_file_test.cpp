// SPDX-License-Identifier: BSD-3-Clause
// A secret from a file or a pipe: one line, nothing that is not there, and no wait without an end.
#include "os/secret_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "os/descriptor.h"
#include "tests/temporary_folder.h"

namespace os {
namespace {

using base::Errc;
using namespace std::chrono_literals;

constexpr SecretKind kWord = {.name = "the word", .longest = 12};
constexpr base::Duration kSoon = 100ms;
constexpr base::Duration kLate = 60s;  ///< the test's own limit ends it first

class SecretFile : public testing::Test {
 protected:
  base::Result<base::Secret> line(const std::string& path, base::Duration limit = kLate) {
    return read_secret_line(path, kWord, held_, limit);
  }
  base::Result<base::Secret> holding(std::string_view content) {
    return line(folder_.write("secret", content));
  }
  std::string pipe() {
    const std::string path = folder_.file("pipe");
    EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0);
    return path;
  }
  /// Another program, which ends with the test.
  void beside(const std::function<void()>& work) {
    child_ = ::fork();
    if (child_ != 0) return;
    work();
    ::_exit(0);
  }
  ~SecretFile() override {
    if (child_ > 0) ::waitpid(child_, nullptr, 0);
  }
  static void write_late(const std::string& path, std::string_view text) {
    const Descriptor writer(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    ::poll(nullptr, 0, 50);
    (void)!::write(writer.number(), text.data(), text.size());
  }

  const NoCoreDumps held_;
  const tests::TemporaryFolder folder_;
  pid_t child_ = 0;
};

TEST_F(SecretFile, IsItsFirstLineWithoutItsEnd) {
  EXPECT_EQ(holding("open sesame\nnot this\n")->text(), "open sesame");
  EXPECT_EQ(holding("open sesame\r\n")->text(), "open sesame");
  EXPECT_EQ(holding("open sesame")->text(), "open sesame");
  EXPECT_EQ(holding(" blanks ar \n")->text(), " blanks ar ");
}

TEST_F(SecretFile, AnEmptyLineIsNone) {
  for (const char* empty : {"", "\nlater\n", "\r\n"}) {
    const auto read = holding(empty);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::invalid);
    EXPECT_NE(read.error().doing.find("first line is empty"), std::string::npos);
  }
}

TEST_F(SecretFile, TakesAsManyBytesAsThereIsRoomForAndNotOneMore) {
  EXPECT_EQ(holding(std::string(12, 'x') + "\n")->size(), 12u);
  EXPECT_EQ(holding(std::string(12, 'x') + "\r\n")->size(), 12u);
  EXPECT_EQ(holding(std::string(13, 'x') + "\n").error().code, Errc::invalid);
  EXPECT_EQ(holding(std::string(5000, 'x')).error().code, Errc::invalid);
}

TEST_F(SecretFile, NamesWhatItWasAndWhereItIsNot) {
  const auto missing = line("/nonexistent/secret");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::not_found);
  EXPECT_EQ(missing.error().doing.find("reading the word from /nonexistent/secret"), 0u);
  EXPECT_EQ(line(folder_.path()).error().code, Errc::invalid);
  EXPECT_EQ(line("/dev/zero").error().code, Errc::invalid) << "a device that never ends";
}

TEST_F(SecretFile, OfAnOpenFileLeavesTheNextLineToTheNextReader) {
  const std::string path = folder_.write("secret", "first\nsecond\n");
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(read_secret_line(file.number(), "it", kWord, held_)->text(), "first");
  EXPECT_EQ(read_secret_line(file.number(), "it", kWord, held_)->text(), "second");
}

TEST_F(SecretFile, MayBeAPipeWhoseWriterComesLater) {
  const std::string path = pipe();
  beside([&] { write_late(path, "open sesame\n"); });
  const auto read = line(path);
  ASSERT_TRUE(read) << read.error().doing;
  EXPECT_EQ(read->text(), "open sesame");
}

TEST_F(SecretFile, OfAPipeMayEndWithoutALineEnd) {
  const std::string path = pipe();
  beside([&] { write_late(path, "open sesame"); });
  const auto read = line(path);
  ASSERT_TRUE(read) << read.error().doing;
  EXPECT_EQ(read->text(), "open sesame");
}

/// As "<(pass show ...)": the program may have written all and gone before anybody reads.
TEST_F(SecretFile, MayBeAShellsPipeWhoseWriterHasGone) {
  for (const std::string_view text : {"open sesame\n", "open sesame"}) {
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const Descriptor reader(ends[0]);
    ASSERT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(ends[1]);
    const auto read = line("/dev/fd/" + std::to_string(reader.number()), kSoon);
    ASSERT_TRUE(read) << read.error().doing;
    EXPECT_EQ(read->text(), "open sesame");
  }
}

TEST_F(SecretFile, APipeThatNobodyWritesEndsTheWait) {
  const std::string path = pipe();
  const auto read = line(path, kSoon);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::timeout);
  EXPECT_NE(read.error().doing.find("nobody has written to it"), std::string::npos);
}

TEST_F(SecretFile, APipeWhoseWriterIsSilentEndsTheWait) {
  const std::string path = pipe();
  const Descriptor silent(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  EXPECT_EQ(line(path, kSoon).error().code, Errc::timeout);
  ASSERT_EQ(::write(silent.number(), "half", 4), 4);
  const auto half = line(path, kSoon);
  ASSERT_FALSE(half);
  EXPECT_NE(half.error().doing.find("did not end in time"), std::string::npos);
}

TEST_F(SecretFile, APipeThatIsOpenedAndClosedIsEmpty) {
  const std::string path = pipe();
  beside([&] { write_late(path, ""); });
  EXPECT_EQ(line(path).error().code, Errc::invalid);
}

TEST_F(SecretFile, OfExactlySoManyBytesIsAllOfThem) {
  const auto bytes = [this](std::string_view content) {
    return read_secret_bytes(folder_.write("secret", content), kWord, held_, kSoon);
  };
  EXPECT_EQ(bytes(std::string_view("\0\n\r3456789abc", 13).substr(0, 12))->bytes()[1], '\n');
  for (const std::string_view other : {"", "0123456789a", "0123456789abc"}) {
    const auto read = bytes(other);
    ASSERT_FALSE(read) << other;
    EXPECT_EQ(read.error().code, Errc::invalid);
    EXPECT_NE(read.error().doing.find("exactly 12 bytes"), std::string::npos);
  }
}

}  // namespace
}  // namespace os
