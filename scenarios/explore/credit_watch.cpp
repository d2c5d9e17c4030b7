// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/credit_watch.h"

#include <fmt/format.h>

#include <chrono>
#include <string_view>

#include "protocol/heci/hbm.h"
#include "protocol/mei/clients.h"

namespace scenarios::explore {

using emulator::sim::TraceKind;
namespace hbm = protocol::hbm;

namespace {
/// Longer than an ME that is at work leaves a new connection without a credit.
constexpr auto kPatience = std::chrono::seconds(10);
}  // namespace

void CreditWatch::record(const emulator::sim::TraceRecord& record) {
  const bool on_bus = record.me_addr == protocol::mei::kHbmAddress;
  switch (record.kind) {
    case TraceKind::link:
      return link_changed(record);
    case TraceKind::power:
      return open_.clear();
    case TraceKind::message_to_me:
      // What a fault then takes from it counts as granted: nothing sound is complained of.
      if (const auto grant = on_bus ? hbm::decode_flow_control(record.data) : std::nullopt) {
        const auto open = open_.find({grant->me_addr, grant->host_addr});
        if (open != open_.end()) ++open->second.from_host;
      }
      return;
    case TraceKind::message_to_host:
      return on_bus ? bus_message_from_me(record)
                    : client_message_from_me({record.me_addr, record.host_addr});
    default:
      return;
  }
}

void CreditWatch::link_changed(const emulator::sim::TraceRecord& record) {
  const bool given_up = record.text == std::string_view("host reset");
  for (const auto& [connection, open] : open_)
    if (given_up) given_up_at(record.at, connection);
  open_.clear();
}

void CreditWatch::given_up_at(base::TimePoint now, Address connection) {
  const auto open = open_.find(connection);
  if (open == open_.end() || open->second.from_me) return;
  if (now - open->second.since > kPatience && complaint_.empty())
    complaint_ = fmt::format("the ME accepted {}-{} and never let the host send there",
                             connection.first, connection.second);
}

void CreditWatch::bus_message_from_me(const emulator::sim::TraceRecord& record) {
  const base::ByteView message = record.data;
  if (const auto made = hbm::decode_connect_response(message)) {
    if (made->status != 0) return;
    // A client with several connections may have one credit for all of them.
    const auto other = open_.lower_bound({made->me_addr, std::uint8_t{0}});
    const bool may_share = other != open_.end() && other->first.first == made->me_addr;
    open_[{made->me_addr, made->host_addr}] = {.since = record.at, .from_me = may_share};
  } else if (const auto gone = hbm::decode_disconnect_response(message)) {
    given_up_at(record.at, {gone->me_addr, gone->host_addr});
    open_.erase({gone->me_addr, gone->host_addr});
  } else if (const auto closed = hbm::decode_disconnect_request(message)) {
    open_.erase({closed->me_addr, closed->host_addr});
  } else if (const auto grant = hbm::decode_flow_control(message)) {
    // A shared one is the client's: its host address is 0.
    for (auto& [connection, open] : open_) {
      const bool shared = grant->host_addr == 0 || grant->host_addr == connection.second;
      if (connection.first == grant->me_addr && shared) open.from_me = true;
    }
  }
}

/// A fixed address needs none, and is no connection that was made.
void CreditWatch::client_message_from_me(Address connection) {
  const auto open = open_.find(connection);
  if (open == open_.end()) return;
  if (open->second.from_host > 0) {
    --open->second.from_host;
  } else if (complaint_.empty()) {
    complaint_ = fmt::format("the ME sent {}-{} a message for which the host had no room",
                             connection.first, connection.second);
  }
}

}  // namespace scenarios::explore
