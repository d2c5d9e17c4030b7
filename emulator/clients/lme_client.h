// SPDX-License-Identifier: BSD-3-Clause
// Local manageability: programs of the host reach AMT's network ports through it.
#pragma once

#include <vector>

#include "emulator/clients/lme_session.h"
#include "emulator/heci/me_client.h"

namespace emulator::clients {

/// Two connections: Linux' bus leaves clients out that take more than one, and its list on a
/// corporate 11.8 (fwupd's recording) is without this one, which LMS connects to there (inferred).
class LmeClient final : public heci::MeClient {
 public:
  static const sim::MessageWords kWords;

  explicit LmeClient(heci::ReplyPort& port) : port_(port) {}

  protocol::hbm::ClientProperties properties() const override;
  const sim::MessageWords& words() const override { return kWords; }
  void receive(heci::Connection from, base::ByteView message) override;
  void disconnected(heci::Connection connection) override;
  void stopped() override { sessions_.clear(); }
  void serialize(sim::Archive& a) override;

 private:
  heci::ReplyPort& port_;
  std::vector<LmeSession> sessions_;
};

}  // namespace emulator::clients
