// SPDX-License-Identifier: BSD-3-Clause
// The host's credits: granted, spent, owed, granted again. Nothing the host does may lose one.
#include <algorithm>

#include "emulator/heci/client_bus.h"

namespace emulator::heci {

Credit& ClientBus::credit_of(Channel& channel) {
  ClientEntry& client = entry_of(channel);
  return client.shares_credit() ? client.shared_credit : channel.credit;
}

bool ClientBus::take_credit(Channel& channel) {
  if (client_of(channel).addressing == Addressing::fixed) return true;
  Credit& credit = credit_of(channel);
  if (credit != Credit::with_host) return false;
  credit = Credit::in_use;
  channel.credit = Credit::in_use;
  return true;
}

void ClientBus::settle(Channel& channel) {
  channel.inbox.close();
  if (channel.credit != Credit::in_use) return;
  channel.credit = Credit::none;
  credit_of(channel) = Credit::owed;
}

void ClientBus::swallow(Channel& channel) {
  channel.inbox.close();
  channel.credit = Credit::none;
}

bool ClientBus::takes_another(const Channel& channel) const {
  const std::size_t owed = client_of(channel).client->owes_answer(channel.id) ? 1 : 0;
  return channel.replies.size() + owed < credits_;
}

std::optional<protocol::hbm::FlowControl> ClientBus::next_grant() {
  for (Channel& channel : channels_) {
    if (channel.state != ChannelState::open) continue;
    Credit& credit = credit_of(channel);
    if (credit != Credit::owed || !takes_another(channel)) continue;
    credit = Credit::with_host;
    const std::uint8_t host_addr = client_of(channel).shares_credit() ? 0 : channel.id.host_addr;
    return protocol::hbm::FlowControl{.me_addr = channel.id.me_addr, .host_addr = host_addr};
  }
  return std::nullopt;
}

Credit ClientBus::credit(Connection id) const {
  for (const Channel& channel : channels_) {
    if (channel.state != ChannelState::open || channel.id != id) continue;
    const ClientEntry& client = client_of(channel);
    return client.shares_credit() ? client.shared_credit : channel.credit;
  }
  return Credit::none;
}

void ClientBus::return_shared_credit(ClientEntry& client, Credit own) {
  const bool others = std::ranges::any_of(channels_, [&](const Channel& channel) {
    return channel.state == ChannelState::open && &client_of(channel) == &client;
  });
  // A host forgets a client's credit with the client's last connection
  // (Linux mei_cl_set_disconnected).
  if (!others) client.shared_credit = Credit::none;
  if (others && own == Credit::in_use) client.shared_credit = Credit::owed;
}

}  // namespace emulator::heci
