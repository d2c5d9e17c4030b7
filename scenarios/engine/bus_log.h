// SPDX-License-Identifier: BSD-3-Clause
// What a story's bus has carried: the last of it for a failure report, and the image bytes so far
// for what must happen in the middle of them.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "emulator/sim/trace.h"
#include "emulator/trace/describe_message.h"

namespace scenarios::engine {

class BusLog final : public emulator::sim::TraceSink {
 public:
  void record(const emulator::sim::TraceRecord& record) override;

  /// Bytes of image that FWU DATA messages and the TPM have brought to the ME since the
  /// story began.
  std::uint64_t image_bytes() const { return image_bytes_; }
  /// Injected faults that have taken effect.
  std::uint64_t faults_struck() const { return faults_struck_; }
  /// The last messages and events (flash operations left out), oldest first. What repeats is folded
  /// (fold_lines.h). The last faults that struck and what became of the power stand before them,
  /// however long ago that was: what comes later is mostly their consequence.
  std::vector<std::string> last_lines() const;
  const emulator::trace::ClientMap& clients() const { return clients_; }

 private:
  static constexpr std::size_t kKept = 256;    ///< messages, before they are folded
  static constexpr std::size_t kShown = 14;    ///< lines
  static constexpr std::size_t kDecisive = 6;  ///< faults and power

  /// One that is shown even when the ring has gone on.
  struct Decisive {
    std::uint64_t number = 0;  ///< of all records, from 1
    emulator::sim::TraceRecord record;
  };
  void keep_decisive(const emulator::sim::TraceRecord& record);

  emulator::sim::TraceRing ring_{kKept};
  std::deque<Decisive> decisive_;
  std::uint64_t recorded_ = 0;
  emulator::trace::ClientMap clients_;
  std::uint64_t image_bytes_ = 0;
  std::uint64_t faults_struck_ = 0;
};

}  // namespace scenarios::engine
