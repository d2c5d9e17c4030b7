// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/heci/hbm_later.h"

namespace protocol::hbm {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

ByteWriter& begin(ByteWriter& out, LaterCommand command) {
  return out.u8(static_cast<std::uint8_t>(command));
}

bool is_whole(ByteView message, LaterCommand command, std::size_t size) {
  return message.size() == size && message[0] == static_cast<std::uint8_t>(command);
}

/// The properties as ADD_CLIENT has them: those of CLIENT_PROPS_RES, 24 bytes.
void write_properties(ByteWriter& out, const ClientProperties& p) {
  out.bytes(p.guid.bytes).u8(p.protocol_version).u8(p.max_connections).u8(p.fixed_address);
  out.u8(p.single_recv_buf).u32(p.max_message_length);
}

ClientProperties read_properties(ByteReader& in) {
  ClientProperties p;
  p.guid.bytes = in.array<16>();
  p.protocol_version = in.u8();
  p.max_connections = in.u8();
  p.fixed_address = in.u8();
  p.single_recv_buf = in.u8();
  p.max_message_length = in.u32();
  return p;
}

}  // namespace

void encode(ByteWriter& out, const PowerGateResponse&) {
  begin(out, LaterCommand::power_gate_res).zeros(3);
}
void encode(ByteWriter& out, const CapabilitiesRequest& m) {
  begin(out, LaterCommand::capabilities_req).u8(m.wanted).zeros(2);
}
void encode(ByteWriter& out, const CapabilitiesResponse& m) {
  begin(out, LaterCommand::capabilities_res).u8(m.granted).zeros(2);
}
void encode(ByteWriter& out, const DmaSetupRequest&) {
  begin(out, LaterCommand::dma_setup_req).zeros(DmaSetupRequest::size - 1);
}
void encode(ByteWriter& out, const DmaSetupResponse& m) {
  begin(out, LaterCommand::dma_setup_res).u8(m.status).zeros(2);
}
void encode(ByteWriter& out, const AddClientRequest& m) {
  begin(out, LaterCommand::add_client_req).u8(m.me_addr).zeros(2);
  write_properties(out, m.properties);
}
void encode(ByteWriter& out, const AddClientResponse& m) {
  begin(out, LaterCommand::add_client_res).u8(m.me_addr).u8(m.status).u8(0);
}
void encode(ByteWriter& out, const NotifyRequest& m) {
  begin(out, LaterCommand::notify_req).u8(m.me_addr).u8(m.host_addr).u8(m.start);
}
void encode(ByteWriter& out, const NotifyResponse& m) {
  begin(out, LaterCommand::notify_res).u8(m.me_addr).u8(m.host_addr).u8(m.status);
  out.u8(m.start).zeros(3);
}
void encode(ByteWriter& out, const ShortResponse& m) {
  begin(out, m.command).u8(m.status);
}

std::optional<CapabilitiesRequest> decode_capabilities_request(ByteView m) {
  if (!is_whole(m, LaterCommand::capabilities_req, CapabilitiesRequest::size)) return std::nullopt;
  return CapabilitiesRequest{.wanted = m[1]};
}
std::optional<CapabilitiesResponse> decode_capabilities_response(ByteView m) {
  if (!is_whole(m, LaterCommand::capabilities_res, CapabilitiesResponse::size)) return std::nullopt;
  return CapabilitiesResponse{.granted = m[1]};
}
std::optional<DmaSetupRequest> decode_dma_setup_request(ByteView m) {
  if (!is_whole(m, LaterCommand::dma_setup_req, DmaSetupRequest::size)) return std::nullopt;
  return DmaSetupRequest{};
}
std::optional<DmaSetupResponse> decode_dma_setup_response(ByteView m) {
  if (!is_whole(m, LaterCommand::dma_setup_res, DmaSetupResponse::size)) return std::nullopt;
  return DmaSetupResponse{.status = m[1]};
}
std::optional<AddClientRequest> decode_add_client_request(ByteView m) {
  if (!is_whole(m, LaterCommand::add_client_req, AddClientRequest::size)) return std::nullopt;
  ByteReader in(m.subspan(4));
  return AddClientRequest{.me_addr = m[1], .properties = read_properties(in)};
}
std::optional<AddClientResponse> decode_add_client_response(ByteView m) {
  if (!is_whole(m, LaterCommand::add_client_res, AddClientResponse::size)) return std::nullopt;
  return AddClientResponse{.me_addr = m[1], .status = m[2]};
}
std::optional<NotifyRequest> decode_notify_request(ByteView m) {
  if (!is_whole(m, LaterCommand::notify_req, NotifyRequest::size)) return std::nullopt;
  return NotifyRequest{.me_addr = m[1], .host_addr = m[2], .start = m[3]};
}
std::optional<NotifyResponse> decode_notify_response(ByteView m) {
  if (!is_whole(m, LaterCommand::notify_res, NotifyResponse::size)) return std::nullopt;
  return NotifyResponse{.me_addr = m[1], .host_addr = m[2], .status = m[3], .start = m[4]};
}

}  // namespace protocol::hbm
