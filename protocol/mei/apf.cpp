// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/apf.h"

#include <string_view>
#include <utility>

namespace protocol::apf {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

constexpr std::size_t kVersionTail = 80;  ///< UUID of the system, and reserved
constexpr std::uint32_t kReservedOnes = 0xFFFFFFFF;

ByteWriter& write_type(ByteWriter& out, Type type) {
  return out.u8(static_cast<std::uint8_t>(type));
}

ByteWriter& write_counted(ByteWriter& out, std::string_view text) {
  return out.be32(static_cast<std::uint32_t>(text.size())).bytes(base::as_bytes(text));
}

std::string read_counted(ByteReader& in) {
  const ByteView text = in.bytes(in.be32());
  return {text.begin(), text.end()};
}

bool has_type(ByteReader& in, Type type) {
  return in.u8() == static_cast<std::uint8_t>(type) && in.ok();
}

template <class Message>
std::optional<Message> checked(const ByteReader& in, Message message) {
  return in.finished() ? std::optional(std::move(message)) : std::nullopt;
}

}  // namespace

void encode(ByteWriter& out, const ProtocolVersion& m) {
  write_type(out, Type::protocol_version).be32(m.major).be32(m.minor).be32(m.trigger);
  out.zeros(kVersionTail);
}

void encode(ByteWriter& out, const Service& m) {
  write_counted(write_type(out, m.type), m.name);
}

void encode(ByteWriter& out, const UserauthRequest& m) {
  write_counted(
      write_counted(write_counted(write_type(out, Type::userauth_request), m.user), m.service),
      m.method);
}

void encode(ByteWriter& out, const ForwardRequest& m) {
  write_counted(write_type(out, Type::global_request), kForwardRequest).u8(m.want_reply);
  write_counted(out, m.address).be32(m.port);
}

void encode(ByteWriter& out, const RequestSuccess& m) {
  write_type(out, Type::request_success).be32(m.port);
}

void encode(ByteWriter& out, const ChannelOpen& m) {
  write_counted(write_type(out, Type::channel_open), m.type);
  out.be32(m.sender).be32(m.window).be32(kReservedOnes);
  write_counted(out, m.connected_address).be32(m.connected_port);
  write_counted(out, m.originator_address).be32(m.originator_port);
}

void encode(ByteWriter& out, const ChannelConfirmation& m) {
  write_type(out, Type::channel_open_confirmation).be32(m.recipient).be32(m.sender);
  out.be32(m.window).be32(kReservedOnes);
}

void encode(ByteWriter& out, const ChannelFailure& m) {
  write_type(out, Type::channel_open_failure).be32(m.recipient);
  out.be32(static_cast<std::uint32_t>(m.reason)).zeros(8);
}

void encode(ByteWriter& out, const WindowAdjust& m) {
  write_type(out, Type::channel_window_adjust).be32(m.recipient).be32(m.bytes);
}

void encode(ByteWriter& out, const ChannelData& m) {
  write_type(out, Type::channel_data).be32(m.recipient);
  out.be32(static_cast<std::uint32_t>(m.data.size())).bytes(m.data);
}

void encode(ByteWriter& out, const ChannelClose& m) {
  write_type(out, Type::channel_close).be32(m.recipient);
}

void encode(ByteWriter& out, const Disconnect& m) {
  write_type(out, Type::disconnect).be32(static_cast<std::uint32_t>(m.reason)).zeros(2);
}

void encode(ByteWriter& out, const Keepalive& m) {
  write_type(out, m.type).be32(m.cookie);
}

std::optional<ProtocolVersion> decode_protocol_version(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::protocol_version)) return std::nullopt;
  ProtocolVersion m{.major = in.be32(), .minor = in.be32(), .trigger = in.be32()};
  in.skip(kVersionTail);
  return checked(in, m);
}

std::optional<Service> decode_service(ByteView message) {
  ByteReader in(message);
  Service m{.type = static_cast<Type>(in.u8()), .name = {}};
  if (m.type != Type::service_request && m.type != Type::service_accept) return std::nullopt;
  m.name = read_counted(in);
  return checked(in, std::move(m));
}

std::optional<UserauthRequest> decode_userauth_request(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::userauth_request)) return std::nullopt;
  UserauthRequest m;
  m.user = read_counted(in);
  m.service = read_counted(in);
  m.method = read_counted(in);
  return checked(in, std::move(m));
}

std::optional<ForwardRequest> decode_forward_request(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::global_request) || read_counted(in) != kForwardRequest)
    return std::nullopt;
  ForwardRequest m{.want_reply = in.u8(), .address = {}, .port = 0};
  m.address = read_counted(in);
  m.port = in.be32();
  return checked(in, std::move(m));
}

std::optional<RequestSuccess> decode_request_success(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::request_success)) return std::nullopt;
  return checked(in, RequestSuccess{.port = in.be32()});
}

std::optional<ChannelOpen> decode_channel_open(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::channel_open)) return std::nullopt;
  ChannelOpen m;
  m.type = read_counted(in);
  m.sender = in.be32();
  m.window = in.be32();
  in.skip(4);
  m.connected_address = read_counted(in);
  m.connected_port = in.be32();
  m.originator_address = read_counted(in);
  m.originator_port = in.be32();
  return checked(in, std::move(m));
}

std::optional<ChannelConfirmation> decode_channel_confirmation(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::channel_open_confirmation)) return std::nullopt;
  ChannelConfirmation m{.recipient = in.be32(), .sender = in.be32(), .window = in.be32()};
  in.skip(4);
  return checked(in, m);
}

std::optional<ChannelFailure> decode_channel_failure(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::channel_open_failure)) return std::nullopt;
  ChannelFailure m{.recipient = in.be32(), .reason = static_cast<OpenFailure>(in.be32())};
  in.skip(8);
  return checked(in, m);
}

std::optional<WindowAdjust> decode_window_adjust(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::channel_window_adjust)) return std::nullopt;
  return checked(in, WindowAdjust{.recipient = in.be32(), .bytes = in.be32()});
}

std::optional<ChannelData> decode_channel_data(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::channel_data)) return std::nullopt;
  ChannelData m{.recipient = in.be32(), .data = {}};
  m.data = in.bytes(in.be32());
  return checked(in, m);
}

std::optional<ChannelClose> decode_channel_close(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::channel_close)) return std::nullopt;
  return checked(in, ChannelClose{.recipient = in.be32()});
}

std::optional<Disconnect> decode_disconnect(ByteView message) {
  ByteReader in(message);
  if (!has_type(in, Type::disconnect)) return std::nullopt;
  Disconnect m{.reason = static_cast<DisconnectReason>(in.be32())};
  in.skip(2);
  return checked(in, m);
}

std::optional<Keepalive> decode_keepalive(ByteView message) {
  ByteReader in(message);
  Keepalive m{.type = static_cast<Type>(in.u8()), .cookie = 0};
  if (m.type != Type::keepalive_request && m.type != Type::keepalive_reply) return std::nullopt;
  m.cookie = in.be32();
  return checked(in, m);
}

}  // namespace protocol::apf
