// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/describe_message.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "emulator/trace/duration_text.h"
#include "protocol/heci/hbm.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"
#include "protocol/mei/secret_fields.h"

namespace emulator::trace {
namespace {

using sim::TraceKind;
using sim::TraceRecord;
namespace hbm = protocol::hbm;

struct ClientRow {
  protocol::mei::Guid guid;
  Client client;
};
constexpr ClientRow kClients[] = {{protocol::mei::kMkhiGuid, Client::mkhi},
                                  {protocol::mei::kAmthiGuid, Client::amthi},
                                  {protocol::mei::kFwuGuid, Client::fwu},
                                  {protocol::mei::kWatchdogGuid, Client::watchdog}};

struct CommandName {
  hbm::Command command;
  const char* name;
};
constexpr CommandName kHbmNames[] = {{hbm::Command::host_start_req, "HOST_START_REQ"},
                                     {hbm::Command::host_start_res, "HOST_START_RES"},
                                     {hbm::Command::host_stop_req, "HOST_STOP_REQ"},
                                     {hbm::Command::host_stop_res, "HOST_STOP_RES"},
                                     {hbm::Command::me_stop_req, "ME_STOP_REQ"},
                                     {hbm::Command::host_enum_req, "HOST_ENUM_REQ"},
                                     {hbm::Command::host_enum_res, "HOST_ENUM_RES"},
                                     {hbm::Command::client_props_req, "CLIENT_PROPS_REQ"},
                                     {hbm::Command::client_props_res, "CLIENT_PROPS_RES"},
                                     {hbm::Command::connect_req, "CONNECT_REQ"},
                                     {hbm::Command::connect_res, "CONNECT_RES"},
                                     {hbm::Command::disconnect_req, "DISCONNECT_REQ"},
                                     {hbm::Command::disconnect_res, "DISCONNECT_RES"},
                                     {hbm::Command::flow_control, "FLOW_CONTROL"}};

std::string describe_hbm(base::ByteView message) {
  if (message.empty()) return "nothing";
  for (const CommandName& row : kHbmNames) {
    if (static_cast<std::uint8_t>(row.command) != message[0]) continue;
    const base::ByteView rest = message.subspan(1, message.size() < 4 ? message.size() - 1 : 3);
    return fmt::format("{} {}", row.name, base::to_hex(rest));
  }
  return fmt::format("unknown command {:#04x}", message[0]);
}

std::string describe_mkhi(base::ByteView message) {
  const auto header = protocol::mkhi::decode_header(message);
  if (!header) return base::to_hex(message);
  const std::string what =
      fmt::format("group {:#04x} command {:#04x}", header->group, header->command);
  return header->is_response ? fmt::format("{} answers {}", what, header->result) : what;
}

std::string describe_amthi(base::ByteView message) {
  const auto header = protocol::amthi::decode_header(message);
  if (!header) return base::to_hex(message);
  const bool answers = (header->command & protocol::amthi::kResponseBit) != 0;
  if (!answers || message.size() < 16) return fmt::format("command {:#010x}", header->command);
  return fmt::format("command {:#010x} answers {}", header->command,
                     base::ByteReader(message.subspan(12)).u32());
}

constexpr const char* kFwuNames[] = {"GET_VERSION", "GET_VERSION_REPLY", "START", "START_REPLY",
                                     "DATA",        "DATA_REPLY",        "END",   "END_REPLY",
                                     "GET_INFO",    "GET_INFO_REPLY"};

std::string describe_fwu(base::ByteView message, std::size_t size) {
  const auto type = protocol::fwu::decode_type(message);
  if (!type || *type >= std::size(kFwuNames)) return base::to_hex(message);
  base::ByteReader in(message.subspan(4));
  const std::string name = kFwuNames[*type];
  if (*type == 2) return fmt::format("{} {} bytes", name, in.u32());
  if (*type == 4) return fmt::format("{} {} bytes", name, in.u32());
  if (*type % 2 == 1 && size >= 8) return fmt::format("{} status {}", name, in.u32());
  return name;
}

std::string describe_event(const TraceRecord& record) {
  switch (record.kind) {
    case TraceKind::flash_program:
    case TraceKind::flash_erase:
    case TraceKind::flash_torn:
      return fmt::format("{:#x} {}", record.a, record.b);
    case TraceKind::tpm_command:
      return fmt::format("ordinal {:#010x} {} bytes", record.a, record.b);
    case TraceKind::tpm_response:
      return fmt::format("ordinal {:#010x} answers {:#x}", record.a, record.b);
    case TraceKind::fault:
      return fmt::format("{} (occurrence {})", record.text, record.a);
    case TraceKind::bad_input:
      return fmt::format("{} (me {:#04x} host {})", record.text, record.me_addr, record.host_addr);
    default:
      return record.text;
  }
}

}  // namespace

const char* name(Client client) {
  switch (client) {
    case Client::hbm:
      return "HBM";
    case Client::mkhi:
      return "MKHI";
    case Client::amthi:
      return "AMTHI";
    case Client::fwu:
      return "FWU";
    case Client::watchdog:
      return "watchdog";
    case Client::unknown:
      break;
  }
  return "client";
}

ClientMap::ClientMap() {
  clients_[protocol::mei::kHbmAddress] = Client::hbm;
  clients_[protocol::mei::kMkhiFixedAddress] = Client::mkhi;
}

void ClientMap::learn(std::uint8_t me_addr, base::ByteView message) {
  if (me_addr != protocol::mei::kHbmAddress) return;
  const auto response = hbm::decode_client_properties_response(message);
  if (!response || response->status != 0) return;
  for (const ClientRow& row : kClients) {
    if (row.guid == response->properties.guid) clients_[response->me_addr] = row.client;
  }
}

base::Bytes ClientMap::shown(std::uint8_t me_addr, base::ByteView message, std::size_t size) const {
  base::Bytes copy(message.begin(), message.end());
  std::optional<protocol::mei::Guid> guid;
  for (const ClientRow& row : kClients) {
    if (row.client == clients_[me_addr]) guid = row.guid;
  }
  protocol::mei::blank_secrets(guid, copy, size);
  return copy;
}

std::string describe(Client client, base::ByteView message, std::size_t size) {
  std::string what;
  switch (client) {
    case Client::hbm:
      what = describe_hbm(message);
      break;
    case Client::mkhi:
      what = describe_mkhi(message);
      break;
    case Client::amthi:
      what = describe_amthi(message);
      break;
    case Client::fwu:
      what = describe_fwu(message, size);
      break;
    case Client::watchdog:
    case Client::unknown:
      what = base::to_hex(message.first(std::min<std::size_t>(message.size(), 16)));
  }
  return fmt::format("{} {}", name(client), what);
}

std::string describe(const TraceRecord& record, const ClientMap& clients, base::ByteView head,
                     std::size_t size) {
  return fmt::format("{:>18}  {}", to_text(record.at),
                     describe_untimed(record, clients, head, size));
}

std::string describe_untimed(const TraceRecord& record, const ClientMap& clients,
                             base::ByteView head, std::size_t size) {
  const bool to_me = record.kind == TraceKind::message_to_me;
  if (!to_me && record.kind != TraceKind::message_to_host)
    return fmt::format("-- {}: {}", name(record.kind), describe_event(record));
  return fmt::format(
      "{} {} ({} bytes, me {:#04x} host {})", to_me ? "->" : "<-",
      describe(clients.at(record.me_addr), clients.shown(record.me_addr, head, size), size), size,
      record.me_addr, record.host_addr);
}

}  // namespace emulator::trace
