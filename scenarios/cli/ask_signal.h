// SPDX-License-Identifier: BSD-3-Clause
// SIGUSR1 as a file that becomes readable: a running program is asked for something, and goes on.
#pragma once

#include <functional>

#include "emulator/attach/serving_loop.h"
#include "os/descriptor.h"

namespace scenarios::cli {

class AskSignal final : public emulator::attach::Attachment {
 public:
  /// From here on the signal ends nothing; `answer` is called for it, once for several in a row.
  explicit AskSignal(std::function<void()> answer);

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override {}

 private:
  std::function<void()> answer_;
  os::Descriptor file_;
};

}  // namespace scenarios::cli
