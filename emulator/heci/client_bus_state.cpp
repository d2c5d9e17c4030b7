// SPDX-License-Identifier: BSD-3-Clause
// Saved state of the client bus. The clients themselves are the firmware's: they must be there
// before loading.
#include "emulator/heci/client_bus.h"

namespace emulator::heci {

void ClientBus::serialize(sim::Archive& a) {
  a.section("heci.client_bus");
  auto count = static_cast<std::uint32_t>(clients_.size());
  a.value(count);
  if (count != clients_.size()) a.fail("heci client bus: another number of ME clients");
  if (a.failed()) return;
  for (ClientEntry& client : clients_) {
    std::uint8_t me_addr = client.me_addr;
    a.value(me_addr);
    a.value(client.shared_credit);
    if (me_addr != client.me_addr) a.fail("heci client bus: other addresses of ME clients");
  }
  a.value(next_order_);
  for (Channel& channel : channels_) serialize_channel(a, channel);
}

void ClientBus::serialize_channel(sim::Archive& a, Channel& channel) {
  if (a.failed()) return;
  a.value(channel.state);
  a.value(channel.id.me_addr);
  a.value(channel.id.host_addr);
  a.value(channel.credit);
  a.value(channel.host_credits);
  channel.inbox.serialize(a);
  channel.replies.serialize(a);
}

}  // namespace emulator::heci
