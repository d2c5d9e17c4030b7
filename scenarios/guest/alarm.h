// SPDX-License-Identifier: BSD-3-Clause
// The limit, in real time, of a wait for another program.
#pragma once

#include "base/result.h"
#include "emulator/attach/serving_loop.h"
#include "os/descriptor.h"

namespace scenarios::guest {

class Alarm final : public emulator::attach::Attachment {
 public:
  /// Errors: io.
  static base::Result<Alarm> make();

  /// Rings so many seconds from now, and has not rung.
  void set(unsigned seconds);
  bool rang() const { return rang_; }

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override {}

 private:
  explicit Alarm(os::Descriptor timer) : timer_(std::move(timer)) {}
  os::Descriptor timer_;
  bool rang_ = false;
};

}  // namespace scenarios::guest
