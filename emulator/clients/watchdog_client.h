// SPDX-License-Identifier: BSD-3-Clause
// The AMT watchdog client: the host says it is alive; when it stops saying so, the firmware takes
// note.
#pragma once

#include "emulator/heci/me_client.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"

namespace emulator::clients {

/// Expiry is an alert to a management console, not a reset: it is recorded in the trace and nothing
/// else happens. The watchdog outlives its connection (a dead host closes nothing) and ends with
/// the ME.
class WatchdogClient final : public heci::MeClient {
 public:
  static const sim::MessageWords kWords;

  WatchdogClient(heci::ReplyPort& port, sim::Scheduler& scheduler, sim::Trace& trace);

  protocol::hbm::ClientProperties properties() const override;
  const sim::MessageWords& words() const override { return kWords; }
  void receive(heci::Connection from, base::ByteView message) override;
  void disconnected(heci::Connection) override {}

  bool running() const { return expiry_.pending(); }
  void stopped() override { expiry_.stop(); }

  void serialize(sim::Archive& a) override;

 private:
  void start(heci::Connection from, base::ByteView message);
  void expire();

  heci::ReplyPort& port_;
  sim::Trace& trace_;
  sim::Timer expiry_;
  std::uint16_t timeout_ = 0;  ///< seconds
};

}  // namespace emulator::clients
