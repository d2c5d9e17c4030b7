// SPDX-License-Identifier: BSD-3-Clause
// The AMTHI (PTHI) client: what host software asks Active Management Technology about itself.
#pragma once

#include "emulator/firmware/firmware_view.h"
#include "emulator/heci/me_client.h"
#include "protocol/mei/amthi.h"

namespace emulator::clients {

class AmthiClient final : public heci::MeClient {
 public:
  static const sim::MessageWords kWords;

  AmthiClient(firmware::FirmwareView& firmware, heci::ReplyPort& port)
      : firmware_(firmware), port_(port) {}

  protocol::hbm::ClientProperties properties() const override;
  const sim::MessageWords& words() const override { return kWords; }
  void receive(heci::Connection from, base::ByteView message) override;
  void disconnected(heci::Connection) override {}

 private:
  struct Answer {
    std::uint32_t status = protocol::amthi::kSuccess;
    base::Bytes body;
  };
  Answer answer(const protocol::amthi::Header& request, base::ByteView body) const;
  Answer code_versions() const;
  Answer provisioning_mode() const;
  Answer security_parameters() const;
  Answer lan_interface(std::uint32_t index) const;
  Answer features_state(std::uint32_t feature) const;
  Answer remote_access_status() const;
  Answer dns_suffix_list() const;
  Answer enterprise_access() const;
  Answer user_initiated_connection() const;
  Answer power_policy() const;
  bool is_set_up() const;
  std::uint32_t message_limit() const;
  Answer amt_state(base::ByteView uuid) const;

  firmware::FirmwareView& firmware_;
  heci::ReplyPort& port_;
};

}  // namespace emulator::clients
