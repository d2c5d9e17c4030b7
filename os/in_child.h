// SPDX-License-Identifier: BSD-3-Clause
// What a child process does before it becomes another program.
#pragma once

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace os {

/// As a shell tells of a program that is not there.
inline constexpr int kCannotStart = 127;

/// A program whose parent was killed would run on for ever: it is to end as well, whatever ended
/// its parent.
inline void end_with(pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kCannotStart);
}

/// Our own limit of processor time, where we have one, is not the other program's.
inline void take_all_the_time_it_may() {
  rlimit limit{};
  ::getrlimit(RLIMIT_CPU, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_CPU, &limit);
}

}  // namespace os
