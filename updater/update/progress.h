// SPDX-License-Identifier: BSD-3-Clause
// How an update tells where it is, and how it is asked to stop.
#pragma once

#include <cstdint>

#include "base/clock.h"

namespace updater::update {

enum class Phase : std::uint8_t {
  starting,
  transferring,
  verifying,
  committing,
  restarting,
  checking,
  done
};
const char* name(Phase phase);

struct Progress {
  Phase phase = Phase::starting;
  std::size_t bytes_done = 0;
  std::size_t bytes_total = 0;
  base::TimePoint at{};  ///< on the clock of the device: virtual time for a simulated one
};

class ProgressListener {
 public:
  virtual ~ProgressListener() = default;
  virtual void progress(const Progress& progress) = 0;
  /// Asked between messages: true stops the update before the next one.
  virtual bool stop_requested() { return false; }
};

}  // namespace updater::update
