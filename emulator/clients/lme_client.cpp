// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/lme_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "protocol/mei/clients.h"

namespace emulator::clients {
namespace {

namespace apf = protocol::apf;

constexpr std::uint8_t kLmeConnections = 2;

struct NamedType {
  apf::Type type;
  const char* name;
};
constexpr std::array<NamedType, 18> kTypeNames = {{
    {apf::Type::disconnect, "DISCONNECT"},
    {apf::Type::service_request, "SERVICE_REQUEST"},
    {apf::Type::service_accept, "SERVICE_ACCEPT"},
    {apf::Type::userauth_request, "USERAUTH_REQUEST"},
    {apf::Type::userauth_failure, "USERAUTH_FAILURE"},
    {apf::Type::userauth_success, "USERAUTH_SUCCESS"},
    {apf::Type::global_request, "GLOBAL_REQUEST"},
    {apf::Type::request_success, "REQUEST_SUCCESS"},
    {apf::Type::request_failure, "REQUEST_FAILURE"},
    {apf::Type::channel_open, "CHANNEL_OPEN"},
    {apf::Type::channel_open_confirmation, "CHANNEL_OPEN_CONFIRMATION"},
    {apf::Type::channel_open_failure, "CHANNEL_OPEN_FAILURE"},
    {apf::Type::channel_window_adjust, "CHANNEL_WINDOW_ADJUST"},
    {apf::Type::channel_data, "CHANNEL_DATA"},
    {apf::Type::channel_close, "CHANNEL_CLOSE"},
    {apf::Type::protocol_version, "PROTOCOLVERSION"},
    {apf::Type::keepalive_request, "KEEPALIVE_REQUEST"},
    {apf::Type::keepalive_reply, "KEEPALIVE_REPLY"},
}};

std::string say_apf(base::ByteView message, std::size_t size) {
  if (message.empty()) return "nothing";
  const auto found = std::find_if(kTypeNames.begin(), kTypeNames.end(), [&](const NamedType& one) {
    return static_cast<std::uint8_t>(one.type) == message[0];
  });
  if (found == kTypeNames.end()) return fmt::format("message {}", message[0]);
  if (found->type != apf::Type::channel_data) return found->name;
  return fmt::format("{} {} bytes", found->name,
                     size - std::min(size, apf::ChannelData::header_size));
}

}  // namespace

constinit const sim::MessageWords LmeClient::kWords = {.name = "LME", .says = &say_apf};

protocol::hbm::ClientProperties LmeClient::properties() const {
  return {.guid = protocol::mei::kLmeGuid,
          .protocol_version = 1,
          .max_connections = kLmeConnections,
          .fixed_address = 0,
          .single_recv_buf = 0,
          .max_message_length = LmeSession::kMaxMessage};
}

void LmeClient::receive(heci::Connection from, base::ByteView message) {
  auto session = std::find_if(sessions_.begin(), sessions_.end(),
                              [&](const LmeSession& one) { return one.host() == from; });
  if (session == sessions_.end()) session = sessions_.insert(session, LmeSession(from, port_));
  session->receive(message);
}

void LmeClient::disconnected(heci::Connection connection) {
  std::erase_if(sessions_, [&](const LmeSession& one) { return one.host() == connection; });
}

void LmeClient::serialize(sim::Archive& a) {
  a.section("lme_client");
  auto count = static_cast<std::uint32_t>(sessions_.size());
  a.value(count);
  if (count > kLmeConnections) return a.fail("LME has more sessions than connections");
  while (sessions_.size() > count) sessions_.pop_back();
  while (sessions_.size() < count) sessions_.emplace_back(heci::Connection{}, port_);
  for (LmeSession& session : sessions_) session.serialize(a);
}

}  // namespace emulator::clients
