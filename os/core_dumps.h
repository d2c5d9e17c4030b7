// SPDX-License-Identifier: BSD-3-Clause
// A crash writes all memory into a file: not while there is a secret in it.
#pragma once

namespace os {

/// As long as one of these lives, no crash of this process leaves a core file, and no other program
/// of the same user reads its memory (prctl(2), PR_SET_DUMPABLE; RLIMIT_CORE). The last one to go
/// puts things back as they were. For one thread.
class NoCoreDumps {
 public:
  NoCoreDumps();
  ~NoCoreDumps();
  NoCoreDumps(const NoCoreDumps&) = delete;
  NoCoreDumps& operator=(const NoCoreDumps&) = delete;
};

}  // namespace os
