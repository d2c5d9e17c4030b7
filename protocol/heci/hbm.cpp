// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/heci/hbm.h"

namespace protocol::hbm {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

ByteWriter& open(ByteWriter& out, Command command) {
  return out.u8(static_cast<std::uint8_t>(command));
}

bool is(ByteView message, Command command, std::size_t size) {
  return message.size() == size && message[0] == static_cast<std::uint8_t>(command);
}

/// The two address bytes that follow the command in most messages.
template <class Message>
Message addresses(ByteView message) {
  return {.me_addr = message[1], .host_addr = message[2]};
}

template <class Message>
Message addresses_and_status(ByteView message) {
  return {.me_addr = message[1], .host_addr = message[2], .status = message[3]};
}

}  // namespace

void encode(ByteWriter& out, const HostStartRequest& m) {
  open(out, Command::host_start_req).u8(0).u8(m.minor).u8(m.major);
}
void encode(ByteWriter& out, const HostStartResponse& m) {
  open(out, Command::host_start_res)
      .u8(m.version_supported ? 1 : 0)
      .u8(m.max_minor)
      .u8(m.max_major);
}
void encode(ByteWriter& out, const HostStopRequest& m) {
  open(out, Command::host_stop_req).u8(m.reason).zeros(2);
}
void encode(ByteWriter& out, const HostStopResponse&) {
  open(out, Command::host_stop_res).zeros(3);
}
void encode(ByteWriter& out, const MeStopRequest& m) {
  open(out, Command::me_stop_req).u8(m.reason).zeros(2);
}
void encode(ByteWriter& out, const HostEnumRequest&) {
  open(out, Command::host_enum_req).zeros(3);
}
void encode(ByteWriter& out, const HostEnumResponse& m) {
  open(out, Command::host_enum_res).zeros(3).bytes(m.valid_addresses);
}
void encode(ByteWriter& out, const ClientPropertiesRequest& m) {
  open(out, Command::client_props_req).u8(m.me_addr).zeros(2);
}
void encode(ByteWriter& out, const ClientPropertiesResponse& m) {
  const ClientProperties& p = m.properties;
  open(out, Command::client_props_res).u8(m.me_addr).u8(m.status).u8(0);
  out.bytes(p.guid.bytes)
      .u8(p.protocol_version)
      .u8(p.max_connections)
      .u8(p.fixed_address)
      .u8(p.single_recv_buf);
  out.u32(p.max_message_length);
}
void encode(ByteWriter& out, const ConnectRequest& m) {
  open(out, Command::connect_req).u8(m.me_addr).u8(m.host_addr).u8(0);
}
void encode(ByteWriter& out, const ConnectResponse& m) {
  open(out, Command::connect_res).u8(m.me_addr).u8(m.host_addr).u8(m.status);
}
void encode(ByteWriter& out, const DisconnectRequest& m) {
  open(out, Command::disconnect_req).u8(m.me_addr).u8(m.host_addr).u8(0);
}
void encode(ByteWriter& out, const DisconnectResponse& m) {
  open(out, Command::disconnect_res).u8(m.me_addr).u8(m.host_addr).u8(m.status);
}
void encode(ByteWriter& out, const FlowControl& m) {
  open(out, Command::flow_control).u8(m.me_addr).u8(m.host_addr).zeros(5);
}

std::optional<HostStartRequest> decode_host_start_request(ByteView m) {
  if (!is(m, Command::host_start_req, HostStartRequest::size)) return std::nullopt;
  return HostStartRequest{.minor = m[2], .major = m[3]};
}
std::optional<HostStartResponse> decode_host_start_response(ByteView m) {
  if (!is(m, Command::host_start_res, HostStartResponse::size)) return std::nullopt;
  return HostStartResponse{.version_supported = m[1] != 0, .max_minor = m[2], .max_major = m[3]};
}
std::optional<HostStopRequest> decode_host_stop_request(ByteView m) {
  if (!is(m, Command::host_stop_req, HostStopRequest::size)) return std::nullopt;
  return HostStopRequest{.reason = m[1]};
}
std::optional<HostStopResponse> decode_host_stop_response(ByteView m) {
  if (!is(m, Command::host_stop_res, HostStopResponse::size)) return std::nullopt;
  return HostStopResponse{};
}
std::optional<MeStopRequest> decode_me_stop_request(ByteView m) {
  if (!is(m, Command::me_stop_req, MeStopRequest::size)) return std::nullopt;
  return MeStopRequest{.reason = m[1]};
}
std::optional<HostEnumRequest> decode_host_enum_request(ByteView m) {
  if (!is(m, Command::host_enum_req, HostEnumRequest::size)) return std::nullopt;
  return HostEnumRequest{};
}
std::optional<HostEnumResponse> decode_host_enum_response(ByteView m) {
  if (!is(m, Command::host_enum_res, HostEnumResponse::size)) return std::nullopt;
  ByteReader in(m);
  in.skip(4);
  return HostEnumResponse{.valid_addresses = in.array<32>()};
}
std::optional<ClientPropertiesRequest> decode_client_properties_request(ByteView m) {
  if (!is(m, Command::client_props_req, ClientPropertiesRequest::size)) return std::nullopt;
  return ClientPropertiesRequest{.me_addr = m[1]};
}
std::optional<ClientPropertiesResponse> decode_client_properties_response(ByteView m) {
  if (!is(m, Command::client_props_res, ClientPropertiesResponse::size)) return std::nullopt;
  ByteReader in(m);
  in.skip(1);
  ClientPropertiesResponse out{.me_addr = in.u8(), .status = in.u8(), .properties = {}};
  in.skip(1);
  out.properties.guid.bytes = in.array<16>();
  out.properties.protocol_version = in.u8();
  out.properties.max_connections = in.u8();
  out.properties.fixed_address = in.u8();
  out.properties.single_recv_buf = in.u8();
  out.properties.max_message_length = in.u32();
  return out;
}
std::optional<ConnectRequest> decode_connect_request(ByteView m) {
  if (!is(m, Command::connect_req, ConnectRequest::size)) return std::nullopt;
  return addresses<ConnectRequest>(m);
}
std::optional<ConnectResponse> decode_connect_response(ByteView m) {
  if (!is(m, Command::connect_res, ConnectResponse::size)) return std::nullopt;
  return addresses_and_status<ConnectResponse>(m);
}
std::optional<DisconnectRequest> decode_disconnect_request(ByteView m) {
  if (!is(m, Command::disconnect_req, DisconnectRequest::size)) return std::nullopt;
  return addresses<DisconnectRequest>(m);
}
std::optional<DisconnectResponse> decode_disconnect_response(ByteView m) {
  if (!is(m, Command::disconnect_res, DisconnectResponse::size)) return std::nullopt;
  return addresses_and_status<DisconnectResponse>(m);
}
std::optional<FlowControl> decode_flow_control(ByteView m) {
  if (!is(m, Command::flow_control, FlowControl::size)) return std::nullopt;
  return addresses<FlowControl>(m);
}

}  // namespace protocol::hbm
