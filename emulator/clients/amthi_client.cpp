// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/amthi_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "base/hex.h"
#include "emulator/clients/whole_answer.h"
#include "emulator/firmware/local_update.h"
#include "emulator/firmware/power_policy.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/later_clients.h"

namespace emulator::clients {
namespace {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using heci::Connection;
namespace amthi = protocol::amthi;
using amthi::Operation;
using protocol::FirmwareVersion;
using protocol::fwu::ResetReason;

/// The 2008 driver insists on exactly this (illumos heci, IAMTHIF_MTU).
constexpr std::uint32_t kMaxAmthiMessage = 4160;
constexpr std::size_t kStatusSize = 4;
constexpr std::uint32_t kWired = 0;
constexpr std::uint32_t kWireless = 1;
constexpr std::uint32_t kCapabilityLegacy = 1u << 0;

/// Requests and how many bytes follow their header.
struct Request {
  std::uint32_t command;
  std::uint32_t length;
};
constexpr std::array<Request, 14> kRequests = {{
    {.command = amthi::command_word(Operation::get_provisioning_mode), .length = 0},
    {.command = amthi::command_word(Operation::get_provisioning_state), .length = 0},
    {.command = amthi::command_word(Operation::get_code_versions), .length = 0},
    {.command = amthi::command_word(Operation::get_security_parameters), .length = 0},
    {.command = amthi::command_word(Operation::get_dns_suffix_list), .length = 0},
    {.command = amthi::command_word(Operation::set_enterprise_access),
     .length = amthi::kEnterpriseAccessSize},
    {.command = amthi::command_word(Operation::open_user_initiated_connection), .length = 0},
    {.command = amthi::command_word(Operation::close_user_initiated_connection), .length = 0},
    {.command = amthi::command_word(Operation::get_remote_access_status), .length = 0},
    {.command = amthi::command_word(Operation::get_current_power_policy), .length = 0},
    {.command = amthi::command_word(Operation::get_lan_interface), .length = 4},
    {.command = amthi::command_word(Operation::get_features_state), .length = 4},
    {.command = amthi::command_word(Operation::get_last_host_reset_reason), .length = 0},
    {.command = amthi::kGetAmtState, .length = 16},
}};

const Request* find_request(std::uint32_t command) {
  const auto at = std::find_if(kRequests.begin(), kRequests.end(),
                               [command](const Request& r) { return r.command == command; });
  return at == kRequests.end() ? nullptr : &*at;
}

/// What is wrong with a request before anyone looks at its operation.
std::uint32_t judge(const amthi::Header& request, std::size_t message_size) {
  if (message_size != amthi::Header::size + request.length) return amthi::kInvalidMessageLength;
  if (request.version_major != 1 || request.reserved != 0) return amthi::kInvalidParameter;
  const Request* known = find_request(request.command);
  if (known == nullptr) return amthi::kUnsupported;
  return request.length == known->length ? amthi::kSuccess : amthi::kInvalidMessageLength;
}

std::string three_numbers(const FirmwareVersion& v) {
  return fmt::format("{}.{}.{}", v.major, v.minor, v.hotfix);
}

/// GET_AMT_STATE numbers reset reasons in its own way: 0 none, 1 ME, 2 global, 3 exception.
std::uint8_t amt_reset_reason(ResetReason reason) {
  switch (reason) {
    case ResetReason::power_up:
      return 0;
    case ResetReason::firmware_reset:
      return 1;
    case ResetReason::system_reset:
      return 2;
    case ResetReason::unknown:
      return 3;
  }
  return 3;
}

std::string say_amthi(base::ByteView message, std::size_t) {
  const auto header = protocol::amthi::decode_header(message);
  if (!header) return base::to_hex(message);
  const bool answers = (header->command & protocol::amthi::kResponseBit) != 0;
  if (!answers || message.size() < 16) return fmt::format("command {:#010x}", header->command);
  return fmt::format("command {:#010x} answers {}", header->command,
                     base::ByteReader(message.subspan(12)).u32());
}

}  // namespace

constinit const sim::MessageWords AmthiClient::kWords = {.name = "AMTHI", .says = &say_amthi};

/// A board with CSME 11 listed it with another size.
std::uint32_t AmthiClient::message_limit() const {
  const auto* row = protocol::mei::find_later_client(protocol::mei::kAmthiGuid,
                                                     firmware_.identity().version.major);
  return row == nullptr ? kMaxAmthiMessage : row->max_message_length;
}

protocol::hbm::ClientProperties AmthiClient::properties() const {
  return {.guid = protocol::mei::kAmthiGuid,
          .protocol_version = 1,
          .max_connections = 1,
          .fixed_address = 0,
          .single_recv_buf = 0,
          .max_message_length = message_limit()};
}

void AmthiClient::receive(Connection from, ByteView message) {
  const auto request = amthi::decode_header(message);
  if (!request) return;  // too short to hold the command that an answer would name
  Answer a{.status = judge(*request, message.size()), .body = {}};
  if (a.status == amthi::kSuccess) a = answer(*request, message.subspan(amthi::Header::size));

  Bytes reply(amthi::Header::size + kStatusSize + a.body.size());
  ByteWriter out(reply);
  amthi::encode_response(out, request->command, a.status, a.body);
  port_.reply(from, whole(out));
}

AmthiClient::Answer AmthiClient::answer(const amthi::Header& request, ByteView body) const {
  if (request.command == amthi::kGetAmtState) return amt_state(body);
  const std::uint32_t word = amthi::decode_word(body).value_or(0);
  switch (static_cast<Operation>(request.command & ~amthi::kCommandClass)) {
    case Operation::get_provisioning_mode:
      return provisioning_mode();
    case Operation::get_provisioning_state:
      return {.body = amthi::encode_body(firmware_.settings().provisioning_state)};
    case Operation::get_code_versions:
      return code_versions();
    case Operation::get_security_parameters:
      return security_parameters();
    case Operation::get_dns_suffix_list:
      return dns_suffix_list();
    case Operation::set_enterprise_access:
      return enterprise_access();
    case Operation::open_user_initiated_connection:
    case Operation::close_user_initiated_connection:
      return user_initiated_connection();
    case Operation::get_remote_access_status:
      return remote_access_status();
    case Operation::get_current_power_policy:
      return power_policy();
    case Operation::get_lan_interface:
      return lan_interface(word);
    case Operation::get_features_state:
      return features_state(word);
    case Operation::get_last_host_reset_reason:
      return {.body = amthi::encode_body(amthi::HostResetReason{})};
  }
  return {.status = amthi::kUnsupported, .body = {}};
}

AmthiClient::Answer AmthiClient::code_versions() const {
  const FirmwareVersion running = firmware_.running_version();
  const FirmwareVersion recovery = firmware_.recovery_version();
  const std::uint32_t capabilities = firmware_.identity().capabilities;
  const std::string code = three_numbers(running);
  // Names and their order are those that Linux mei-amt-version and AMT's own inventory
  // (CIM_SoftwareIdentity) list.
  return {.body = amthi::encode_body(amthi::CodeVersions{
              .bios = firmware_.surroundings().bios_version,
              .entries = {
                  {"Flash", code},
                  {"Netstack", code},
                  {"AMTApps", code},
                  {"AMT", code},
                  {"Sku", fmt::format("{}", capabilities)},
                  {"VendorID", fmt::format("{:04X}", firmware_.identity().vendor)},
                  {"Build Number", fmt::format("{}", running.build)},
                  {"Recovery Version", three_numbers(recovery)},
                  {"Recovery Build Num", fmt::format("{}", recovery.build)},
                  {"Legacy Mode", (capabilities & kCapabilityLegacy) != 0 ? "True" : "False"}}})};
}

AmthiClient::Answer AmthiClient::provisioning_mode() const {
  const bool legacy = (firmware_.identity().capabilities & kCapabilityLegacy) != 0;
  return {.body = amthi::encode_body(amthi::ProvisioningModeReply{
              .mode = firmware_.settings().provisioning_mode, .legacy = legacy})};
}

AmthiClient::Answer AmthiClient::security_parameters() const {
  const firmware::Settings& settings = firmware_.settings();
  const amthi::LanInterface& wired = firmware_.surroundings().wired;
  return {.body = amthi::encode_body(amthi::SecurityParameters{
              .enterprise_mode = settings.provisioning_mode == amthi::ProvisioningMode::enterprise,
              .tls_enabled = settings.tls_enabled,
              .hardware_crypto = firmware_.identity().crypto_fuse,
              .provisioning_state = settings.provisioning_state,
              .network_interface_enabled = wired.enabled,
              .sol_enabled = false,  // this model has no redirection
              .ider_enabled = false,
              .firmware_update_enabled = firmware::effective_local_update(settings) !=
                                         protocol::mkhi::kLocalUpdateDisabled,
              .link_up = wired.link_up})};
}

AmthiClient::Answer AmthiClient::lan_interface(std::uint32_t index) const {
  const firmware::Surroundings& around = firmware_.surroundings();
  if (index == kWired) return {.body = amthi::encode_body(around.wired)};
  if (index == kWireless && around.has_wireless)
    return {.body = amthi::encode_body(around.wireless)};
  return {.status = index == kWireless ? amthi::kNotReady : amthi::kInvalidParameter, .body = {}};
}

AmthiClient::Answer AmthiClient::features_state(std::uint32_t feature) const {
  if (feature > static_cast<std::uint32_t>(amthi::Feature::web_ui))
    return {.status = amthi::kInvalidParameter, .body = {}};
  return {.body = amthi::encode_body(
              amthi::FeaturesState{.feature = static_cast<amthi::Feature>(feature), .words = {}})};
}

AmthiClient::Answer AmthiClient::remote_access_status() const {
  if (!firmware_.settings().remote_connectivity) return {.status = amthi::kUnsupported, .body = {}};
  return {.body = amthi::encode_body(amthi::RemoteAccessStatus{})};
}

bool AmthiClient::is_set_up() const {
  return firmware_.settings().provisioning_state == amthi::ProvisioningState::post;
}

/// Nobody has told this model of any domain.
AmthiClient::Answer AmthiClient::dns_suffix_list() const {
  if (!is_set_up()) return {.status = amthi::kInvalidMode, .body = {}};
  return {.body = amthi::encode_dns_suffix_list({})};
}

AmthiClient::Answer AmthiClient::enterprise_access() const {
  return {.status = is_set_up() ? amthi::kSuccess : amthi::kInvalidMode, .body = {}};
}

/// There is no network and so no presence server: nothing is ever opened, nor is there anything
/// to close.
AmthiClient::Answer AmthiClient::user_initiated_connection() const {
  if (!is_set_up()) return {.status = amthi::kInvalidMode, .body = {}};
  const bool permitted = firmware_.settings().remote_connectivity;
  return {.status = permitted ? amthi::kNotReady : amthi::kNotPermitted, .body = {}};
}

AmthiClient::Answer AmthiClient::power_policy() const {
  return {.body = amthi::encode_power_policy(firmware::power_policy_name(
              firmware_.surroundings().form, firmware_.settings().power_policy))};
}

AmthiClient::Answer AmthiClient::amt_state(ByteView uuid) const {
  if (!std::equal(uuid.begin(), uuid.end(), amthi::kAmtStateUuid.bytes.begin())) {
    return {.status = amthi::kInvalidParameter, .body = {}};
  }
  const firmware::Identity& identity = firmware_.identity();
  return {.body = amthi::encode_body(
              amthi::AmtState{.link_up = firmware_.surroundings().wired.link_up,
                              .hardware_sku = static_cast<std::uint8_t>(identity.hardware_sku),
                              .crypto_fuse = identity.crypto_fuse,
                              .flash_protection = identity.flash_protection,
                              .last_reset_reason = amt_reset_reason(firmware_.reset_reason())})};
}

}  // namespace emulator::clients
