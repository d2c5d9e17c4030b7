// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/mei/watchdog.h"

namespace protocol::watchdog {
namespace {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

/// The byte count does not count itself and the command before it.
constexpr std::size_t kUncounted = 2;

void open(ByteWriter& out, Subcommand subcommand, std::size_t message_size) {
  out.u8(kManagementControl).u8(static_cast<std::uint8_t>(message_size - kUncounted));
  out.u8(static_cast<std::uint8_t>(subcommand)).u8(kVersion);
}

bool expect(ByteView message, Subcommand subcommand) {
  const std::optional<Header> h = decode_header(message);
  return h && h->subcommand == subcommand;
}

}  // namespace

void encode(ByteWriter& out, const StartRequest& m) {
  open(out, Subcommand::start, StartRequest::size);
  out.u16(m.timeout).zeros(StartRequest::size - StartRequest::min_size);
}

void encode(ByteWriter& out, const StartResponse& m) {
  open(out, Subcommand::start_response, StartResponse::size);
  out.u8(m.status).u8(m.state);
}

void encode(ByteWriter& out, const StopRequest&) {
  open(out, Subcommand::stop, StopRequest::size);
}

std::optional<Header> decode_header(ByteView message) {
  ByteReader in(message);
  const std::uint8_t command = in.u8();
  const std::uint8_t following = in.u8();
  const auto subcommand = static_cast<Subcommand>(in.u8());
  const std::uint8_t version = in.u8();
  if (!in.ok() || command != kManagementControl || version != kVersion) return std::nullopt;
  if (message.size() != following + kUncounted) return std::nullopt;
  return Header{.subcommand = subcommand, .following = following};
}

std::optional<StartRequest> decode_start_request(ByteView message) {
  if (!expect(message, Subcommand::start) || message.size() < StartRequest::min_size)
    return std::nullopt;
  ByteReader in(message.subspan(Header::size));
  return StartRequest{.timeout = in.u16()};
}

std::optional<StartResponse> decode_start_response(ByteView message) {
  if (!expect(message, Subcommand::start_response) || message.size() != StartResponse::size)
    return std::nullopt;
  ByteReader in(message.subspan(Header::size));
  return StartResponse{.status = in.u8(), .state = in.u8()};
}

std::optional<StopRequest> decode_stop_request(ByteView message) {
  if (!expect(message, Subcommand::stop) || message.size() != StopRequest::size)
    return std::nullopt;
  return StopRequest{};
}

}  // namespace protocol::watchdog
