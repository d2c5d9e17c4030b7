// SPDX-License-Identifier: BSD-3-Clause
// What an ME client is to the bus, and what the bus is to a client.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/message_words.h"
#include "protocol/heci/hbm.h"

namespace emulator::heci {

/// Where a message came from and where its answer goes. host_addr 0 with a fixed me_addr is a
/// BIOS-style exchange.
struct Connection {
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  bool operator==(const Connection&) const = default;
};

/// The way back to the host. An answer to a connection that is gone is dropped and counted. An
/// answer waits for the host's credit and for room in the ring; order is kept. Never call it from
/// outside an event or a client's receive().
class ReplyPort {
 public:
  virtual ~ReplyPort() = default;
  virtual void reply(Connection to, base::ByteView message) = 0;
};

/// A service of the ME's firmware. Its address is given by the bus; its properties never change
/// while the ME runs.
class MeClient {
 public:
  virtual ~MeClient() = default;
  virtual protocol::hbm::ClientProperties properties() const = 0;

  /// A whole message. Answer now or later through the port the client was built with.
  virtual void receive(Connection from, base::ByteView message) = 0;

  /// Whether a message from there still has no answer that will come: it counts as an unread one.
  virtual bool owes_answer(Connection) const { return false; }

  /// The connection closed or the link was reset: forget what was owed to it.
  virtual void disconnected(Connection connection) = 0;

  /// The ME restarts or has lost its power: what is not in flash is gone.
  virtual void stopped() {}

  /// How traces call it, and say its messages.
  virtual const sim::MessageWords& words() const { return sim::kPlainWords; }

  /// What it remembers, saved and loaded; its properties are no part of that.
  virtual void serialize(sim::Archive&) {}
};

}  // namespace emulator::heci
