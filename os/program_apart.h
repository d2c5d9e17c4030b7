// SPDX-License-Identifier: BSD-3-Clause
// Somebody else's program, run beside this one: in a folder and a process group of its own, both of
// its outputs in pipes.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"

namespace os {

/// Killed with all that it has started, and waited for, when this goes.
class ProgramApart {
 public:
  /// `words[0]` is a path, or a name that is found as a shell finds it; standard input is empty.
  /// Errors: not_found, permission, io (why it cannot be started).
  static base::Result<std::unique_ptr<ProgramApart>> start(const std::vector<std::string>& words,
                                                           const std::string& folder);
  ~ProgramApart();
  ProgramApart(const ProgramApart&) = delete;
  ProgramApart& operator=(const ProgramApart&) = delete;

  Descriptor& output() { return output_; }
  Descriptor& errors() { return errors_; }
  /// To be polled: ready when the program itself has ended, whatever it left running.
  const Descriptor& ended() const { return ended_; }
  void terminate();  ///< asks all of it to end
  void kill();       ///< all of it, at once
  /// Waits for the program's end; the status as waitpid() gives it. What it left running is killed.
  int wait();

 private:
  ProgramApart() = default;

  pid_t id_ = -1;
  Descriptor output_;
  Descriptor errors_;
  Descriptor ended_;
};

}  // namespace os
