// SPDX-License-Identifier: BSD-3-Clause
// A clock for tests that talk to other programs: it really waits, and counts what it was asked to
// wait.
#pragma once

#include <poll.h>

#include "base/clock.h"

namespace test {

class RealTime final : public base::Clock {
 public:
  base::TimePoint now() const override { return now_; }
  void sleep(base::Duration amount) override {
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(amount);
    ::poll(nullptr, 0, static_cast<int>(whole.count()));
    now_ += amount;
  }

 private:
  base::TimePoint now_{};
};

}  // namespace test
