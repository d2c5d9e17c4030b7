// SPDX-License-Identifier: BSD-3-Clause
// One program at a time: a lock on an open file (flock(2)). It goes with the program, however that
// ends; whoever may open the file may take it, and nobody else.
#pragma once

#include <string>

#include "base/result.h"
#include "os/descriptor.h"
#include "os/process.h"

namespace os {

class FileLock {
 public:
  /// Never waits. `name` is the file's, for errors. Errors: busy ("NAME is locked by meupdate
  /// (process 812)"), io.
  static base::Result<FileLock> take(Descriptor file, const std::string& name);

 private:
  explicit FileLock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

/// Who has the lock on `file`, as the kernel lists it (/proc/locks); pid 0 where that is not told:
/// nobody has it, or a process of another container.
Process lock_holder(const Descriptor& file, const std::string& proc = "/proc");

}  // namespace os
