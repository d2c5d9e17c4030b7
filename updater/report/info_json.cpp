// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>

#include "updater/report/gaps.h"
#include "updater/report/json.h"
#include "updater/report/json_values.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

using inventory::Inventory;
namespace amthi = protocol::amthi;
namespace fwu = protocol::fwu;

Json host_json(const mei::HostFacts& host, const inventory::EraTools& tools) {
  return {{"mei_driver_version", or_null(host.mei_driver_version)},
          {"lms_version", or_null(host.lms_version)},
          {"uns_version", or_null(host.uns_version)},
          {"register_access_blocked", tools.register_access_blocked},
          {"lockout_read_late", tools.lockout_read_late}};
}

Json fwu_version_json(const fwu::VersionReply& m) {
  return {{"code", to_text(m.code)},
          {"amt", or_null(m.amt)},
          {"recovery", or_null(m.recovery)},
          {"sku", m.sku},
          {"hardware_sku", m.hardware_sku},
          {"ich_version", m.ich_version},
          {"mch_version", m.mch_version},
          {"vendor", m.vendor},
          {"last_update_status", m.last_update_status},
          {"enabled_update_interfaces", m.enabled_update_interfaces},
          {"enabled_update_interface_names", interface_names(m.enabled_update_interfaces)}};
}

Json fwu_info_json(const fwu::InfoReply& m) {
  return {{"mebx", to_text(m.mebx)},
          {"flash_override_policy", m.flash_override_policy},
          {"manageability_mode", words(m.manageability_mode)},
          {"bios_boot_state", boot_state_words(m.bios_boot_state)},
          {"crypto_fuse", m.crypto_fuse},
          {"flash_protection", m.flash_protection},
          {"override_qualifier", words(m.override_qualifier)},
          {"override_counter", m.override_counter},
          {"reset_reason", words(m.reset_reason)},
          {"bios_version", m.bios_version}};
}

Json mkhi_version_json(const protocol::mkhi::FirmwareVersionResponse& m) {
  return {{"code", to_text(m.code)},
          {"recovery", to_text(m.recovery)},
          {"image_tool", to_text(m.fitc)}};
}

Json capabilities_json(std::uint32_t capabilities) {
  return {{"value", capabilities}, {"names", capability_names(capabilities)}};
}

/// The bits' names are those of ME 2 to 5.
Json later_capabilities_json(std::uint32_t capabilities) {
  return {{"value", capabilities}, {"names", Json::array()}};
}

Json code_versions_json(const amthi::CodeVersions& m) {
  Json entries = Json::array();
  for (const auto& entry : m.entries)
    entries.push_back({{"name", entry.description}, {"version", entry.version}});
  return {{"bios", m.bios}, {"entries", entries}};
}

Json provisioning_mode_json(const amthi::ProvisioningModeReply& m) {
  return {{"mode", words(m.mode)}, {"legacy", m.legacy}};
}

Json security_json(const amthi::SecurityParameters& m) {
  return {{"enterprise_mode", m.enterprise_mode},
          {"tls_enabled", m.tls_enabled},
          {"hardware_crypto", m.hardware_crypto},
          {"provisioning_state", words(m.provisioning_state)},
          {"network_interface_enabled", m.network_interface_enabled},
          {"sol_enabled", m.sol_enabled},
          {"ider_enabled", m.ider_enabled},
          {"firmware_update_enabled", m.firmware_update_enabled},
          {"link_up", m.link_up}};
}

Json lan_json(const amthi::LanInterface& m) {
  return {{"enabled", m.enabled},      {"mac", mac_text(m.mac, ':')},
          {"ipv4", ipv4_text(m.ipv4)}, {"dhcp_enabled", m.dhcp_enabled},
          {"dhcp_mode", m.dhcp_mode},  {"link_up", m.link_up}};
}

Json feature_json(const amthi::FeaturesState& m) {
  return m.words;
}

Json host_reset_json(const amthi::HostResetReason& m) {
  return {{"reason", m.reason}, {"remote_control_time", m.remote_control_time}};
}

Json amt_state_json(const amthi::AmtState& m) {
  return {{"link_up", m.link_up},
          {"hardware_sku", m.hardware_sku},
          {"crypto_fuse", m.crypto_fuse},
          {"flash_protection", m.flash_protection},
          {"last_reset_reason", m.last_reset_reason}};
}

Json gaps_json(const Inventory& i) {
  Json all = Json::object();
  for (const Gap& gap : gaps(i)) all[gap.fact] = error_json(gap.error);
  return all;
}

}  // namespace

namespace {

/// The status words and what is known of them; empty where there are none.
Json engine_says_json(const Inventory& i) {
  const auto version = running_version(i);
  const auto status = protocol::heci::read_status(i.firmware_status_words,
                                                  version ? version->major : std::uint16_t{0});
  if (status) return status_json(*status);
  return {{"words", Json::array()},
          {"layout", "undocumented"},
          {"summary", "The driver tells no status words."},
          {"fields", Json::object()}};
}

}  // namespace

Json info_json(const Inventory& i) {
  Json json;
  json["schema"] = "meupdate-info-1";
  json["device"] = i.device;
  json["simulated"] = i.simulated;
  json["recovery_mode"] = in_recovery(i);
  json["running_version"] = or_null(running_version(i));
  json["host"] = host_json(i.host, i.era_tools);
  json["pci_device_id"] = maybe(i.pci_device_id);
  json["firmware_status"] = maybe(i.firmware_status);
  json["engine_says"] = engine_says_json(i);
  json["version"] = maybe(i.version, fwu_version_json);
  json["info"] = maybe(i.info, fwu_info_json);
  json["update_message_limit"] = maybe(i.update_message_limit);
  json["mkhi_version"] = maybe(i.mkhi_version, mkhi_version_json);
  const bool later = i.version && i.version->later;
  json["capabilities"] = maybe(i.capabilities, later ? later_capabilities_json : capabilities_json);
  json["local_update"] = maybe(i.local_update, local_update_words);
  json["override_behaviour"] = maybe(i.override_behaviour, override_behaviour_words);
  json["code_versions"] = maybe(i.code_versions, code_versions_json);
  json["provisioning_mode"] = maybe(i.provisioning_mode, provisioning_mode_json);
  json["provisioning_state"] = maybe(i.provisioning_state, [](auto state) { return words(state); });
  json["security"] = maybe(i.security, security_json);
  json["wired"] = maybe(i.wired, lan_json);
  json["wireless"] = maybe(i.wireless, lan_json);
  json["redirection"] = maybe(i.redirection, feature_json);
  json["system_defense"] = maybe(i.system_defense, feature_json);
  json["web_ui"] = maybe(i.web_ui, feature_json);
  json["remote_connectivity"] = maybe(i.remote_connectivity);
  json["last_host_reset_reason"] = maybe(i.last_host_reset_reason, host_reset_json);
  json["amt_state"] = maybe(i.amt_state, amt_state_json);
  json["tpm"] = maybe(i.tpm, tpm_json);
  json["gaps"] = gaps_json(i);
  return json;
}

Json error_json(const base::Error& error) {
  return {{"code", name(error.code)}, {"reason", error.doing}, {"status", error.status}};
}

std::string document(const Json& json) {
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

std::string one_line(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace updater::report
