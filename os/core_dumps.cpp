// SPDX-License-Identifier: BSD-3-Clause
#include "os/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace os {
namespace {

struct Before {
  int alive = 0;  ///< of NoCoreDumps
  int dumpable = 0;
  rlim_t limit = 0;
};
Before before;  // the process has one such state

void set_limit(rlim_t soft) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) != 0) return;
  limit.rlim_cur = soft;
  ::setrlimit(RLIMIT_CORE, &limit);
}

}  // namespace

/// The limit alone does not hold back a program that core_pattern pipes to; the flag does.
NoCoreDumps::NoCoreDumps() {
  if (before.alive++ > 0) return;
  rlimit limit{};
  before.limit = ::getrlimit(RLIMIT_CORE, &limit) == 0 ? limit.rlim_cur : 0;
  before.dumpable = ::prctl(PR_GET_DUMPABLE);
  ::prctl(PR_SET_DUMPABLE, 0);
  set_limit(0);
}

NoCoreDumps::~NoCoreDumps() {
  if (--before.alive > 0) return;
  if (before.dumpable == 1) ::prctl(PR_SET_DUMPABLE, 1);
  set_limit(before.limit);
}

}  // namespace os
