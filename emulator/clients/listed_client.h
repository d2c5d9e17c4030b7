// SPDX-License-Identifier: BSD-3-Clause
// A client that later firmware lists and whose messages this project does not know: it can be
// connected to, takes what is sent, and answers nothing (chosen, docs/fidelity.md).
#pragma once

#include "emulator/heci/me_client.h"
#include "protocol/mei/later_clients.h"

namespace emulator::clients {

class ListedClient final : public heci::MeClient {
 public:
  explicit ListedClient(const protocol::mei::LaterClient& row) : row_(row) {}

  protocol::hbm::ClientProperties properties() const override {
    return {.guid = row_.guid,
            .protocol_version = row_.protocol_version,
            .max_connections = row_.max_connections,
            .fixed_address = row_.fixed_address,
            .single_recv_buf = 0,
            .max_message_length = row_.max_message_length};
  }
  void receive(heci::Connection, base::ByteView) override {}
  void disconnected(heci::Connection) override {}

 private:
  const protocol::mei::LaterClient& row_;
};

}  // namespace emulator::clients
