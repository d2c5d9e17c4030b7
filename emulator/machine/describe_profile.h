// SPDX-License-Identifier: BSD-3-Clause
// Every key of a machine profile, written once, in the order of docs/machines.md: read by who
// loads a profile, writes one, compares two or documents them. A new key is a line here and a row
// on that page.
//
// A visitor has
//   key(name, value, rules...)           a value; rules are words (Named), a Range, a Check
//   required(name, value, such_as)       a version that no profile leaves out
//   key_or(name, value, otherwise, ...)  a version that is another one's where it is left out
//   bytes(name, view), ipv4(name, value)
//   check(name, complaint)               `complaint()` says what is wrong between keys; empty:
//   nothing table(name, value), required_table(name, value, why) signing_key(name, profile) a
//   file's path, of which the profile has the contents about(name, text)                    for
//   people alone follows(value)                       no key: taken from another one, but the board
//   is made of it host(config)                         [host], with a table for each operating
//   system
#pragma once

#include "emulator/machine/describe_tpm.h"
#include "emulator/machine/profile_words.h"
#include "emulator/machine/secret_keys.h"
#include "protocol/generation.h"

namespace emulator::machine {

template <class Visitor>
void describe(Visitor& v, pci::PciConfig& c) {
  v.key("device_id", c.device_id, Check<std::uint16_t>(known_heci_function));
  v.key("revision", c.revision);
  v.key("prog_if", c.prog_if);
  v.key("subsystem_vendor", c.subsystem_vendor);
  v.key("subsystem_id", c.subsystem_id);
  v.key("firmware_status", c.firmware_status);
}

template <class Visitor>
void describe(Visitor& v, heci::HeciConfig& c) {
  v.key("depth", c.depth, Check<std::uint32_t>(legal_depth));
  v.key("reset_delay", c.reset_delay);
  v.key("turnaround", c.turnaround);
  v.key("first_dynamic_address", c.first_dynamic_address, kDynamicAddresses);
  v.key("credits", c.credits, kCredits);
}

template <class Visitor>
void describe(Visitor& v, FlashConfig& c) {
  v.key("part", c.part, Check<std::string>(known_part));
  v.key("code_size", c.code_size, kCodeSizes, Check<std::uint32_t>(whole_sectors));
}

template <class Visitor>
void describe(Visitor& v, firmware::Identity& c) {
  v.required("version", c.version, "such as \"5.2.70.1046\"");
  v.key_or("recovery_version", c.recovery_version, c.version, "as `version`");
  v.key_or("fitc_version", c.fitc_version, c.version, "as `version`");
  v.key("sku", c.sku);
  v.key("capabilities", c.capabilities);
  v.key("hardware_sku", c.hardware_sku);
  v.key("ich_version", c.ich_version);
  v.key("mch_version", c.mch_version);
  v.key("vendor", c.vendor);
  v.key("flash_override_policy", c.flash_override_policy);
  v.key("key_md5", c.key_md5, Check<std::string>(md5_digits));
  v.key("version_reply_me3", c.version_reply_me3);
  v.key("crypto_fuse", c.crypto_fuse);
  v.key("flash_protection", c.flash_protection);
  v.key("override_strap_behaviour", c.override_strap_behaviour, kOverrideBehaviours);
}

template <class Visitor>
void describe(Visitor& v, firmware::PartialPart& c) {
  v.key("name", c.name, Check<std::string>(at_most<4>));
  v.key("load_address", c.load_address);
  v.key("instance", c.instance);
  v.key("update_version", c.update_version);
  v.key("expected_instance", c.expected_instance);
  v.key("expected_update_version", c.expected_update_version);
  v.key("version", c.version);
  v.key("control_number", c.control_number);
}

/// [engine]: what only ME 6 and later have.
template <class Visitor>
void describe(Visitor& v, firmware::Engine& c) {
  v.key("firmware_status_2", c.status[0]);
  v.key("firmware_status_3", c.status[1]);
  v.key("firmware_status_4", c.status[2]);
  v.key("firmware_status_5", c.status[3]);
  v.key("firmware_status_6", c.status[4]);
  v.key("disturbed_status", c.disturbed_status[0]);
  v.key("disturbed_status_2", c.disturbed_status[1]);
  v.key("sku_high", c.sku_high);
  v.key("security_version", c.security_version);
  v.key("control_number", c.control_number);
  v.key("fused_security_version", c.fused_security_version);
  v.key("data_format", c.data_format);
  v.key("platform_type", c.platform_type);
  v.key("feature_state", c.feature_state);
  v.key("stages", c.stages, kStages);
  v.bytes("oem_key_hash", base::MutableByteView(c.oem_key_hash));
  v.table("part", c.part);
}

/// The [firmware] table: its key is a file's, and the profile's.
struct FirmwareTable {
  Profile& profile;
};
template <class Visitor>
void describe(Visitor& v, FirmwareTable c) {
  describe(v, c.profile.firmware.identity);
  v.signing_key("key", c.profile);
}

template <class Visitor>
void describe(Visitor& v, firmware::Settings& c) {
  v.key("last_update_status", c.last_update_status);
  v.key("enabled_update_interfaces", c.enabled_update_interfaces);
  v.key("local_update", c.local_update, kLocalUpdates);
  v.key(kUpdatePasswordKey.key, c.update_password, Check<std::string>(at_most<kPasswordLength>));
  v.check("local_update", [&] {
    const bool lacks_one =
        c.local_update == protocol::mkhi::kLocalUpdatePassword && c.update_password.empty();
    return lacks_one ? "local_update is \"password\"; then settings.update_password must be given"
                     : "";
  });
  v.key("override_counter", c.override_counter);
  v.key("override_qualifier", c.override_qualifier, kQualifiers);
  v.key("provisioning_state", c.provisioning_state, kProvisioningStates);
  v.key("provisioning_mode", c.provisioning_mode, kProvisioningModes);
  v.key("remote_connectivity", c.remote_connectivity);
  v.key("tls_enabled", c.tls_enabled);
  v.key("power_policy", c.power_policy);
}

template <class Visitor>
void describe(Visitor& v, protocol::amthi::LanInterface& c) {
  v.key("enabled", c.enabled);
  v.ipv4("ipv4", c.ipv4);
  v.key("dhcp_enabled", c.dhcp_enabled);
  v.key("dhcp_mode", c.dhcp_mode);
  v.key("link_up", c.link_up);
  v.bytes("mac", base::MutableByteView(c.mac));
}

template <class Visitor>
void describe(Visitor& v, firmware::Surroundings& c) {
  v.key("form", c.form, kForms);
  v.key("bios_version", c.bios_version, Check<std::string>(at_most<kBiosVersionLength>));
  v.key("mebx_version", c.mebx_version);
  v.key("bios_boot_state", c.bios_boot_state, kBootStates);
  v.key("manageability_mode", c.manageability_mode, kManageabilityModes);
  v.key("reset_reason", c.reset_reason, kResetReasons);
  v.table("wired", c.wired);
  v.key("has_wireless", c.has_wireless);
  v.table("wireless", c.wireless);
}

template <class Visitor>
void describe(Visitor& v, firmware::UpdatePolicy& c) {
  v.key("reset", c.reset, kResets);
  v.key("allow_downgrade", c.allow_downgrade);
  v.key("allow_same_version", c.allow_same_version);
  v.bytes("oem_id", base::MutableByteView(c.oem_id));
  v.key("fwu_mtu", c.fwu_mtu, kMtu);
  v.key("data_processing", c.data_processing);
  v.key("verify_per_mib", c.verify_per_mib);
  v.key("boot_time", c.boot_time);
  v.key("flash_watchdog", c.flash_watchdog);
}

/// One [host.NAME].
template <class Visitor>
void describe(Visitor& v, HostConfig& c) {
  v.key("mei_driver_version", c.mei_driver_version);
  v.key("lms_version", c.lms_version);
  v.key("uns_version", c.uns_version);
  v.key("register_access_blocked", c.register_access_blocked);
  v.key("lockout_read_late", c.lockout_read_late, kLateReads);
}

/// All that shapes the board; the host's operating system does not.
template <class Visitor>
void describe_board(Visitor& v, Profile& p) {
  v.table("pci", p.pci);
  v.table("heci", p.heci);
  v.table("flash", p.flash);
  v.required_table("firmware", FirmwareTable{p}, "a machine needs at least firmware.version");
  v.check("pci", [&] { return generations_status(p.pci.firmware_status, manifest_form(p)); });
  v.table("settings", p.firmware.settings);
  v.table("surroundings", p.firmware.surroundings);
  v.table("update", p.firmware.update);
  v.table("tpm", p.tpm);
  const auto& generation = protocol::nearest_generation(p.firmware.identity.version.major);
  const bool later = generation.manifest != protocol::image::ManifestForm::man;
  if (later) v.table("engine", p.firmware.identity.engine);
}

template <class Visitor>
void describe(Visitor& v, Profile& p) {
  v.about("description", p.description);
  describe_board(v, p);
  v.host(p.host);
}

}  // namespace emulator::machine
