// SPDX-License-Identifier: BSD-3-Clause
#include "os/forked.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace os {

pid_t fork_here() {
  return ::fork();
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

std::optional<int> ended(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, WNOHANG) == 0) return std::nullopt;
  return status;
}

}  // namespace os
