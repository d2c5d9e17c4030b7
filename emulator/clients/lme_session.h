// SPDX-License-Identifier: BSD-3-Clause
// One host's connection to local manageability: the port-forwarding protocol (protocol/mei/apf.h)
// as the engine speaks it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "emulator/heci/me_client.h"
#include "protocol/mei/apf.h"

namespace emulator::clients {

/// The host opens with its version; from there the engine leads: it asks for the authentication
/// service, for the forwarding service, and for each of AMT's ports. Then the host opens channels.
/// Behind a port is no AMT: what comes goes back as it came (chosen, docs/fidelity.md). Whoever
/// leaves the order is sent DISCONNECT and begins anew.
class LmeSession {
 public:
  static constexpr std::uint32_t kMaxMessage = 4096;  ///< bytes; the number is ours

  LmeSession(heci::Connection host, heci::ReplyPort& port) : port_(&port), host_(host) {}

  heci::Connection host() const { return host_; }
  void receive(base::ByteView message);
  void serialize(sim::Archive& a);

 private:
  enum class Phase : std::uint8_t {
    version,         ///< the host's is awaited
    auth_service,    ///< asked for; the host accepts
    authentication,  ///< asked for; the host lets in
    forward_service,
    forwarding,  ///< ports are asked for, one after the other
    ready,
  };
  /// One TCP connection of the host.
  struct Channel {
    std::uint32_t host = 0;   ///< the host's number of it; ours is its place + 1
    std::uint32_t gives = 0;  ///< bytes that the host may still send
    std::uint32_t takes = 0;  ///< bytes that the host still takes
    base::Bytes waiting;      ///< come in, and not gone back yet
    bool open = false;
  };

  void on_version(base::ByteView message);
  void on_service_accept(base::ByteView message);
  void on_userauth_success();
  void on_forward_answer(base::ByteView message);
  void on_open(base::ByteView message);
  void on_data(base::ByteView message);
  void on_window(base::ByteView message);
  void on_close(base::ByteView message);
  void on_keepalive(base::ByteView message);

  template <class Message>
  void send(const Message& message);
  void ask_for_next_port();
  void give_back(Channel& channel);
  std::optional<protocol::apf::OpenFailure> obstacle(const protocol::apf::ChannelOpen& open) const;
  Channel* find(std::uint32_t ours);
  void give_up(protocol::apf::DisconnectReason reason);
  void begin_anew();

  heci::ReplyPort* port_;
  heci::Connection host_;
  Phase phase_ = Phase::version;
  std::uint32_t asked_ = 0;  ///< ports that were asked for
  std::uint32_t bound_ = 0;  ///< a bit for each port that the host has bound
  std::vector<Channel> channels_;
};

}  // namespace emulator::clients
