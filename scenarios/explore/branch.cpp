// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/branch.h"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "os/forked.h"

namespace scenarios::explore {
namespace {

/// Bytes: more than a branch ever holds, and the most that glibc takes (HEAP_MAX_SIZE / 2).
constexpr int kMostKept = 32 << 20;

/// A program that breaks is told by its record; a core file of each would fill the disk.
void limit_branch() {
  const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  rlimit time{};
  if (::getrlimit(RLIMIT_CPU, &time) != 0) return;
  time.rlim_cur = kBranchLimitSeconds;
  ::setrlimit(RLIMIT_CPU, &time);
}

}  // namespace

void keep_memory() {
  ::mallopt(M_TRIM_THRESHOLD, kMostKept);
  ::mallopt(M_MMAP_THRESHOLD, kMostKept);
}

Fork branch_off() {
  const pid_t id = os::fork_here();
  if (id < 0) return {};
  if (id > 0) return {.side = Side::trunk, .id = id};
  limit_branch();
  return {.side = Side::branch, .id = 0};
}

bool ended_well(int id) {
  const int status = os::wait_for(id);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool holds_in_a_branch(const std::function<bool()>& holds) {
  const Fork fork = branch_off();
  if (fork.side == Side::branch) ::_exit(holds() ? 0 : 1);
  return fork.side == Side::trunk && ended_well(fork.id);
}

}  // namespace scenarios::explore
