// SPDX-License-Identifier: BSD-3-Clause
// HeciLink: connecting to clients and disconnecting from them.
#include <algorithm>

#include "protocol/mei/clients.h"
#include "updater/mei/bus_message.h"
#include "updater/mei/heci_link.h"

namespace updater::mei {
namespace {

using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::hbm::Command;
using protocol::hbm::Status;
namespace hbm = protocol::hbm;

Error connect_error(std::uint8_t status) {
  const auto error = [&](Errc code, const char* why) {
    return Error{code, std::string("connecting to an ME client: ") + why, status};
  };
  switch (static_cast<Status>(status)) {
    case Status::client_not_found:
      return error(Errc::not_found, "there is no such client");
    case Status::already_started:
      return error(Errc::busy, "it is connected already");
    case Status::out_of_resources:
      return error(Errc::busy, "its connections are taken");
    case Status::message_small:
      return error(Errc::refused, "the ME refuses the request's parameters");
    case Status::not_allowed:
      return error(Errc::refused, "the ME does not allow it");
    case Status::success:
      break;
  }
  return error(Errc::protocol, "an unknown connect status");
}

}  // namespace

std::optional<std::uint8_t> HeciLink::free_host_address() {
  const auto taken = [&](std::uint8_t address) {
    return std::any_of(connections_.begin(), connections_.end(), [&](const auto& c) {
      return c->state == ConnectionState::open && c->host_addr == address;
    });
  };
  for (int i = 0; i < 255; ++i) {
    last_host_addr_ = static_cast<std::uint8_t>(last_host_addr_ % 255 + 1);  // 0 is the BIOS's
    if (!taken(last_host_addr_)) return last_host_addr_;
  }
  return std::nullopt;
}

Result<HeciConnection*> HeciLink::connect(const HeciClient& client) {
  const auto host_addr = free_host_address();
  if (!host_addr)
    return Error{Errc::busy, "connecting to an ME client: all 255 host addresses are taken"};
  handed_out_.set(*host_addr);
  auto c = std::make_unique<HeciConnection>();
  c->me_addr = client.me_addr;
  c->host_addr = *host_addr;
  c->max_length = std::min(client.properties.max_message_length, kLongestMessage);
  c->protocol_version = client.properties.protocol_version;
  c->flow = client.properties.single_recv_buf != 0 ? FlowControl::client : FlowControl::connection;
  // Known before it is asked for: its first credit may arrive in the same breath as the answer.
  HeciConnection* const raw = c.get();
  connections_.push_back(std::move(c));
  const auto accepted = request_connection(*raw);
  if (accepted) return raw;
  std::erase_if(connections_, [&](const auto& p) { return p.get() == raw; });
  return accepted.error();
}

Result<void> HeciLink::request_connection(const HeciConnection& c) {
  constexpr const char* doing = "connecting to an ME client (CONNECT)";
  const auto answer =
      ask(bus_message(hbm::ConnectRequest{.me_addr = c.me_addr, .host_addr = c.host_addr}),
          Command::connect_res, io::Deadline::in(clock_, kConnectLimit), doing);
  if (!answer) return answer.error();
  const auto reply = hbm::decode_connect_response(answer->view());
  if (!reply) return fail(malformed(doing, answer->view()));
  if (Address(reply->me_addr, reply->host_addr) != Address(c.me_addr, c.host_addr)) {
    return fail({Errc::protocol, std::string(doing) + ": the ME answers for another connection"});
  }
  if (reply->status != status_of(Status::success)) return connect_error(reply->status);
  return {};
}

Result<HeciConnection*> HeciLink::open_fixed(std::uint8_t me_addr) {
  if (me_addr == protocol::mei::kHbmAddress) {
    return Error{Errc::invalid, "opening a fixed ME address: 0 is the host bus itself"};
  }
  if (find({me_addr, 0}) != nullptr)
    return Error{Errc::busy, "opening a fixed ME address: it is in use"};
  auto c = std::make_unique<HeciConnection>();
  c->me_addr = me_addr;
  c->flow = FlowControl::none;
  c->max_length = kFixedMaxMessage;
  if (const HeciClient* client = find_client(me_addr)) {
    c->max_length = std::min(client->properties.max_message_length, kLongestMessage);
    c->protocol_version = client->properties.protocol_version;
  }
  connections_.push_back(std::move(c));
  return connections_.back().get();
}

void HeciLink::release(HeciConnection& connection) {
  if (connection.state == ConnectionState::open && connection.flow != FlowControl::none) {
    static_cast<void>(
        disconnect(connection));  // a link that fails here is down, which the next use finds
  }
  std::erase_if(connections_, [&](const auto& c) { return c.get() == &connection; });
}

Result<void> HeciLink::disconnect(HeciConnection& c) {
  constexpr const char* doing = "disconnecting from an ME client (DISCONNECT)";
  const auto answer =
      ask(bus_message(hbm::DisconnectRequest{.me_addr = c.me_addr, .host_addr = c.host_addr}),
          Command::disconnect_res, io::Deadline::in(clock_, kDisconnectLimit), doing);
  if (!answer) return answer.error();
  const auto reply = hbm::decode_disconnect_response(answer->view());
  if (!reply || Address(reply->me_addr, reply->host_addr) != Address(c.me_addr, c.host_addr)) {
    return fail(malformed(doing, answer->view()));
  }
  return {};
}

}  // namespace updater::mei
