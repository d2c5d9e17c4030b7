// SPDX-License-Identifier: BSD-3-Clause
// The updater's HECI driver on the emulated HECI device: two implementations of one contract,
// facing each other.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "emulator/heci/heci_device.h"
#include "protocol/mei/clients.h"
#include "tests/updater/mei/pattern.h"
#include "updater/mei/heci_host.h"

namespace test {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Sends back what it receives, at once.
class EchoClient final : public emulator::heci::MeClient {
 public:
  explicit EchoClient(protocol::hbm::ClientProperties properties) : properties_(properties) {}
  void attach(emulator::heci::ReplyPort& port) { port_ = &port; }

  protocol::hbm::ClientProperties properties() const override { return properties_; }
  void receive(emulator::heci::Connection from, base::ByteView message) override {
    ++received;
    if (answers && port_ != nullptr) port_->reply(from, message);
  }
  void disconnected(emulator::heci::Connection) override { ++disconnects; }

  bool answers = true;
  int received = 0;
  int disconnects = 0;

 private:
  protocol::hbm::ClientProperties properties_;
  emulator::heci::ReplyPort* port_ = nullptr;
};

class IgnoredPower final : public emulator::sim::PowerControl {
 public:
  void request_power_cut() override {}
  void request_me_reset() override { ++me_resets; }
  int me_resets = 0;
};

/// A board that is nothing but its HECI: FWU takes 2 KiB, MKHI lives at 7 and dynamically, the
/// watchdog shares one buffer.
struct HostLinkBench {
  explicit HostLinkBench(emulator::heci::HeciConfig used = {}) : config(used) {
    for (EchoClient* client : {&fwu, &mkhi, &watchdog}) {
      client->attach(device.reply_port());
      device.add_client(*client);
    }
    device.add_fixed_client(protocol::mei::kMkhiFixedAddress, mkhi);
    device.set_ready();
  }

  std::unique_ptr<updater::mei::MeiTransport> connect(const protocol::mei::Guid& guid) {
    auto connected = host.connect(guid);
    return connected ? std::move(*connected) : nullptr;
  }

  /// Whether `message` comes back over `transport`.
  bool echoes(updater::mei::MeiTransport& transport, const base::Bytes& message) {
    if (!transport.send(message, seconds(1))) return false;
    const auto answer = transport.receive(seconds(1));
    return answer && *answer == message;
  }

  emulator::heci::HeciConfig config;
  emulator::sim::Scheduler scheduler;
  emulator::sim::Trace trace{scheduler};
  emulator::sim::FaultPlan faults{trace};
  IgnoredPower power;
  EchoClient fwu{{.guid = protocol::mei::kFwuGuid, .max_message_length = 2048}};
  EchoClient mkhi{{.guid = protocol::mei::kMkhiGuid, .max_message_length = 512}};
  EchoClient watchdog{
      {.guid = protocol::mei::kWatchdogGuid, .single_recv_buf = 1, .max_message_length = 64}};
  emulator::heci::HeciDevice device{config, scheduler, trace, faults, power};
  updater::mei::HeciHost host{device, scheduler, {.name = "sim:bench", .simulated = true}};
};

}  // namespace test
