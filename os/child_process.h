// SPDX-License-Identifier: BSD-3-Clause
// A program that runs beside this one, with its standard output in a pipe.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"

namespace os {

/// Killed and waited for when this goes, if it has not ended before.
class ChildProcess {
 public:
  /// `words` are found as a shell finds them; standard input is empty. Errors: io. That the program
  /// cannot be started shows in its status alone (could_not_start()).
  static base::Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& words);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  Descriptor& output() { return output_; }
  void kill();       ///< at once
  void terminate();  ///< asks it to end
  /// Waits for its end; the status as waitpid() gives it.
  int wait();

 private:
  ChildProcess(pid_t id, Descriptor output) : id_(id), output_(std::move(output)) {}
  pid_t id_;
  Descriptor output_;
};

/// Whether `status`, as waitpid() gives it, is that of a program that is not there.
bool could_not_start(int status);

}  // namespace os
