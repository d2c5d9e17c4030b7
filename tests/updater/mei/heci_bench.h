// SPDX-License-Identifier: BSD-3-Clause
// A HeciHost in front of a scripted ME with the clients most tests talk to.
#pragma once

#include "protocol/mei/clients.h"
#include "tests/updater/mei/pattern.h"
#include "tests/updater/mei/scripted_me.h"
#include "updater/mei/heci_host.h"

namespace test {

inline constexpr std::uint8_t kFwu = 0x20;
inline constexpr std::uint8_t kMkhi = 0x21;
inline constexpr std::uint8_t kSharedBuffer = 0x22;  // single_recv_buf = 1
inline constexpr std::uint32_t kFwuMtu = 512;

using protocol::hbm::Command;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
namespace hbm = protocol::hbm;
using base::Errc;

struct HeciBench {
  HeciBench() {
    using namespace protocol::mei;
    me.clients = {
        {kFwu, {.guid = kFwuGuid, .protocol_version = 3, .max_message_length = kFwuMtu}},
        {kMkhi, {.guid = kMkhiGuid, .max_message_length = 2048}},
        {kSharedBuffer, {.guid = kWatchdogGuid, .single_recv_buf = 1, .max_message_length = 64}}};
  }

  /// The connection a test starts from; a failure here fails the test by name.
  std::unique_ptr<updater::mei::MeiTransport> fwu() {
    auto connected = host.connect(protocol::mei::kFwuGuid);
    return connected ? std::move(*connected) : nullptr;
  }

  /// How long, on the ME's clock, `act` takes.
  template <class Act>
  base::Duration time(Act act) {
    const base::TimePoint before = me.now();
    act();
    return me.now() - before;
  }

  ScriptedMe me;
  updater::mei::HeciHost host{me, me, {.name = "pci:0000:00:03.0"}};
};

}  // namespace test
