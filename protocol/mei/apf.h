// SPDX-License-Identifier: BSD-3-Clause
// The AMT port-forwarding protocol, which the LME client speaks: TCP connections of the host to
// AMT, and of AMT to the host, as channels over one connection to the client (intel/lms
// LMS_if_constants.h and LMS_if.h; keep-alive: open-amt's go-wsman-messages, package apf; after
// RFC 4254). One message is one HECI message; numbers are big-endian; a text has its length before
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace protocol::apf {

/// The first byte of a message.
enum class Type : std::uint8_t {
  disconnect = 1,
  service_request = 5,
  service_accept = 6,
  userauth_request = 50,
  userauth_failure = 51,
  userauth_success = 52,
  global_request = 80,
  request_success = 81,
  request_failure = 82,
  channel_open = 90,
  channel_open_confirmation = 91,
  channel_open_failure = 92,
  channel_window_adjust = 93,
  channel_data = 94,
  channel_close = 97,
  protocol_version = 192,
  keepalive_request = 208,
  keepalive_reply = 209,
};

inline constexpr const char* kAuthService = "auth@amt.intel.com";
inline constexpr const char* kForwardService = "pfwd@amt.intel.com";
inline constexpr const char* kForwardRequest = "tcpip-forward";
inline constexpr const char* kForwardedChannel = "forwarded-tcpip";  ///< the host opens it
inline constexpr const char* kNoneMethod = "none";

/// Why one side ends the connection.
enum class DisconnectReason : std::uint32_t {
  protocol_error = 2,
  service_not_available = 7,
  version_not_supported = 8,
  by_application = 11,
};

enum class OpenFailure : std::uint32_t {
  prohibited = 1,
  connect_failed = 2,
  unknown_channel_type = 3,
  resource_shortage = 4,
};

/// Why versions are exchanged: the host's LME asked.
inline constexpr std::uint32_t kTriggerLme = 254;

struct ProtocolVersion {
  static constexpr std::size_t size = 93;
  std::uint32_t major = 1;
  std::uint32_t minor = 0;
  std::uint32_t trigger = kTriggerLme;
};
/// SERVICE_REQUEST or SERVICE_ACCEPT: which of them is its type.
struct Service {
  Type type = Type::service_request;
  std::string name;
};
struct UserauthRequest {
  std::string user;
  std::string service;
  std::string method;
};
/// GLOBAL_REQUEST "tcpip-forward": connections to that port of the host shall come here.
struct ForwardRequest {
  std::uint8_t want_reply = 1;
  std::string address;
  std::uint32_t port = 0;
};
/// Of a ForwardRequest.
struct RequestSuccess {
  static constexpr std::size_t size = 5;
  std::uint32_t port = 0;
};
struct ChannelOpen {
  std::string type;
  std::uint32_t sender = 0;  ///< the opener's number of the channel
  std::uint32_t window = 0;  ///< bytes that the opener takes
  std::string connected_address;
  std::uint32_t connected_port = 0;
  std::string originator_address;
  std::uint32_t originator_port = 0;
};
struct ChannelConfirmation {
  static constexpr std::size_t size = 17;
  std::uint32_t recipient = 0;  ///< the number of whom it is sent to
  std::uint32_t sender = 0;
  std::uint32_t window = 0;
};
struct ChannelFailure {
  static constexpr std::size_t size = 17;
  std::uint32_t recipient = 0;
  OpenFailure reason = OpenFailure::prohibited;
};
struct WindowAdjust {
  static constexpr std::size_t size = 9;
  std::uint32_t recipient = 0;
  std::uint32_t bytes = 0;
};
struct ChannelData {
  static constexpr std::size_t header_size = 9;
  std::uint32_t recipient = 0;
  base::ByteView data;  ///< refers into the message
};
struct ChannelClose {
  static constexpr std::size_t size = 5;
  std::uint32_t recipient = 0;
};
struct Disconnect {
  static constexpr std::size_t size = 7;
  DisconnectReason reason = DisconnectReason::by_application;
};
/// KEEPALIVE_REQUEST or KEEPALIVE_REPLY, which repeats the cookie.
struct Keepalive {
  static constexpr std::size_t size = 5;
  Type type = Type::keepalive_request;
  std::uint32_t cookie = 0;
};

void encode(base::ByteWriter&, const ProtocolVersion&);
void encode(base::ByteWriter&, const Service&);
void encode(base::ByteWriter&, const UserauthRequest&);
void encode(base::ByteWriter&, const ForwardRequest&);
void encode(base::ByteWriter&, const RequestSuccess&);
void encode(base::ByteWriter&, const ChannelOpen&);
void encode(base::ByteWriter&, const ChannelConfirmation&);
void encode(base::ByteWriter&, const ChannelFailure&);
void encode(base::ByteWriter&, const WindowAdjust&);
void encode(base::ByteWriter&, const ChannelData&);
void encode(base::ByteWriter&, const ChannelClose&);
void encode(base::ByteWriter&, const Disconnect&);
void encode(base::ByteWriter&, const Keepalive&);

// Nothing: another message, or one that is shorter or longer than it says.
std::optional<ProtocolVersion> decode_protocol_version(base::ByteView message);
std::optional<Service> decode_service(base::ByteView message);
std::optional<UserauthRequest> decode_userauth_request(base::ByteView message);
std::optional<ForwardRequest> decode_forward_request(base::ByteView message);
std::optional<RequestSuccess> decode_request_success(base::ByteView message);
std::optional<ChannelOpen> decode_channel_open(base::ByteView message);
std::optional<ChannelConfirmation> decode_channel_confirmation(base::ByteView message);
std::optional<ChannelFailure> decode_channel_failure(base::ByteView message);
std::optional<WindowAdjust> decode_window_adjust(base::ByteView message);
std::optional<ChannelData> decode_channel_data(base::ByteView message);
std::optional<ChannelClose> decode_channel_close(base::ByteView message);
std::optional<Disconnect> decode_disconnect(base::ByteView message);
std::optional<Keepalive> decode_keepalive(base::ByteView message);

}  // namespace protocol::apf
