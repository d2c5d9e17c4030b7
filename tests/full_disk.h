// SPDX-License-Identifier: BSD-3-Clause
// As long as this lives, no byte more than `most` goes into any file: to a program that is as a
// full disk.
#pragma once

#include <sys/resource.h>

#include <csignal>

namespace tests {

class FullDisk {
 public:
  explicit FullDisk(rlim_t most = 0) : ignored_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none = {.rlim_cur = most, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, ignored_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  void (*ignored_)(int);
  rlimit before_{};
};

}  // namespace tests
