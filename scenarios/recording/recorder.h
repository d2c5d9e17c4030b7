// SPDX-License-Identifier: BSD-3-Clause
// Listens to a simulated board's bus and keeps what its host asked and what was answered.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "emulator/machine/machine.h"
#include "emulator/sim/trace.h"
#include "protocol/heci/hbm.h"
#include "scenarios/recording/recording.h"

namespace scenarios::recording {

/// Knows a client by its CLIENT_PROPERTIES, so it listens from before the host enumerates. Of a
/// message to a fixed address there is a conversation, too, though nobody connects there. Passwords
/// are zeros in what it keeps (protocol/mei/secret_fields.h).
class Recorder final : public emulator::sim::TraceSink {
 public:
  void record(const emulator::sim::TraceRecord& record) override;

  /// What was heard so far, with what `board` shows of its function now.
  Recording recorded(emulator::machine::Machine& board) const;

 private:
  void host_bus_message(base::ByteView message);
  void begin(std::uint8_t me_addr, std::uint8_t host_addr);
  void keep(const emulator::sim::TraceRecord& record, Message::To to);

  std::map<std::uint8_t, protocol::hbm::ClientProperties> clients_;  ///< by address
  std::map<std::uint16_t, std::size_t> open_;  ///< addresses of both sides -> conversation
  std::vector<Conversation> conversations_;
};

}  // namespace scenarios::recording
