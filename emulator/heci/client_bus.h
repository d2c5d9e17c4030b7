// SPDX-License-Identifier: BSD-3-Clause
// The ME's clients, the host's connections to them, and the credits of both directions.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/heci/bad_input.h"
#include "emulator/heci/inbox.h"
#include "emulator/heci/me_client.h"
#include "emulator/heci/send_queue.h"
#include "protocol/heci/hbm.h"

namespace emulator::heci {

/// The one credit that lets the host send one whole message. With single_recv_buf the client's
/// connections share it.
enum class Credit : std::uint8_t {
  none,       ///< nobody is connected
  with_host,  ///< granted: the host may send
  in_use,     ///< the message it was spent on is arriving, or being worked on
  owed,       ///< spent; FLOW_CONTROL has yet to be sent
};

enum class Addressing : std::uint8_t { dynamic, fixed };

/// One client at one address.
struct ClientEntry {
  std::uint8_t me_addr = 0;
  Addressing addressing = Addressing::dynamic;
  MeClient* client = nullptr;
  protocol::hbm::ClientProperties properties;
  Credit shared_credit = Credit::none;  ///< single_recv_buf only

  /// Whether a host that enumerates is told of it. One at a fixed address is where its properties
  /// say so: that is what later generations do.
  bool is_listed() const {
    return addressing == Addressing::dynamic || properties.fixed_address == me_addr;
  }
  bool shares_credit() const { return (properties.single_recv_buf & 1) != 0; }
};

enum class ChannelState : std::uint8_t { closed, open };

/// Room for one connection, buffers and all. A fixed address has one that is always open, without
/// flow control.
struct Channel {
  Channel(std::uint32_t client, std::uint32_t max_message_length, std::size_t reply_places);

  std::uint32_t client_index;
  ChannelState state = ChannelState::closed;
  Connection id;
  Credit credit = Credit::none;  ///< with a shared credit: in_use where it is being used, else none
  std::uint16_t host_credits = 0;  ///< messages the host is ready to read
  Inbox inbox;
  SendQueue replies;
};

class ClientBus {
 public:
  /// `credits`: how many of a connection's messages may be without an answer that was read.
  ClientBus(std::uint8_t credits, BadInputLog& bad_input)
      : credits_(credits), bad_input_(bad_input) {}

  // The clients. Buffers for all their connections are allocated here.
  std::uint8_t add_dynamic(MeClient& client, std::uint8_t first_address);
  void add_fixed(std::uint8_t me_addr, MeClient& client);
  void remove_all_clients();
  const ClientEntry* find_client(std::uint8_t me_addr) const;
  protocol::hbm::HostEnumResponse enumerate() const;

  // The connections.
  protocol::hbm::Status connect(Connection id);
  bool disconnect(Connection id);
  bool add_host_credit(Connection id);
  /// Closes everything and tells the clients so.
  void close_all();
  /// The same, with nobody left to tell: power is gone.
  void forget_all();
  Channel* find_open(Connection id);
  const std::vector<Channel>& channels() const { return channels_; }
  const ClientEntry& client_of(const Channel& c) const { return clients_[c.client_index]; }

  // A message from the host.
  bool take_credit(Channel& channel);  ///< false: the host had none
  void deliver(Channel& channel);      ///< hands the inbox to the client, then settle()
  void settle(Channel& channel);       ///< the message is dealt with: its credit is owed again
  void swallow(Channel& channel);      ///< forgets the message and the credit it was spent on
  bool any_message_begun() const;

  // Towards the host.
  void queue_reply(Connection to, base::ByteView message);
  Channel* next_to_send();
  /// A connection whose credit can be granted anew; granting is recorded by the call.
  std::optional<protocol::hbm::FlowControl> next_grant();
  /// What the host holds now; Credit::none for a connection that is not there.
  Credit credit(Connection id) const;

  void serialize(sim::Archive& a);

 private:
  ClientEntry& entry_of(const Channel& c) { return clients_[c.client_index]; }
  Credit& credit_of(Channel& channel);
  Channel* free_channel(const ClientEntry& client);
  bool takes_another(const Channel& channel) const;
  std::size_t reply_places() const;
  void return_shared_credit(ClientEntry& client, Credit own);
  void open(Channel& channel, Connection id);
  void forget(Channel& channel);
  void close(Channel& channel);
  void serialize_channel(sim::Archive& a, Channel& channel);

  std::uint8_t credits_;
  BadInputLog& bad_input_;
  std::vector<ClientEntry> clients_;
  std::vector<Channel> channels_;
  std::uint64_t next_order_ = 0;
};

}  // namespace emulator::heci
