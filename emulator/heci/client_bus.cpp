// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/heci/client_bus.h"

#include <algorithm>

#include "base/planted.h"
#include "base/promise.h"
#include "protocol/mei/clients.h"

namespace emulator::heci {
namespace {

/// Answers a connection may have waiting where credits do not tell: a fixed address has none.
constexpr std::size_t kFewestReplyPlaces = 4;

}  // namespace

Channel::Channel(std::uint32_t client, std::uint32_t max_message_length, std::size_t reply_places)
    : client_index(client), inbox(max_message_length), replies(reply_places, max_message_length) {}

std::size_t ClientBus::reply_places() const {
  return std::max<std::size_t>(credits_, kFewestReplyPlaces);
}

std::uint8_t ClientBus::add_dynamic(MeClient& client, std::uint8_t first_address) {
  std::uint32_t address = std::max<std::uint32_t>(first_address, 1);
  while (address == protocol::mei::kMkhiFixedAddress ||
         (address <= 0xFF && find_client(static_cast<std::uint8_t>(address)) != nullptr)) {
    ++address;
  }
  MEBENCH_PROMISE(address <= 0xFF, "there are no more clients than addresses");
  const auto me_addr = static_cast<std::uint8_t>(address);
  const auto index = static_cast<std::uint32_t>(clients_.size());
  const protocol::hbm::ClientProperties properties = client.properties();
  clients_.push_back({.me_addr = me_addr, .client = &client, .properties = properties});
  for (int i = 0; i < properties.max_connections; ++i) {
    channels_.emplace_back(index, properties.max_message_length, reply_places());
  }
  return me_addr;
}

void ClientBus::add_fixed(std::uint8_t me_addr, MeClient& client) {
  MEBENCH_PROMISE(me_addr != protocol::mei::kHbmAddress && find_client(me_addr) == nullptr,
                  "a fixed address is free");
  const auto index = static_cast<std::uint32_t>(clients_.size());
  const protocol::hbm::ClientProperties properties = client.properties();
  clients_.push_back({.me_addr = me_addr,
                      .addressing = Addressing::fixed,
                      .client = &client,
                      .properties = properties});
  channels_.emplace_back(index, properties.max_message_length, reply_places());
  open(channels_.back(), {.me_addr = me_addr, .host_addr = 0});
}

void ClientBus::remove_all_clients() {
  channels_.clear();
  clients_.clear();
}

const ClientEntry* ClientBus::find_client(std::uint8_t me_addr) const {
  const auto at = std::ranges::find(clients_, me_addr, &ClientEntry::me_addr);
  return at == clients_.end() ? nullptr : &*at;
}

protocol::hbm::HostEnumResponse ClientBus::enumerate() const {
  protocol::hbm::HostEnumResponse out;
  for (const ClientEntry& client : clients_) {
    if (client.is_listed()) out.add(client.me_addr);
  }
  return out;
}

protocol::hbm::Status ClientBus::connect(Connection id) {
  using protocol::hbm::Status;
  const ClientEntry* client = find_client(id.me_addr);
  if (client == nullptr) return Status::client_not_found;
  if (client->addressing == Addressing::fixed) return Status::not_allowed;
  if (id.host_addr == 0) return Status::message_small;
  if (find_open(id) != nullptr) return Status::already_started;
  Channel* channel = free_channel(*client);
  if (channel == nullptr) return Status::out_of_resources;
  open(*channel, id);
  if (Credit& credit = credit_of(*channel); credit == Credit::none) credit = Credit::owed;
  return Status::success;
}

bool ClientBus::disconnect(Connection id) {
  Channel* channel = find_open(id);
  if (channel == nullptr || client_of(*channel).addressing == Addressing::fixed) return false;
  const std::uint16_t credits = channel->host_credits;
  close(*channel);
  if (base::planted(base::PlantedBug::credit_kept_over_disconnect)) channel->host_credits = credits;
  return true;
}

bool ClientBus::add_host_credit(Connection id) {
  Channel* channel = find_open(id);
  if (channel == nullptr || client_of(*channel).addressing == Addressing::fixed) return false;
  if (channel->host_credits < 0xFFFF) ++channel->host_credits;
  return true;
}

void ClientBus::close_all() {
  for (Channel& channel : channels_) {
    if (channel.state == ChannelState::closed) continue;
    const Connection id = channel.id;
    const Credit credit = channel.credit;
    close(channel);
    if (base::planted(base::PlantedBug::credit_kept_over_link_reset)) channel.credit = credit;
    if (client_of(channel).addressing == Addressing::fixed) open(channel, id);
  }
}

void ClientBus::forget_all() {
  for (Channel& channel : channels_) {
    const bool stays_open = client_of(channel).addressing == Addressing::fixed;
    const Connection id = channel.id;
    forget(channel);
    if (stays_open) open(channel, id);
  }
  for (ClientEntry& client : clients_) client.shared_credit = Credit::none;
}

Channel* ClientBus::find_open(Connection id) {
  for (Channel& channel : channels_) {
    if (channel.state == ChannelState::open && channel.id == id) return &channel;
  }
  return nullptr;
}

void ClientBus::deliver(Channel& channel) {
  const ClientEntry& entry = entry_of(channel);
  const base::ByteView message = channel.inbox.message();
  MEBENCH_PROMISE(message.size() <= entry.properties.max_message_length,
                  "a message that is delivered is no longer than its client takes");
  entry.client->receive(channel.id, message);
  settle(channel);
}

bool ClientBus::any_message_begun() const {
  return std::ranges::any_of(
      channels_, [](const Channel& channel) { return channel.inbox.state() != InboxState::empty; });
}

void ClientBus::queue_reply(Connection to, base::ByteView message) {
  Channel* channel = find_open(to);
  const auto drop = [&](BadInputRule rule) { bad_input_.count(rule, to.me_addr, to.host_addr); };
  if (channel == nullptr) return drop(&BadInput::reply_without_connection);
  if (message.size() > channel->replies.capacity()) return drop(&BadInput::reply_oversize);
  if (channel->replies.full()) return drop(&BadInput::reply_queue_full);
  channel->replies.push(message, next_order_++);
}

Channel* ClientBus::next_to_send() {
  Channel* oldest = nullptr;
  for (Channel& channel : channels_) {
    if (channel.replies.empty()) continue;
    if (channel.replies.under_way()) return &channel;
    const bool free_of_charge = client_of(channel).addressing == Addressing::fixed;
    if (!free_of_charge && channel.host_credits == 0) continue;
    if (oldest == nullptr || channel.replies.order() < oldest->replies.order()) oldest = &channel;
  }
  return oldest;
}

Channel* ClientBus::free_channel(const ClientEntry& client) {
  for (Channel& channel : channels_) {
    if (channel.state == ChannelState::closed && &client_of(channel) == &client) return &channel;
  }
  return nullptr;
}

void ClientBus::open(Channel& channel, Connection id) {
  channel.state = ChannelState::open;
  channel.id = id;
}

void ClientBus::forget(Channel& channel) {
  channel.state = ChannelState::closed;
  channel.credit = Credit::none;
  channel.host_credits = 0;
  channel.inbox.close();
  channel.replies.clear();
}

void ClientBus::close(Channel& channel) {
  const Connection id = channel.id;
  const Credit own = channel.credit;
  forget(channel);
  ClientEntry& client = entry_of(channel);
  if (client.shares_credit()) return_shared_credit(client, own);
  client.client->disconnected(id);
}

}  // namespace emulator::heci
