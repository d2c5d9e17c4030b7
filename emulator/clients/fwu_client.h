// SPDX-License-Identifier: BSD-3-Clause
// The firmware-update client: GET_VERSION and GET_INFO as LMS 5.x knows them; START, DATA and END
// of later generations; from ME 6 on what those ask besides (fwu_client_later.cpp).
#pragma once

#include "emulator/firmware/firmware_view.h"
#include "emulator/heci/me_client.h"
#include "emulator/sim/archive.h"
#include "protocol/generation.h"
#include "protocol/mei/fwu.h"
#include "protocol/update/tool_errors.h"

namespace emulator::clients {

/// Feeds the update session, which knows what it owes; this client knows to whom. There is one
/// connection at a time, so an answer is always for the one that asked last.
class FwuClient final : public heci::MeClient, public firmware::SessionListener {
 public:
  static const sim::MessageWords kWords;

  FwuClient(firmware::FirmwareView& firmware, heci::ReplyPort& port)
      : firmware_(firmware), port_(port) {}

  protocol::hbm::ClientProperties properties() const override;
  const sim::MessageWords& words() const override { return kWords; }
  void receive(heci::Connection from, base::ByteView message) override;
  bool owes_answer(heci::Connection connection) const override;
  void disconnected(heci::Connection connection) override;

  void session_started(std::uint32_t status) override;
  void session_took_data(std::uint32_t status) override;
  void session_ended(std::uint32_t status, std::uint32_t reset_type) override;

  void serialize(sim::Archive& a) override;

 private:
  void answer_version(heci::Connection to);
  void answer_info(heci::Connection to);
  void take_start(base::ByteView message);
  void take_data(base::ByteView message);
  void answer_unknown(heci::Connection to, std::uint32_t type);
  const protocol::Generation& generation() const;
  bool is_later() const;
  bool knows(std::uint32_t type) const;
  std::uint32_t refusal(protocol::update::ToolError error) const;

  // fwu_client_later.cpp
  void answer_later(heci::Connection to, std::uint32_t type, base::ByteView message);
  void answer_word(heci::Connection to, std::uint32_t type);
  void answer_partial_updates(heci::Connection to);
  void answer_restore_point(heci::Connection to);
  void answer_oem_check(heci::Connection to, base::ByteView message);
  template <class Reply, class... Form>
  void answer(heci::Connection to, const Reply& reply, const Form&... form);

  firmware::FirmwareView& firmware_;
  heci::ReplyPort& port_;
  heci::Connection feeding_;  ///< the connection that asked last
  bool restore_point_made_ = false;
};

}  // namespace emulator::clients
