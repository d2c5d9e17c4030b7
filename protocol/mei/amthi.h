// SPDX-License-Identifier: BSD-3-Clause
// AMT host interface messages (AMTHI, PTHI), after illumos LMS PTHICommand.h, Linux
// samples/mei/mei-amt-version.c and intel/lms. All little-endian.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "protocol/mei/guid.h"

namespace protocol::amthi {

/// command[31:0] = class 0x04 [31:24] | is-response [23] | operation [22:0].
enum class Operation : std::uint32_t {
  get_provisioning_mode = 0x08,
  get_provisioning_state = 0x11,
  get_code_versions = 0x1A,
  get_security_parameters = 0x1B,
  get_dns_suffix_list = 0x3E,
  set_enterprise_access = 0x3F,
  open_user_initiated_connection = 0x44,
  close_user_initiated_connection = 0x45,
  get_remote_access_status = 0x46,
  get_current_power_policy = 0x47,
  get_lan_interface = 0x48,
  get_features_state = 0x49,
  get_last_host_reset_reason = 0x4A,
};
inline constexpr std::uint32_t kCommandClass = 0x04000000;
inline constexpr std::uint32_t kResponseBit = 0x00800000;
/// GET_AMT_STATE has a command word of its own (intel/lms GetAMTStateCommand.h).
inline constexpr std::uint32_t kGetAmtState = 0x01000001;

/// Status words (illumos LMS StatusCodeDefinitions.h).
inline constexpr std::uint32_t kSuccess = 0;
inline constexpr std::uint32_t kInternalError = 1;
inline constexpr std::uint32_t kNotReady = 2;
inline constexpr std::uint32_t kInvalidMode = 3;
inline constexpr std::uint32_t kInvalidMessageLength = 4;
inline constexpr std::uint32_t kNotPermitted = 0x10;
inline constexpr std::uint32_t kInvalidParameter = 0x24;
inline constexpr std::uint32_t kUnsupported = 0x812;

/// 12 bytes: version 1.1, reserved, command, length of what follows.
struct Header {
  static constexpr std::size_t size = 12;
  std::uint8_t version_major = 1;
  std::uint8_t version_minor = 1;
  std::uint16_t reserved = 0;
  std::uint32_t command = 0;
  std::uint32_t length = 0;  ///< bytes after the header
};

constexpr std::uint32_t command_word(Operation operation) {
  return kCommandClass | static_cast<std::uint32_t>(operation);
}

void encode(base::ByteWriter&, const Header&);
std::optional<Header> decode_header(base::ByteView message);

/// A whole request: header with the right length, then `body`.
void encode_request(base::ByteWriter&, std::uint32_t command, base::ByteView body = {});
/// A whole response to `command`: header, status, then `body`.
void encode_response(base::ByteWriter&, std::uint32_t command, std::uint32_t status,
                     base::ByteView body = {});

/// A response taken apart: the checks of mei-amt-version (size, reserved, version, response bit).
struct Response {
  std::uint32_t status = 0;
  base::ByteView body;  ///< after the status; refers into the message
};
std::optional<Response> decode_response(base::ByteView message, std::uint32_t command);

/// GET_CODE_VERSIONS body: char bios[65], u32 count, count x {u16 length, char[20], u16
/// length, char[20]}.
struct CodeVersions {
  static constexpr std::size_t max_entries = 50;
  struct Entry {
    std::string description;
    std::string version;
    bool operator==(const Entry&) const = default;
  };
  std::string bios;
  std::vector<Entry> entries;

  /// The version under `description`; empty where there is none.
  std::string find(std::string_view description) const;
};
base::Bytes encode_body(const CodeVersions&);
std::optional<CodeVersions> decode_code_versions(base::ByteView body);

/// Provisioning state: 0 pre, 1 in, 2 post.
enum class ProvisioningState : std::uint32_t { pre = 0, in = 1, post = 2 };
/// Provisioning mode (intel/lms CFG_PROVISIONING_MODE).
enum class ProvisioningMode : std::uint32_t {
  none = 0,
  enterprise = 1,
  small_business = 2,
  remote_assistance = 3
};

/// The first 32-bit word of a body: the provisioning state is nothing but this word; the
/// provisioning mode and the last host reset reason begin with it.
std::optional<std::uint32_t> decode_word(base::ByteView body);

/// GET_PROVISIONING_MODE body. Host software of the era refuses a reply of another length.
struct ProvisioningModeReply {
  static constexpr std::size_t size = 8;
  ProvisioningMode mode = ProvisioningMode::none;
  bool legacy = false;
};
base::Bytes encode_body(const ProvisioningModeReply&);
std::optional<ProvisioningModeReply> decode_provisioning_mode(base::ByteView body);

/// GET_PROVISIONING_STATE body: one word.
base::Bytes encode_body(ProvisioningState);

/// GET_LAST_HOST_RESET_REASON body.
struct HostResetReason {
  static constexpr std::size_t size = 8;
  static constexpr std::uint32_t remote_control = 0;
  static constexpr std::uint32_t other = 1;
  std::uint32_t reason = other;
  std::uint32_t remote_control_time = 0;  ///< seconds since 1970; remote_control only
};
base::Bytes encode_body(const HostResetReason&);
std::optional<HostResetReason> decode_host_reset_reason(base::ByteView body);

/// GET_FEATURES_STATE. The request is one word, which feature; the reply repeats it and carries
/// three words about it: redirection {IDER open, SOL open, 0}, system_defense {active, ...}, web_ui
/// {enabled, ...}.
enum class Feature : std::uint32_t { redirection = 0, system_defense = 1, web_ui = 2 };
struct FeaturesState {
  static constexpr std::size_t size = 16;
  Feature feature = Feature::redirection;
  std::array<std::uint32_t, 3> words{};
};
base::Bytes encode_body(const FeaturesState&);
std::optional<FeaturesState> decode_features_state(base::ByteView body);

/// GET_REMOTE_ACCESS_CONNECTION_STATUS body: three words and a counted host name. Firmware
/// without the remote connectivity service answers the command with kUnsupported (our
/// choice, docs/fidelity.md).
struct RemoteAccessStatus {
  std::uint32_t network = 0;     ///< 0 direct, 1 VPN, 2 outside the enterprise
  std::uint32_t connection = 0;  ///< 0 not connected, 1 connecting, 2 connected
  std::uint32_t trigger = 0;     ///< 0 user, 1 alert, 2 provisioning, 3 periodic
  std::string host;              ///< of the presence server; at most 65535 bytes
};
base::Bytes encode_body(const RemoteAccessStatus&);
std::optional<RemoteAccessStatus> decode_remote_access_status(base::ByteView body);

/// GET_DNS_SUFFIX_LIST body: u16 length of what follows, then each suffix with its NUL.
base::Bytes encode_dns_suffix_list(std::span<const std::string> suffixes);
std::optional<std::vector<std::string>> decode_dns_suffix_list(base::ByteView body);

/// SET_ENTERPRISE_ACCESS request body: u8 flags, the host's address in 16 bytes, u8 access. Its
/// answer, and those of OPEN_ and CLOSE_USER_INITIATED_CONNECTION, are a status alone.
inline constexpr std::uint32_t kEnterpriseAccessSize = 18;

/// GET_CURRENT_POWER_POLICY body: u16 length, the policy's name without a NUL.
base::Bytes encode_power_policy(std::string_view policy);
std::optional<std::string> decode_power_policy(base::ByteView body);

/// GET_LAN_INTERFACE_SETTINGS body (request: u32 index, 0 wired, 1 wireless).
struct LanInterface {
  static constexpr std::size_t size = 20;
  bool enabled = false;
  std::uint32_t ipv4 = 0;  ///< host byte order, 0xC0A80001 = 192.168.0.1
  bool dhcp_enabled = false;
  std::uint8_t dhcp_mode = 0;
  bool link_up = false;
  std::array<std::uint8_t, 6> mac{};
};
base::Bytes encode_body(const LanInterface&);
std::optional<LanInterface> decode_lan_interface(base::ByteView body);

/// GET_SECURITY_PARAMETERS body: nine words and eight reserved ones (illumos LMS PTHICommand.h).
struct SecurityParameters {
  static constexpr std::size_t size = 68;
  bool enterprise_mode = false;
  bool tls_enabled = false;
  bool hardware_crypto = false;
  ProvisioningState provisioning_state = ProvisioningState::pre;
  bool network_interface_enabled = false;
  bool sol_enabled = false;
  bool ider_enabled = false;
  bool firmware_update_enabled = false;
  bool link_up = false;
};
base::Bytes encode_body(const SecurityParameters&);
std::optional<SecurityParameters> decode_security_parameters(base::ByteView body);

/// GET_AMT_STATE body: the UUID asked for, u32 5, five bytes.
struct AmtState {
  static constexpr std::size_t size = 25;
  bool link_up = false;
  std::uint8_t hardware_sku = 0;
  bool crypto_fuse = false;
  bool flash_protection = false;
  std::uint8_t last_reset_reason = 0;  ///< 0 none, 1 ME, 2 global, 3 exception
};
/// The variable's UUID, ...0001.
inline constexpr mei::Guid kAmtStateUuid = mei::guid("00000000-0000-0000-0000-000000000001");
base::Bytes encode_body(const AmtState&);
std::optional<AmtState> decode_amt_state(base::ByteView body);

}  // namespace protocol::amthi
