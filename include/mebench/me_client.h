// SPDX-License-Identifier: BSD-3-Clause
// A client of your own inside a simulated Management Engine: host software finds it by its GUID,
// connects and sends it messages, as it does with those that every board has.
#pragma once

#include <mebench/bytes.h>
#include <mebench/clock.h>
#include <mebench/export.h>
#include <mebench/guid.h>
#include <mebench/result.h>

#include <cstdint>
#include <vector>

namespace mebench {

struct MeClientProperties {
  Guid guid;
  std::uint8_t protocol_version = 1;
  std::uint8_t max_connections = 1;        ///< 1 to 16
  std::uint32_t max_message_length = 512;  ///< bytes, 1 to 65536
};

/// Who is speaking: unique while it is connected.
struct Connection {
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  bool operator==(const Connection&) const = default;
};

struct Answer {
  Bytes message;     ///< one longer than max_message_length is not sent
  Duration after{};  ///< simulated time from the message on; 0: at once
};

/// Called while the board's clock runs, on the thread that runs it. None of these calls may throw,
/// or call the board: both end the program.
class MEBENCH_API MeClient {
 public:
  virtual ~MeClient() = default;

  /// Asked once, by Board::add_client().
  virtual MeClientProperties properties() const = 0;

  /// A whole message; what comes back to its sender, in order. None: it stays without an answer,
  /// and the sender may send the next one all the same.
  virtual std::vector<Answer> on_message(Connection from, ByteView message) = 0;

  /// The host has disconnected or the link was reset: that connection gets no answer any more.
  virtual void on_disconnect(Connection) {}
  /// The Management Engine restarts or has lost its power: nobody is connected, and whatever is not
  /// meant to be in flash should be forgotten.
  virtual void on_stop() {}

  /// What the client remembers, for Board::snapshot(), and back. A client that remembers nothing
  /// needs neither.
  virtual Bytes save() const { return {}; }
  virtual Result<void> restore(ByteView /*saved*/) { return {}; }
};

}  // namespace mebench
