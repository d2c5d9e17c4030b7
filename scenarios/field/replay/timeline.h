// SPDX-License-Identifier: BSD-3-Clause
// What a replay's trace holds, taken apart for those who tell of it: who spoke, which message, with
// which answer. The bytes themselves are not kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "emulator/sim/trace.h"
#include "emulator/trace/describe_message.h"

namespace scenarios::field {

/// With whom a message is exchanged.
enum class Peer : std::uint8_t {
  nobody,     ///< the record is no message
  link,       ///< HBM, the bus itself
  update,     ///< FWU
  kernel,     ///< MKHI
  amt,        ///< AMTHI
  tpm,        ///< the TPM in the ME
  not_known,  ///< a client that brings other messages
};

struct TimelineRecord {
  base::TimePoint at{};
  emulator::sim::TraceKind kind = emulator::sim::TraceKind::firmware;
  Peer peer = Peer::nobody;
  /// HBM command, FWU type, MKHI group above command (0xGGCC), AMTHI command, TPM ordinal; nothing:
  /// the message is too short for one.
  std::optional<std::uint32_t> message = {};
  std::optional<std::uint32_t> status = {};  ///< of an answer that has one; 0: well
  std::string words = {};                    ///< of an event, or of a client that is not known
};

/// Keeps all but the flash's writes, oldest first, and no more than kMost.
class TimelineSink final : public emulator::sim::TraceSink {
 public:
  /// A whole update has some ten thousand.
  static constexpr std::size_t kMost = 100'000;

  void record(const emulator::sim::TraceRecord& record) override;
  std::vector<TimelineRecord> take() { return std::move(records_); }

 private:
  emulator::trace::ClientMap clients_;
  std::vector<TimelineRecord> records_;
};

}  // namespace scenarios::field
