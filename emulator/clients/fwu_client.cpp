// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/clients/fwu_client.h"

#include <fmt/format.h>

#include <array>

#include "base/hex.h"
#include "base/promise.h"
#include "emulator/clients/whole_answer.h"
#include "protocol/generation.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu_later.h"
#include "protocol/mei/fwu_status.h"
#include "protocol/update/tool_errors.h"

namespace emulator::clients {
namespace {

using base::ByteView;
using base::ByteWriter;
using firmware::Feeder;
using heci::Connection;
using protocol::update::number;
using protocol::update::ToolError;
namespace fwu = protocol::fwu;

constexpr std::size_t kMaxFwuReply = 64;

/// Names of the messages that only later firmware has.
struct LaterFwuName {
  fwu::Later request;
  const char* name;
};
constexpr LaterFwuName kLaterFwuNames[] = {
    {fwu::Later::feature_state, "FEATURE_STATE"},
    {fwu::Later::feature_capability, "FEATURE_CAPABILITY"},
    {fwu::Later::platform_type, "PLATFORM_TYPE"},
    {fwu::Later::verify_oem_id, "VERIFY_OEM_ID"},
    {fwu::Later::get_oem_id, "GET_OEM_ID"},
    {fwu::Later::restore_point, "RESTORE_POINT"},
    {fwu::Later::partial_update_attributes, "PARTIAL_UPDATE_ATTRIBUTES"},
    {fwu::Later::info_status, "INFO_STATUS"}};

std::string say_later_fwu(base::ByteView message, std::uint32_t type) {
  for (const LaterFwuName& row : kLaterFwuNames) {
    const auto request = static_cast<std::uint32_t>(row.request);
    if (type == request) return row.name;
    if (type == request + 1) return fmt::format("{}_REPLY", row.name);
  }
  return base::to_hex(message);
}

std::string say_fwu(base::ByteView message, std::size_t size) {
  const auto type = protocol::fwu::decode_type(message);
  if (!type) return base::to_hex(message);
  const char* name = fwu::name(static_cast<fwu::Type>(*type));
  if (name == nullptr) return say_later_fwu(message, *type);
  base::ByteReader in(message.subspan(4));
  if (*type == 2) return fmt::format("{} {} bytes", name, in.u32());
  if (*type == 4) return fmt::format("{} {} bytes", name, in.u32());
  if (*type % 2 == 1 && size >= 8) return fmt::format("{} status {}", name, in.u32());
  return name;
}

}  // namespace

constinit const sim::MessageWords FwuClient::kWords = {.name = "FWU", .says = &say_fwu};

protocol::hbm::ClientProperties FwuClient::properties() const {
  return {.guid = protocol::mei::kFwuGuid,
          .protocol_version = 1,
          .max_connections = 1,
          .fixed_address = 0,
          .single_recv_buf = 0,
          .max_message_length = firmware_.update_policy().fwu_mtu};
}

void FwuClient::receive(Connection from, ByteView message) {
  MEBENCH_PROMISE(message.size() <= firmware_.update_policy().fwu_mtu,
                  "the bus delivers what a client can take");
  const auto type = fwu::decode_type(message);
  if (!type) return;  // too short to hold the type that an answer would name
  feeding_ = from;
  if (!knows(*type)) return answer_unknown(from, *type);
  switch (static_cast<fwu::Type>(*type)) {
    case fwu::Type::get_version:
      return answer_version(from);
    case fwu::Type::start:
      return take_start(message);
    case fwu::Type::data:
      return take_data(message);
    case fwu::Type::end:
      return firmware_.update_session().end(Feeder::heci, *this);
    case fwu::Type::get_info:
      if (!firmware_.identity().version_reply_me3) return answer_info(from);
      break;
    default:
      if (is_later()) return answer_later(from, *type, message);
      break;
  }
  answer_unknown(from, *type);
}

const protocol::Generation& FwuClient::generation() const {
  return protocol::nearest_generation(firmware_.identity().version.major);
}

bool FwuClient::is_later() const {
  return generation().statuses.value == fwu::StatusNumbers::own;
}

bool FwuClient::knows(std::uint32_t type) const {
  return !is_later() || fwu::answers(generation().major, type);
}

bool FwuClient::owes_answer(Connection) const {
  return firmware_.update_session().owes(Feeder::heci);
}

void FwuClient::disconnected(Connection) {
  firmware_.update_session().abandon(Feeder::heci);
}

void FwuClient::answer_version(Connection to) {
  const firmware::Identity& identity = firmware_.identity();
  const protocol::FirmwareVersion running = firmware_.running_version();
  const fwu::VersionReply m{
      .sku = identity.sku,
      .ich_version = identity.ich_version,
      .mch_version = identity.mch_version,
      .vendor = identity.vendor,
      .last_update_status = firmware_.update_session().last_status(),
      .hardware_sku = identity.hardware_sku,
      .code = running,
      .amt = running,
      .recovery = firmware_.recovery_version(),
      .enabled_update_interfaces = firmware_.settings().enabled_update_interfaces};
  fwu::VersionReply reply = m;
  fwu::VersionForm form =
      identity.version_reply_me3 ? fwu::VersionForm::bytes_47 : fwu::VersionForm::bytes_52;
  if (is_later()) {
    form = generation().version.value;
    reply.later = fwu::LaterVersion{
        .security_version = static_cast<std::uint16_t>(firmware_.security_version()),
        .data_format = identity.engine.data_format,
        .last_reset_type = firmware_.update_session().progress().reset_type};
  }
  std::array<std::uint8_t, kMaxFwuReply> bytes{};
  ByteWriter out(bytes);
  fwu::encode(out, reply, form);
  port_.reply(to, whole(out));
}

void FwuClient::answer_info(Connection to) {
  const firmware::Identity& identity = firmware_.identity();
  const firmware::Settings& settings = firmware_.settings();
  const firmware::Surroundings& around = firmware_.surroundings();
  std::array<std::uint8_t, kMaxFwuReply> reply{};
  ByteWriter out(reply);
  fwu::encode(out, fwu::InfoReply{.mebx = around.mebx_version,
                                  .flash_override_policy = identity.flash_override_policy,
                                  .manageability_mode = around.manageability_mode,
                                  .bios_boot_state = around.bios_boot_state,
                                  .crypto_fuse = identity.crypto_fuse,
                                  .flash_protection = identity.flash_protection,
                                  .override_qualifier = settings.override_qualifier,
                                  .reset_reason = firmware_.reset_reason(),
                                  .override_counter = settings.override_counter,
                                  .bios_version = around.bios_version});
  port_.reply(to, whole(out));
}

void FwuClient::take_start(ByteView message) {
  const auto request =
      fwu::decode_start(message, is_later() ? generation().start.value : fwu::StartForm::a);
  if (!request) return session_started(refusal(ToolError::invalid_parameters));
  const firmware::SessionStart start{.image_length = request->image_length,
                                     .password = request->password,
                                     .oem_id = request->oem_id,
                                     .kind = request->update_type,
                                     .part_id = request->ipu_id};
  firmware_.update_session().start(Feeder::heci, start, *this);
}

void FwuClient::take_data(ByteView message) {
  const auto request = fwu::decode_data_request(message);
  // CSME 15 answers a DATA of four bytes with 2C0, as it does a START of them.
  const ToolError wrong_form =
      is_later() ? ToolError::invalid_parameters : ToolError::invalid_length;
  if (!request) return session_took_data(refusal(wrong_form));
  firmware_.update_session().data(Feeder::heci, request->data, *this);
}

void FwuClient::session_started(std::uint32_t status) {
  std::array<std::uint8_t, fwu::StartReply::size> bytes{};
  ByteWriter out(bytes);
  fwu::encode(out, fwu::StartReply{.status = status});
  port_.reply(feeding_, whole(out));
}

void FwuClient::session_took_data(std::uint32_t status) {
  std::array<std::uint8_t, fwu::DataReply::size> bytes{};
  ByteWriter out(bytes);
  fwu::encode(out, fwu::DataReply{.status = status});
  port_.reply(feeding_, whole(out));
}

void FwuClient::session_ended(std::uint32_t status, std::uint32_t reset_type) {
  std::array<std::uint8_t, fwu::EndReply::size> bytes{};
  ByteWriter out(bytes);
  fwu::encode(out, fwu::EndReply{.status = status, .reset_type = reset_type});
  port_.reply(feeding_, whole(out));
}

std::uint32_t FwuClient::refusal(ToolError error) const {
  return is_later() ? fwu::number(fwu::status_for(error)) : number(error);
}

void FwuClient::answer_unknown(Connection to, std::uint32_t type) {
  std::array<std::uint8_t, 8> bytes{};
  ByteWriter out(bytes);
  const std::uint32_t refused = refusal(ToolError::unsupported_message);
  if (is_later()) {
    fwu::encode(out, fwu::InvalidReply{.status = refused});
  } else {
    out.u32(type | 1).u32(refused);
  }
  port_.reply(to, whole(out));
}

void FwuClient::serialize(sim::Archive& a) {
  a.section("fwu_client");
  a.value(feeding_.me_addr);
  a.value(feeding_.host_addr);
  if (is_later()) a.value(restore_point_made_);
  if (a.is_loading()) firmware_.update_session().resume(Feeder::heci, *this);
}

}  // namespace emulator::clients
