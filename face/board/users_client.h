// SPDX-License-Identifier: BSD-3-Clause
// A client that a program brought (mebench::MeClient), as the simulated Management Engine has it.
#pragma once

#include <mebench/me_client.h>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "emulator/heci/me_client.h"
#include "emulator/sim/scheduler.h"

namespace face {

class UsersClient final : public emulator::heci::MeClient {
 public:
  /// `client` outlives it; its properties have been found sound.
  UsersClient(mebench::MeClient& client, const mebench::MeClientProperties& properties,
              emulator::heci::ReplyPort& port, emulator::sim::Scheduler& scheduler);

  const mebench::Guid& guid() const { return properties_.guid; }

  protocol::hbm::ClientProperties properties() const override;
  void receive(emulator::heci::Connection from, base::ByteView message) noexcept override;
  bool owes_answer(emulator::heci::Connection to) const override;
  void disconnected(emulator::heci::Connection from) noexcept override;
  void stopped() noexcept override;
  void serialize(emulator::sim::Archive& a) override;

 private:
  struct Owed {
    base::TimePoint due{};
    emulator::heci::Connection to;
    mebench::Bytes message;
  };

  void put_in_line(Owed owed);
  /// Sends what is due, and waits for the next.
  void send_due();
  void serialize_owed(emulator::sim::Archive& a);
  void serialize_users_state(emulator::sim::Archive& a);

  mebench::MeClient& client_;
  mebench::MeClientProperties properties_;
  emulator::heci::ReplyPort& port_;
  emulator::sim::Scheduler& scheduler_;
  emulator::sim::Timer due_;
  std::deque<Owed> owed_;  ///< the next one first
};

/// Why no board can have a client like that; empty: it can.
std::string objection(const mebench::MeClientProperties& properties);

/// Usual text of `guid`.
std::string to_text(const mebench::Guid& guid);

}  // namespace face
