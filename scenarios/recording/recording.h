// SPDX-License-Identifier: BSD-3-Clause
// What an engine was once asked and what it answered: of a real one, or of a simulated board.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "protocol/mei/guid.h"

namespace scenarios::recording {

struct Message {
  enum class To : std::uint8_t { engine, host };
  To to = To::engine;
  base::Bytes bytes;
};

/// One connection to a client, from connect to close.
struct Conversation {
  protocol::mei::Guid client;
  std::uint32_t max_message_length = 0;  ///< bytes
  std::uint8_t protocol_version = 1;
  std::vector<Message> messages;
};

/// Of PCI configuration space; nothing: not recorded.
struct Function {
  std::optional<std::uint16_t> device_id;
  std::optional<std::uint16_t> subsystem_vendor;
  std::optional<std::uint16_t> subsystem_id;
  std::optional<std::uint8_t> revision;
  std::vector<std::uint32_t> status_words;  ///< 40h, 48h, 60h, 64h, 68h, 6Ch as far as recorded
};

struct Recording {
  Function function;
  std::string firmware_versions;  ///< the driver's fw_ver: "0:16.1.32.2473", a line a block of code
  std::vector<protocol::mei::Guid> listed;  ///< clients that the driver lists
  std::vector<Conversation> conversations;
};

}  // namespace scenarios::recording
