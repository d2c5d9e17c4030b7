// SPDX-License-Identifier: BSD-3-Clause
// The Esprimo E5730 of the field report as a scripted device: every value typed from the owner's
// logs.
#pragma once

#include "protocol/mei/amthi.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"
#include "tests/updater/inventory/scripted_device.h"
#include "updater/inventory/inventory.h"

namespace tests {

/// The values a test may change before it builds the device.
struct Esprimo {
  protocol::FirmwareVersion version{5, 0, 1, 1111};
  std::string short_version = "5.0.1";
  std::string build = "1111";
  std::uint32_t firmware_status = 0x3009065A;
  std::uint32_t sku = 2110;
  std::uint32_t capabilities = 62;
  std::uint16_t interfaces = 5;
  std::uint32_t last_update_status = 1;
  std::uint8_t local_update = protocol::mkhi::kLocalUpdateEnabled;
  protocol::fwu::ResetReason reset_reason = protocol::fwu::ResetReason::system_reset;
  std::array<std::uint8_t, 6> mac = {0x00, 0x19, 0x39, 0x47, 0xbb, 0xdd};
  updater::mei::HostFacts host;
  updater::inventory::EraTools era_tools;
  bool recovery = false;
  bool me3 = false;
};

inline Client esprimo_fwu(const Esprimo& board) {
  return [board](base::ByteView request) {
    const auto type = protocol::fwu::decode_type(request);
    base::Bytes reply(52);
    base::ByteWriter out(reply);
    if (type == 0) {
      protocol::fwu::VersionReply m{.sku = board.sku,
                                    .ich_version = 10,
                                    .mch_version = 4,
                                    .vendor = 0x8086,
                                    .last_update_status = board.last_update_status,
                                    .hardware_sku = board.sku,
                                    .code = board.version,
                                    .amt = board.version,
                                    .recovery = {},
                                    .enabled_update_interfaces = board.interfaces};
      if (board.me3) {
        reply.resize(47);
        base::ByteWriter short_out(reply);
        m.recovery = board.version;
        protocol::fwu::encode_me3(short_out, m);
        return answer(reply);
      }
      protocol::fwu::encode(out, m);
      return answer(reply);
    }
    if (type == 8 && !board.me3) {
      protocol::fwu::encode(out, protocol::fwu::InfoReply{
                                     .mebx = {5, 0, 5, 8},
                                     .manageability_mode = protocol::fwu::ManageabilityMode::amt,
                                     .bios_boot_state = protocol::fwu::kBiosPostBoot,
                                     .crypto_fuse = true,
                                     .flash_protection = true,
                                     .override_qualifier = protocol::fwu::OverrideQualifier::always,
                                     .reset_reason = board.reset_reason,
                                     .override_counter = protocol::fwu::kOverrideCounterAlways,
                                     .bios_version = "6.00 R1.19.2824.A1"});
      return answer(reply);
    }
    return silence();
  };
}

inline base::Bytes rule_reply(std::uint32_t rule, base::Bytes data) {
  base::Bytes reply(4 + 4 + 1 + data.size());
  base::ByteWriter out(reply);
  protocol::mkhi::encode(out,
                         protocol::mkhi::GetRuleResponse{.result = 0, .rule = rule, .data = data});
  return reply;
}

inline Client esprimo_mkhi(const Esprimo& board) {
  return [board](base::ByteView request) {
    if (const auto rule = protocol::mkhi::decode_get_rule_request(request)) {
      if (rule->rule == 0) {
        base::Bytes data(4);
        base::ByteWriter(data).u32(board.capabilities);
        return answer(rule_reply(0, data));
      }
      if (rule->rule == 7) return answer(rule_reply(7, {board.local_update}));
      if (rule->rule == 0x14) return answer(rule_reply(0x14, {protocol::mkhi::kOverrideHalt}));
    }
    base::Bytes reply(protocol::mkhi::FirmwareVersionResponse::size);
    base::ByteWriter out(reply);
    protocol::mkhi::encode(out,
                           protocol::mkhi::FirmwareVersionResponse{
                               .code = board.recovery ? protocol::FirmwareVersion{} : board.version,
                               .recovery = {5, 0, 1, 1111},
                               .fitc = {5, 0, 1, 1111}});
    return answer(reply);
  };
}

inline base::Bytes amthi_reply(std::uint32_t command, std::uint32_t status,
                               base::ByteView body = {}) {
  base::Bytes reply(protocol::amthi::Header::size + 4 + body.size());
  base::ByteWriter out(reply);
  protocol::amthi::encode_response(out, command, status, body);
  return reply;
}

inline Client esprimo_amthi(const Esprimo& board) {
  return [board](base::ByteView request) {
    namespace amthi = protocol::amthi;
    const std::uint32_t command = amthi::decode_header(request)->command;
    const auto is = [&](amthi::Operation operation) {
      return command == amthi::command_word(operation);
    };
    if (is(amthi::Operation::get_code_versions)) {
      const amthi::CodeVersions versions{.bios = "6.00 R1.19.2824.A1",
                                         .entries = {{"Flash", board.short_version},
                                                     {"Netstack", board.short_version},
                                                     {"AMTApps", board.short_version},
                                                     {"AMT", board.short_version},
                                                     {"Sku", "62"},
                                                     {"VendorID", "8086"},
                                                     {"Build Number", board.build},
                                                     {"Recovery Version", "5.0.1"},
                                                     {"Recovery Build Num", "1111"}}};
      return answer(amthi_reply(command, 0, amthi::encode_body(versions)));
    }
    if (is(amthi::Operation::get_provisioning_mode)) {
      return answer(amthi_reply(command, 0,
                                amthi::encode_body(amthi::ProvisioningModeReply{
                                    .mode = amthi::ProvisioningMode::small_business})));
    }
    if (is(amthi::Operation::get_provisioning_state)) {
      return answer(amthi_reply(command, 0, amthi::encode_body(amthi::ProvisioningState::post)));
    }
    if (is(amthi::Operation::get_security_parameters)) {
      return answer(amthi_reply(command, 0, amthi::encode_body(amthi::SecurityParameters{})));
    }
    if (is(amthi::Operation::get_lan_interface)) {
      if (request.size() != 16 || request[12] != 0)
        return answer(amthi_reply(command, amthi::kInvalidParameter));
      return answer(amthi_reply(
          command, 0, amthi::encode_body(amthi::LanInterface{.enabled = true, .mac = board.mac})));
    }
    if (command == amthi::kGetAmtState) {
      return answer(amthi_reply(
          command, 0,
          amthi::encode_body(amthi::AmtState{.crypto_fuse = true, .flash_protection = true})));
    }
    return answer(amthi_reply(command, amthi::kUnsupported));
  };
}

/// Gives `device` the board's clients and registers. In recovery there is no AMTHI.
inline void become(ScriptedDevice& device, const Esprimo& board) {
  device.device_name = "sim:esprimo-e5730";
  device.status = board.firmware_status;
  device.pci_id = std::uint16_t{0x2E14};
  device.facts = board.host;
  device.add(protocol::mei::kFwuGuid, esprimo_fwu(board));
  device.add(protocol::mei::kMkhiGuid, esprimo_mkhi(board));
  if (!board.recovery) device.add(protocol::mei::kAmthiGuid, esprimo_amthi(board));
}

}  // namespace tests
