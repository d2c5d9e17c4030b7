// SPDX-License-Identifier: BSD-3-Clause
// Host bus messages of HBM 1.0, after Linux drivers/misc/mei/hw.h and the illumos heci driver. All
// little-endian.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "protocol/mei/guid.h"

namespace protocol::hbm {

enum class Command : std::uint8_t {
  host_start_req = 0x01,
  host_stop_req = 0x02,
  me_stop_req = 0x03,
  host_enum_req = 0x04,
  client_props_req = 0x05,
  connect_req = 0x06,
  disconnect_req = 0x07,
  flow_control = 0x08,
  client_connection_reset = 0x09,  ///< never sent by this generation
  host_start_res = 0x81,
  host_stop_res = 0x82,
  host_enum_res = 0x84,
  client_props_res = 0x85,
  connect_res = 0x86,
  disconnect_res = 0x87,
};

enum class StopReason : std::uint8_t {
  driver_stop = 0,
  d1 = 1,
  d2 = 2,
  d3 = 3,
  s1 = 4,
  s2 = 5,
  s3 = 6,
  s4 = 7,
  s5 = 8,
};

/// CONNECT_RES and CLIENT_PROPS_RES status (Linux enum mei_cl_connect_status and mei_hbm_status).
enum class Status : std::uint8_t {
  success = 0,
  client_not_found = 1,
  already_started = 2,
  out_of_resources = 3,
  message_small = 4,
  not_allowed = 5,
};

struct HostStartRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t minor = 0;
  std::uint8_t major = 1;
};

struct HostStartResponse {
  static constexpr std::size_t size = 4;
  bool version_supported = false;
  std::uint8_t max_minor = 0;
  std::uint8_t max_major = 1;
};

struct HostStopRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t reason = 0;
};

struct HostStopResponse {
  static constexpr std::size_t size = 4;
};

struct MeStopRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t reason = 0;  ///< 1: the firmware stops or resets
};

struct HostEnumRequest {
  static constexpr std::size_t size = 4;
};

struct HostEnumResponse {
  static constexpr std::size_t size = 36;
  std::array<std::uint8_t, 32>
      valid_addresses{};  ///< bit n of the map: a client lives at address n

  bool has(std::uint8_t me_addr) const {
    return (valid_addresses[me_addr / 8] >> me_addr % 8 & 1) != 0;
  }
  void add(std::uint8_t me_addr) {
    valid_addresses[me_addr / 8] =
        static_cast<std::uint8_t>(valid_addresses[me_addr / 8] | 1u << me_addr % 8);
  }
};

struct ClientPropertiesRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t me_addr = 0;
};

struct ClientProperties {
  mei::Guid guid;
  std::uint8_t protocol_version = 1;
  std::uint8_t max_connections = 1;
  std::uint8_t fixed_address = 0;
  std::uint8_t single_recv_buf = 0;
  std::uint32_t max_message_length = 0;  ///< bytes
};

struct ClientPropertiesResponse {
  static constexpr std::size_t size = 28;
  std::uint8_t me_addr = 0;
  std::uint8_t status = 0;
  ClientProperties properties;
};

struct ConnectRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
};

struct ConnectResponse {
  static constexpr std::size_t size = 4;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint8_t status = 0;
};

struct DisconnectRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
};

struct DisconnectResponse {
  static constexpr std::size_t size = 4;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint8_t status = 0;
};

/// Grants the other side one whole message. host_addr 0 grants it to the client (single_recv_buf),
/// else to one connection.
struct FlowControl {
  static constexpr std::size_t size = 8;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
};

void encode(base::ByteWriter&, const HostStartRequest&);
void encode(base::ByteWriter&, const HostStartResponse&);
void encode(base::ByteWriter&, const HostStopRequest&);
void encode(base::ByteWriter&, const HostStopResponse&);
void encode(base::ByteWriter&, const MeStopRequest&);
void encode(base::ByteWriter&, const HostEnumRequest&);
void encode(base::ByteWriter&, const HostEnumResponse&);
void encode(base::ByteWriter&, const ClientPropertiesRequest&);
void encode(base::ByteWriter&, const ClientPropertiesResponse&);
void encode(base::ByteWriter&, const ConnectRequest&);
void encode(base::ByteWriter&, const ConnectResponse&);
void encode(base::ByteWriter&, const DisconnectRequest&);
void encode(base::ByteWriter&, const DisconnectResponse&);
void encode(base::ByteWriter&, const FlowControl&);

/// Decoders take a whole message, command byte first, and give nothing unless command and size are
/// right. Reserved bytes are not looked at, as receivers of this protocol do not.
std::optional<HostStartRequest> decode_host_start_request(base::ByteView);
std::optional<HostStartResponse> decode_host_start_response(base::ByteView);
std::optional<HostStopRequest> decode_host_stop_request(base::ByteView);
std::optional<HostStopResponse> decode_host_stop_response(base::ByteView);
std::optional<MeStopRequest> decode_me_stop_request(base::ByteView);
std::optional<HostEnumRequest> decode_host_enum_request(base::ByteView);
std::optional<HostEnumResponse> decode_host_enum_response(base::ByteView);
std::optional<ClientPropertiesRequest> decode_client_properties_request(base::ByteView);
std::optional<ClientPropertiesResponse> decode_client_properties_response(base::ByteView);
std::optional<ConnectRequest> decode_connect_request(base::ByteView);
std::optional<ConnectResponse> decode_connect_response(base::ByteView);
std::optional<DisconnectRequest> decode_disconnect_request(base::ByteView);
std::optional<DisconnectResponse> decode_disconnect_response(base::ByteView);
std::optional<FlowControl> decode_flow_control(base::ByteView);

/// The longest host bus message of HBM 1.0.
inline constexpr std::size_t kMaxMessageSize = HostEnumResponse::size;

}  // namespace protocol::hbm
