// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/progress_lines.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

namespace updater::cli {
namespace {

constexpr int kPipeSize = 4096;

/// Everything up to the end of a pipe.
std::string drain(int fd) {
  std::string text;
  std::array<char, kPipeSize> part{};
  for (;;) {
    const ssize_t size = ::read(fd, part.data(), part.size());
    if (size <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(size));
  }
}

TEST(ProgressLines, ASlowReaderMissesLinesButNotTheLast) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::fcntl(ends[1], F_SETPIPE_SZ, kPipeSize), kPipeSize);
  ProgressLines lines(ends[1]);
  const std::string line(99, 'x');
  for (int i = 0; i < 60; ++i) lines.write(line + "\n");

  std::string seen;
  std::thread reader([&] { seen = drain(ends[0]); });
  lines.write_last("the end\n");
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);

  EXPECT_LT(seen.size(), 60 * 100u);
  EXPECT_TRUE(seen.ends_with("x\nthe end\n"));
}

}  // namespace
}  // namespace updater::cli
