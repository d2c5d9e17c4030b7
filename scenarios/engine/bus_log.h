// SPDX-License-Identifier: BSD-3-Clause
// What a story's bus has carried: the last of it for a failure report, and the image bytes so far
// for what must happen in the middle of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emulator/sim/trace.h"
#include "emulator/trace/describe_message.h"

namespace scenarios::engine {

class BusLog final : public emulator::sim::TraceSink {
 public:
  void record(const emulator::sim::TraceRecord& record) override;

  /// Bytes of image that FWU DATA messages and the TPM have brought to the ME since the story
  /// began.
  std::uint64_t image_bytes() const { return image_bytes_; }
  /// Injected faults that have taken effect.
  std::uint64_t faults_struck() const { return faults_struck_; }
  /// The last messages and events (flash operations left out), oldest first.
  std::vector<std::string> last_lines() const;
  const emulator::trace::ClientMap& clients() const { return clients_; }

 private:
  static constexpr std::size_t kKept = 14;
  emulator::sim::TraceRing ring_{kKept};
  emulator::trace::ClientMap clients_;
  std::uint64_t image_bytes_ = 0;
  std::uint64_t faults_struck_ = 0;
};

}  // namespace scenarios::engine
