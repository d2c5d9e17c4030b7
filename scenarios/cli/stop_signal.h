// SPDX-License-Identifier: BSD-3-Clause
// SIGTERM, SIGHUP and Ctrl-C as a file that becomes readable, so that no wait misses them.
#pragma once

#include "emulator/attach/serving_loop.h"
#include "os/descriptor.h"

namespace scenarios::cli {

class StopSignal final : public emulator::attach::Attachment {
 public:
  /// From here on none of the signals ends anything by itself. A SIGHUP that is ignored (nohup)
  /// stays so.
  StopSignal();

  bool came() const { return came_; }

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override {}

 private:
  os::Descriptor file_;
  bool came_ = false;
};

}  // namespace scenarios::cli
