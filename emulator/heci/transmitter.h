// SPDX-License-Identifier: BSD-3-Clause
// From whole messages to fragments in the ME's ring, as far as there is room.
#pragma once

#include <cstdint>
#include <optional>

#include "emulator/heci/client_bus.h"
#include "emulator/heci/departures.h"
#include "emulator/heci/ring.h"
#include "emulator/heci/send_queue.h"
#include "emulator/sim/trace.h"

namespace emulator::heci {

/// One fragment cut from a message.
struct Cut {
  std::uint16_t length = 0;  ///< payload bytes; a multiple of 4 unless it is the last
  bool last = false;
};

/// The largest fragment of `remaining` bytes that fits `free_slots`, header included; none if not
/// even one slot of payload would. A whole message that fits is never cut.
std::optional<Cut> cut_fragment(std::size_t remaining, std::uint32_t free_slots);

class Transmitter {
 public:
  Transmitter(SendQueue& hbm, ClientBus& bus, Departures& departures, sim::Trace& trace)
      : hbm_(hbm), bus_(bus), departures_(departures), trace_(trace) {}

  /// Sends all it can. Returns the fragments written: the host is to be interrupted unless 0.
  std::uint32_t send(Ring& ring);

 private:
  struct Receiver {
    Connection id;
    const sim::MessageWords* words = nullptr;
  };

  enum class Step : std::uint8_t { fragment, message_gone, nothing };

  void grant_owed();
  Step send_one(Ring& ring);
  Step send_late(LateMessage& late, Ring& ring);
  Step send_reply(Channel& channel, Ring& ring);
  Step send_from(SendQueue& queue, const Receiver& to, Ring& ring, std::uint32_t free_slots);
  Step send_fragment(SendQueue& queue, const Receiver& to, Ring& ring, std::uint32_t free_slots);

  SendQueue& hbm_;
  ClientBus& bus_;
  Departures& departures_;
  sim::Trace& trace_;
};

}  // namespace emulator::heci
