// SPDX-License-Identifier: BSD-3-Clause
// The firmware-update client: GET_VERSION and GET_INFO as LMS 5.x knows them; START, DATA and END
// of later generations.
#pragma once

#include "emulator/firmware/firmware_view.h"
#include "emulator/heci/me_client.h"
#include "emulator/sim/archive.h"
#include "protocol/mei/fwu.h"

namespace emulator::clients {

/// Feeds the update session. One operation is outstanding at a time: a host that does not wait for
/// its reply is told update_in_progress. What is owed to the host is data, so a snapshot in the
/// middle of an update is like any other.
class FwuClient final : public heci::MeClient, public firmware::SessionListener {
 public:
  FwuClient(firmware::FirmwareView& firmware, heci::ReplyPort& port)
      : firmware_(firmware), port_(port) {}

  protocol::hbm::ClientProperties properties() const override;
  void receive(heci::Connection from, base::ByteView message) override;
  void disconnected(heci::Connection connection) override;

  void session_started(std::uint32_t status) override;
  void session_took_data(std::uint32_t status) override;
  void session_ended(std::uint32_t status, std::uint32_t reset_type) override;

  /// The ME lost power or restarts: nothing is owed to anyone.
  void forget() { owed_ = Owed::nothing; }

  void serialize(sim::Archive& a);

 private:
  enum class Owed : std::uint8_t { nothing, start_reply, data_reply, end_reply };

  void answer_version(heci::Connection to);
  void answer_info(heci::Connection to);
  void take_start(heci::Connection from, base::ByteView message);
  void take_data(heci::Connection from, base::ByteView message);
  void take_end(heci::Connection from);
  /// Notes who waits for what. False when an operation is outstanding already; the host was told
  /// so.
  bool owe(Owed what, heci::Connection to);
  bool settle(Owed what);
  void reply(Owed what, heci::Connection to, std::uint32_t status, std::uint32_t reset_type = 0);
  void answer_unknown(heci::Connection to, std::uint32_t type);

  firmware::FirmwareView& firmware_;
  heci::ReplyPort& port_;
  Owed owed_ = Owed::nothing;
  heci::Connection waiting_;  ///< who gets the reply that is owed
};

}  // namespace emulator::clients
