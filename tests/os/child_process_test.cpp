// SPDX-License-Identifier: BSD-3-Clause
// What becomes of a started program.
#include "os/child_process.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

namespace os {
namespace {

/// Whether nobody holds the other end of a pipe any more, waited for.
bool closes_within(int end, int milliseconds) {
  pollfd wanted{.fd = end, .events = POLLIN, .revents = 0};
  return ::poll(&wanted, 1, milliseconds) == 1 && (wanted.revents & POLLHUP) != 0;
}

/// Waited for.
bool says_something(int end) {
  pollfd wanted{.fd = end, .events = POLLIN, .revents = 0};
  return ::poll(&wanted, 1, 20'000) == 1 && (wanted.revents & POLLIN) != 0;
}

std::string all_from(int end) {
  std::string text;
  std::array<char, 64> part{};
  for (ssize_t got = 0; (got = ::read(end, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<std::size_t>(got));
  return text;
}

/// The soft limit of this process's processor time, put back at the end.
class ProcessorLimit {
 public:
  explicit ProcessorLimit(rlim_t seconds) {
    ::getrlimit(RLIMIT_CPU, &before_);
    rlimit limit = before_;
    limit.rlim_cur = seconds;
    ::setrlimit(RLIMIT_CPU, &limit);
  }
  ~ProcessorLimit() { ::setrlimit(RLIMIT_CPU, &before_); }
  ProcessorLimit(const ProcessorLimit&) = delete;
  ProcessorLimit& operator=(const ProcessorLimit&) = delete;

  rlim_t hard() const { return before_.rlim_max; }

 private:
  rlimit before_{};
};

TEST(ChildProcess, HasAllTheProcessorTimeThatItsStoryMayNotHave) {
  const ProcessorLimit limit(3600);
  const auto program = ChildProcess::start({"sh", "-c", "ulimit -S -t"});
  ASSERT_TRUE(program);
  const std::string hard =
      limit.hard() == RLIM_INFINITY ? "unlimited" : std::to_string(limit.hard());
  EXPECT_EQ(all_from((*program)->output().number()), hard + "\n");
}

TEST(ChildProcess, EndsWithAParentThatIsKilled) {
  std::array<int, 2> held = {};  // by the program alone, as long as it lives
  ASSERT_EQ(::pipe(held.data()), 0);
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    const auto program =
        ChildProcess::start({"sh", "-c", "echo >&" + std::to_string(held[1]) + "; exec sleep 600"});
    if (!program || !says_something(held[0])) ::_exit(1);
    ::raise(SIGKILL);
  }
  ::close(held[1]);
  int status = 0;
  ASSERT_EQ(::waitpid(parent, &status, 0), parent);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the program did not start";
  char sign = 0;
  ASSERT_EQ(::read(held[0], &sign, 1), 1);
  EXPECT_TRUE(closes_within(held[0], 20'000));
  ::close(held[0]);
}

}  // namespace
}  // namespace os
