// SPDX-License-Identifier: BSD-3-Clause
// What becomes of a started program.
#include "scenarios/guest/child_process.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

namespace scenarios::guest {
namespace {

/// Whether nobody holds the other end of a pipe any more, waited for.
bool closes_within(int end, int milliseconds) {
  pollfd wanted{.fd = end, .events = POLLIN, .revents = 0};
  return ::poll(&wanted, 1, milliseconds) == 1 && (wanted.revents & POLLHUP) != 0;
}

TEST(ChildProcess, EndsWithAParentThatIsKilled) {
  std::array<int, 2> held = {};  // by the program alone, as long as it lives
  ASSERT_EQ(::pipe(held.data()), 0);
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    const auto program = ChildProcess::start({"sleep", "600"});
    ::raise(SIGKILL);
    ::_exit(program ? 0 : 1);
  }
  ::close(held[1]);
  int status = 0;
  ASSERT_EQ(::waitpid(parent, &status, 0), parent);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(closes_within(held[0], 20'000));
  ::close(held[0]);
}

}  // namespace
}  // namespace scenarios::guest
