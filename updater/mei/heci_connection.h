// SPDX-License-Identifier: BSD-3-Clause
// What the host keeps of one connection: its credits in both directions and the messages that came
// for it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/heci/hbm.h"

namespace updater::mei {

/// An ME client as enumeration told it.
struct HeciClient {
  std::uint8_t me_addr = 0;
  protocol::hbm::ClientProperties properties;
  std::uint32_t credits = 0;  ///< single_recv_buf clients: one pool for all connections
};

enum class ConnectionState : std::uint8_t {
  open,
  closed,  ///< by the ME, with a disconnect request
  lost,    ///< the link was reset under it
};

enum class FlowControl : std::uint8_t {
  none,        ///< a fixed address: messages go as they come
  connection,  ///< credits belong to this connection
  client,      ///< credits belong to the ME client (single_recv_buf)
};

enum class Incoming : std::uint8_t {
  assembling,  ///< fragments are collected
  discarding,  ///< the message has broken a rule: the rest of it is dropped
};

struct HeciConnection {
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint32_t max_length = 0;
  std::uint8_t protocol_version = 0;
  FlowControl flow = FlowControl::connection;

  ConnectionState state = ConnectionState::open;
  std::uint32_t credits = 0;   ///< messages the ME has room for
  std::uint32_t expected = 0;  ///< messages the ME was given credit for
  Incoming incoming = Incoming::assembling;
  base::Bytes partial;
  std::deque<base::Bytes> arrived;
  std::optional<base::Error> failure;  ///< of the last message, told to the next receive
};

/// Adds a fragment's payload to what has arrived. A message longer than max_length, or one too
/// many, becomes a failure.
void add_fragment(HeciConnection& connection, base::ByteView payload);
/// The fragment just added was its message's last.
void end_message(HeciConnection& connection);

}  // namespace updater::mei
