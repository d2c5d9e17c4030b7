// SPDX-License-Identifier: BSD-3-Clause
// The time of a loop that serves a guest's computer: QEMU has it, and nothing of ours moves any.
#pragma once

#include <optional>

#include "emulator/attach/serving_loop.h"

namespace scenarios::guest {

class GuestsTime final : public emulator::attach::Pace {
 public:
  void catch_up() override {}
  std::optional<base::Duration> patience() override { return std::nullopt; }
  void idle() override {}
};

}  // namespace scenarios::guest
