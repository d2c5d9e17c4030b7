// SPDX-License-Identifier: BSD-3-Clause
// A process that crashes while it holds a secret leaves no core file.
#include "os/core_dumps.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace os {
namespace {

rlim_t core_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_CORE, &limit);
  return limit.rlim_cur;
}

/// In a process of its own, which may have core files: how it ended.
int end_of(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    rlimit all{};
    ::getrlimit(RLIMIT_CORE, &all);
    all.rlim_cur = all.rlim_max;
    ::setrlimit(RLIMIT_CORE, &all);
    ::prctl(PR_SET_DUMPABLE, 1);
    work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

void expect(bool right) {
  if (!right) ::_exit(1);
}

TEST(NoCoreDumps, AreLeftWhileOneLives) {
  EXPECT_EQ(end_of([] {
              const rlim_t before = core_limit();
              {
                const NoCoreDumps held;
                expect(::prctl(PR_GET_DUMPABLE) == 0 && core_limit() == 0);
              }
              expect(::prctl(PR_GET_DUMPABLE) == 1 && core_limit() == before);
            }),
            0);
}

TEST(NoCoreDumps, LastUntilTheLastOneGoes) {
  EXPECT_EQ(end_of([] {
              const NoCoreDumps first;
              { const NoCoreDumps second; }
              expect(::prctl(PR_GET_DUMPABLE) == 0 && core_limit() == 0);
            }),
            0);
}

TEST(NoCoreDumps, AProcessThatCrashesWithOneDumpsNothing) {
  const int status = end_of([] {
    const NoCoreDumps held;
    std::signal(SIGSEGV, SIG_DFL);
    ::raise(SIGSEGV);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGSEGV);
  EXPECT_FALSE(WCOREDUMP(status));
}

}  // namespace
}  // namespace os
