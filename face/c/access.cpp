// SPDX-License-Identifier: BSD-3-Clause
// The board for C programs, as host software sees it: messages, commands, registers.
#include <utility>

#include "face/c/handles.h"
#include "protocol/mei/parse_guid.h"

using face::error_of;
using face::guarded;
using mebench::Duration;

mebench_error* mebench_connect(mebench_board* board, const char* guid, mebench_connection** out) {
  return guarded("mebench_connect", {board, guid, out}, [&]() -> mebench_error* {
    const auto client = protocol::mei::parse_guid(guid);
    if (!client) {
      return error_of(
          mebench::Error{mebench::Errc::invalid, "\"" + std::string(guid) +
                                                     "\" is no GUID; one is like "
                                                     "309dcde8-ccb1-4062-8f78-600115a34327"});
    }
    auto connected = board->watched->board.me().connect({.bytes = client->bytes});
    if (!connected) return error_of(connected.error());
    *out = new mebench_connection{board->watched, *std::move(connected)};
    return nullptr;
  });
}

uint32_t mebench_connection_max_length(const mebench_connection* connection) {
  return connection->connection->max_message_length();
}
uint8_t mebench_connection_version(const mebench_connection* connection) {
  return connection->connection->protocol_version();
}

mebench_error* mebench_send(mebench_connection* connection, const uint8_t* message, size_t size,
                            int64_t limit) {
  return guarded("mebench_send", {connection, message}, [&]() -> mebench_error* {
    const auto sent = connection->connection->send({message, size}, Duration(limit));
    return sent ? nullptr : error_of(sent.error());
  });
}

mebench_error* mebench_receive(mebench_connection* connection, int64_t limit, mebench_bytes* out) {
  return guarded("mebench_receive", {connection, out}, [&]() -> mebench_error* {
    const auto message = connection->connection->receive(Duration(limit));
    if (!message) return error_of(message.error());
    *out = face::given(*message);
    return nullptr;
  });
}

void mebench_disconnect(mebench_connection* connection) {
  delete connection;
}

mebench_error* mebench_tpm(mebench_board* board, const uint8_t* command, size_t size, int64_t limit,
                           mebench_bytes* out) {
  return guarded("mebench_tpm", {board, command, out}, [&]() -> mebench_error* {
    mebench::TpmTransport* tpm = board->watched->board.tpm();
    if (tpm == nullptr)
      return error_of(mebench::Error{mebench::Errc::unsupported, "this board has no TPM"});
    const auto response = tpm->transmit({command, size}, Duration(limit));
    if (!response) return error_of(response.error());
    *out = face::given(*response);
    return nullptr;
  });
}

uint32_t mebench_read32(mebench_board* board, uint32_t offset) {
  return board->watched->board.read32(offset);
}
void mebench_write32(mebench_board* board, uint32_t offset, uint32_t value) {
  board->watched->board.write32(offset, value);
}
