// SPDX-License-Identifier: BSD-3-Clause
// The clock of real devices: the only host-side code that reads time.
#pragma once

#include <chrono>
#include <thread>

#include "base/clock.h"

namespace updater::cli {

class SteadyClock final : public base::Clock {
 public:
  base::TimePoint now() const override { return std::chrono::steady_clock::now() - start_; }
  void sleep(base::Duration amount) override { std::this_thread::sleep_for(amount); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace updater::cli
