// SPDX-License-Identifier: BSD-3-Clause
// A board in a process of its own, `mesim serve`, for a QEMU that attaches to its sockets.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "os/child_process.h"
#include "scenarios/guest/virtual_machine.h"

namespace scenarios::guest {

class ServedMachine {
 public:
  /// The board of `wanted`, ready, at the sockets of `files`. `mesim` is this program. Errors:
  /// unsupported (faults and traces are the plugin's alone), io (it did not come up, and has
  /// said why).
  static base::Result<ServedMachine> start(const std::string& mesim, const VirtualMachine& wanted,
                                           const RunFiles& files);
  void cut() { process_->kill(); }
  /// Lets it save what it keeps.
  void end();

 private:
  explicit ServedMachine(std::unique_ptr<os::ChildProcess> process)
      : process_(std::move(process)) {}
  std::unique_ptr<os::ChildProcess> process_;
};

}  // namespace scenarios::guest
