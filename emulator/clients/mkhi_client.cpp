// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/mkhi_client.h"

#include <fmt/format.h>

#include <array>

#include "base/hex.h"
#include "emulator/clients/whole_answer.h"
#include "emulator/firmware/local_update.h"
#include "protocol/generation.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu_later.h"
#include "protocol/mei/later_clients.h"

namespace emulator::clients {
namespace {

using base::ByteView;
using base::ByteWriter;
using heci::Connection;
namespace mkhi = protocol::mkhi;
using mkhi::Group;

/// Longest of our messages is GET_FW_VERSION's 28 bytes; the size itself is our
/// choice (docs/fidelity.md).
constexpr std::uint32_t kMaxMkhiMessage = 512;
constexpr std::uint8_t kMaxConnections = 3;
/// Those of CSME 11 (a real board's list); of ME 9 chosen.
constexpr std::uint32_t kMaxFixedMessage = 2048;
/// Likewise. Linux makes a device on its bus of a client with one connection alone.
constexpr std::uint8_t kMaxLaterConnections = 1;
constexpr std::uint8_t kFixedVersion = 2;  ///< CSME 15 has it of both addresses
constexpr std::uint8_t kFirstVersion = 1;
constexpr std::uint32_t kMaxFilesMessage = 4096;
constexpr std::size_t kMaxMkhiReply = 32;
/// The version MKHI gives of itself (ours, docs/fidelity.md).
constexpr std::uint16_t kMkhiMajor = 1;
constexpr std::uint16_t kMkhiMinor = 0;

constexpr std::uint16_t key_of(std::uint8_t group, std::uint8_t command) {
  return static_cast<std::uint16_t>(group << 8 | command);
}
constexpr std::uint16_t key_of(Group group, std::uint8_t command) {
  return key_of(static_cast<std::uint8_t>(group), command);
}

bool is_csme(const protocol::Generation& generation) {
  return generation.manifest > protocol::image::ManifestForm::mn2;
}

mkhi::Header response_to(Group group, std::uint8_t command) {
  return {.group = static_cast<std::uint8_t>(group), .command = command, .is_response = true};
}

std::string say_mkhi(base::ByteView message, std::size_t) {
  const auto header = protocol::mkhi::decode_header(message);
  if (!header) return base::to_hex(message);
  const std::string what =
      fmt::format("group {:#04x} command {:#04x}", header->group, header->command);
  return header->is_response ? fmt::format("{} answers {}", what, header->result) : what;
}

}  // namespace

constinit const sim::MessageWords MkhiClient::kWords = {.name = "MKHI", .says = &say_mkhi};

const protocol::Generation& MkhiClient::generation() const {
  return protocol::nearest_generation(firmware_.identity().version.major);
}

protocol::hbm::ClientProperties MkhiClient::properties() const {
  if (face_ == MkhiFace::files) {
    return {.guid = protocol::mei::kMchiGuid,
            .protocol_version = 1,
            .max_connections = kMaxLaterConnections,
            .fixed_address = 0,
            .single_recv_buf = 0,
            .max_message_length = kMaxFilesMessage};
  }
  if (face_ == MkhiFace::fixed_listed) {
    return {.guid = protocol::mei::kMkhiFixedGuid,
            .protocol_version = kFixedVersion,
            .max_connections = 0,
            .fixed_address = protocol::mei::kMkhiFixedAddress,
            .single_recv_buf = 0,
            .max_message_length = kMaxFixedMessage};
  }
  const auto& generation = protocol::nearest_generation(firmware_.identity().version.major);
  const bool later = generation.statuses.value == protocol::fwu::StatusNumbers::own;
  return {.guid = protocol::mei::kMkhiGuid,
          .protocol_version = is_csme(generation) ? kFixedVersion : kFirstVersion,
          .max_connections = later ? kMaxLaterConnections : kMaxConnections,
          .fixed_address = 0,
          .single_recv_buf = 0,
          .max_message_length = later ? kMaxFixedMessage : kMaxMkhiMessage};
}

void MkhiClient::receive(Connection from, ByteView message) {
  const auto request = mkhi::decode_header(message);
  if (!request || request->is_response) return;  // nothing that could be answered
  if (!is_of_this_face(*request) || !generation().has(request->group, request->command))
    return answer_result(from, *request, unknown_command());
  switch (key_of(request->group, request->command)) {
    case key_of(Group::fwcaps, mkhi::kGetRule):
      return answer_rule(from, message);
    case key_of(Group::gen, mkhi::kGetFirmwareVersion):
      return answer_firmware_version(from);
    case key_of(Group::gen, mkhi::kGetMkhiVersion):
      return answer_mkhi_version(from);
    case key_of(Group::gen, mkhi::kEndOfPost):
      return answer_end_of_post(from);
    case key_of(Group::gen, mkhi::kUnconfigure):
      return answer_unconfigure(from, *request);
    // Documented for ME 7 and later; taken to be the same here (docs/fidelity.md).
    case key_of(Group::fwupdate, mkhi::kGetUpdateStatus):
      return answer_update_status(from);
    case key_of(Group::hmrfpo, mkhi::kHmrfpoEnable):
    case key_of(Group::hmrfpo, mkhi::kHmrfpoLock):
      return answer_hmrfpo(from, *request);
    // "No acknowledgement": nothing is answered.
    case key_of(Group::hmrfpo, mkhi::kHmrfpoLockSilent):
    case key_of(Group::gen, mkhi::kEndOfPostSilent):
      return;
    default:
      return answer_later(from, *request, message);
  }
}

std::uint8_t MkhiClient::unknown_command() const {
  const auto& generation = protocol::nearest_generation(firmware_.identity().version.major);
  const bool own = generation.statuses.value == protocol::fwu::StatusNumbers::own;
  return own ? mkhi::kLaterUnknownCommand : mkhi::kUnknownCommand;
}

std::uint8_t MkhiClient::invalid_parameter() const {
  const auto& generation = protocol::nearest_generation(firmware_.identity().version.major);
  const bool own = generation.statuses.value == protocol::fwu::StatusNumbers::own;
  return own ? mkhi::kLaterParameters : mkhi::kInvalidParameter;
}

/// The region stays as it was locked at the factory: what the host would write there is not its
/// business on these boards.
void MkhiClient::answer_hmrfpo(Connection to, mkhi::Header request) {
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, response_to(Group::hmrfpo, request.command));
  if (request.command == mkhi::kHmrfpoLock) out.zeros(8);  // nonce
  out.u32(0).u32(0).u8(mkhi::kHmrfpoLocked).zeros(3);
  port_.reply(to, whole(out));
}

void MkhiClient::answer_rule(Connection to, ByteView message) {
  const auto request = mkhi::decode_get_rule_request(message);
  if (!request)
    return answer_result(to, response_to(Group::fwcaps, mkhi::kGetRule), invalid_parameter());

  const auto& generation = protocol::nearest_generation(firmware_.identity().version.major);
  const bool is_later = generation.statuses.value == protocol::fwu::StatusNumbers::own;
  std::array<std::uint8_t, 4> data{};
  ByteWriter value(data);
  switch (request->rule) {
    case mkhi::kRuleCapabilities:
      value.u32(firmware_.identity().capabilities);
      break;
    case mkhi::kRuleMeDisable:
      value.u8(0);
      if (is_later) value.zeros(3);
      break;  // an ME that answers is not disabled
    case mkhi::kRuleLocalUpdate:
      // A word: intel/lms refuses any other length (FW_UPDATE_STATE).
      value.u32(firmware::effective_local_update(firmware_.settings()));
      break;
    case mkhi::kRuleOverride:
      value.u8(firmware_.identity().override_strap_behaviour);
      if (is_later) value.zeros(3);
      break;
    case mkhi::kRulePlatformType:
      if (is_later) value.u32(firmware_.identity().engine.platform_type);
      break;
    case mkhi::kRuleFeatureState:
      if (is_later) value.u32(firmware_.identity().engine.feature_state);
      break;
    case mkhi::kRuleAvailable:
      if (is_later) value.u32(firmware_.identity().capabilities);
      break;
    default:
      break;
  }
  const bool known = value.size() != 0;
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, mkhi::GetRuleResponse{.result = known ? mkhi::kSuccess : invalid_parameter(),
                                          .rule = request->rule,
                                          .data = value.written()});
  port_.reply(to, whole(out));
}

void MkhiClient::answer_firmware_version(Connection to) {
  // From ME 6 on the status words tell of recovery, and the version stays one.
  const auto& generation = protocol::nearest_generation(firmware_.identity().version.major);
  const bool operational = generation.manifest != protocol::image::ManifestForm::man ||
                           firmware_.boot_path() == firmware::BootPath::operational;
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(
      out,
      mkhi::FirmwareVersionResponse{
          // All zero while the recovery code runs: how host software knows (docs/fidelity.md).
          .code = operational ? firmware_.running_version() : protocol::FirmwareVersion{},
          .recovery = firmware_.recovery_version(),
          .fitc = firmware_.identity().fitc_version},
      generation.version_blocks.value);
  port_.reply(to, whole(out));
}

void MkhiClient::answer_progress(Connection to) {
  const firmware::UpdateSession& session = firmware_.update_session();
  const firmware::SessionProgress progress = session.progress();
  const bool runs = session.last_status() == mkhi::kUpdateInProgress;
  const bool recovers = firmware_.boot_path() == firmware::BootPath::recovery;
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, mkhi::UpdateProgress{.percent = progress.percent,
                                         .stage = progress.stage,
                                         .stages = progress.stages,
                                         .status = session.last_status(),
                                         .reset_type = progress.reset_type,
                                         .flags = protocol::fwu::kInitDone |
                                                  (runs ? protocol::fwu::kUpdateRuns : 0u) |
                                                  (recovers ? protocol::fwu::kRecoveryFull : 0u)});
  port_.reply(to, whole(out));
}

void MkhiClient::answer_update_status(Connection to) {
  const auto& generation = protocol::nearest_generation(firmware_.identity().version.major);
  if (generation.progress.value == protocol::fwu::ProgressForm::bytes_28)
    return answer_progress(to);
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, mkhi::UpdateStatusResponse{.status = firmware_.update_session().last_status()});
  port_.reply(to, whole(out));
}

void MkhiClient::answer_mkhi_version(Connection to) {
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, response_to(Group::gen, mkhi::kGetMkhiVersion));
  out.u16(kMkhiMinor).u16(kMkhiMajor);
  port_.reply(to, whole(out));
}

void MkhiClient::answer_end_of_post(Connection to) {
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, response_to(Group::gen, mkhi::kEndOfPost));
  out.u32(0);  // nothing further is asked of the BIOS
  port_.reply(to, whole(out));
}

void MkhiClient::answer_unconfigure(Connection to, mkhi::Header request) {
  answer_result(to, request, firmware_.unprovision() ? mkhi::kSuccess : mkhi::kNotAllowed);
}

void MkhiClient::answer_result(Connection to, mkhi::Header request, std::uint8_t result) {
  std::array<std::uint8_t, kMaxMkhiReply> reply{};
  ByteWriter out(reply);
  mkhi::encode(out, mkhi::Header{.group = request.group,
                                 .command = request.command,
                                 .is_response = true,
                                 .result = result});
  port_.reply(to, whole(out));
}

}  // namespace emulator::clients
