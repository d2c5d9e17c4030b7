// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/profile_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "emulator/factory/flash_image.h"
#include "emulator/flash/parts.h"
#include "emulator/machine/secret_keys.h"
#include "emulator/machine/signing_key.h"
#include "emulator/machine/tpm_storage.h"
#include "protocol/heci/registers.h"
#include "protocol/pci/heci_functions.h"

namespace emulator::machine {
namespace {

using protocol::amthi::ProvisioningMode;
using protocol::amthi::ProvisioningState;
using protocol::fwu::ManageabilityMode;
using protocol::fwu::OverrideQualifier;
using protocol::fwu::ResetReason;

constexpr Named<std::uint8_t> kOverrideBehaviours[] = {
    {"halt", protocol::mkhi::kOverrideHalt}, {"continue", protocol::mkhi::kOverrideContinue}};
constexpr Named<std::uint8_t> kLocalUpdates[] = {
    {"disabled", protocol::mkhi::kLocalUpdateDisabled},
    {"enabled", protocol::mkhi::kLocalUpdateEnabled},
    {"password", protocol::mkhi::kLocalUpdatePassword}};
constexpr Named<OverrideQualifier> kQualifiers[] = {{"always", OverrideQualifier::always},
                                                    {"never", OverrideQualifier::never},
                                                    {"restricted", OverrideQualifier::restricted}};
constexpr Named<ProvisioningState> kProvisioningStates[] = {{"pre", ProvisioningState::pre},
                                                            {"in", ProvisioningState::in},
                                                            {"post", ProvisioningState::post}};
constexpr Named<ProvisioningMode> kProvisioningModes[] = {
    {"none", ProvisioningMode::none},
    {"enterprise", ProvisioningMode::enterprise},
    {"small_business", ProvisioningMode::small_business},
    {"remote_assistance", ProvisioningMode::remote_assistance}};
constexpr Named<std::uint32_t> kBootStates[] = {{"pre_boot", protocol::fwu::kBiosPreBoot},
                                                {"post_boot", protocol::fwu::kBiosPostBoot}};
constexpr Named<firmware::Form> kForms[] = {{"desktop", firmware::Form::desktop},
                                            {"mobile", firmware::Form::mobile}};
constexpr Named<ManageabilityMode> kManageabilityModes[] = {{"none", ManageabilityMode::none},
                                                            {"amt", ManageabilityMode::amt},
                                                            {"asf", ManageabilityMode::asf},
                                                            {"cp", ManageabilityMode::cp}};
constexpr Named<ResetReason> kResetReasons[] = {{"power_up", ResetReason::power_up},
                                                {"firmware_reset", ResetReason::firmware_reset},
                                                {"system_reset", ResetReason::system_reset},
                                                {"unknown", ResetReason::unknown}};
constexpr Named<firmware::ResetAfterUpdate> kResets[] = {
    {"me", firmware::ResetAfterUpdate::me}, {"platform", firmware::ResetAfterUpdate::platform}};

constexpr std::size_t kBiosVersionLength = 64;  ///< AMTHI's field holds 65 with its NUL
constexpr std::size_t kPasswordLength = 32;
constexpr Range kMtu = {.low = 128, .high = 4096};
constexpr Range kDynamicAddresses = {.low = 0x10, .high = 0xF0};
constexpr Range kCredits = {.low = 1, .high = 16};
constexpr std::uint8_t kAsItsGeneration = 0;  ///< credits until the firmware's version is known
constexpr Range kLateReads = {.low = 0, .high = 8};  ///< the record has eight bytes
constexpr std::uint32_t kFlashGranularity = 0x1000;
constexpr Range kCodeSizes = {.low = 0x10000, .high = 0x1000000};

void read_text(StrictTable& t, std::string_view key, std::string& out, std::size_t longest) {
  if (!t.read(key, out) || out.size() <= longest) return;
  t.fail(key, fmt::format("{} has {} characters; at most {} fit", key, out.size(), longest));
}

/// "192.168.0.1", in host byte order.
std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    std::uint8_t number = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{}) return std::nullopt;
    address = address << 8 | number;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    if (part == 3) break;
    if (!text.starts_with('.')) return std::nullopt;
    text.remove_prefix(1);
  }
  if (!text.empty()) return std::nullopt;
  return address;
}

void read_ipv4(StrictTable& t, std::string_view key, std::uint32_t& out) {
  std::string text;
  if (!t.read(key, text)) return;
  const auto parsed = parse_ipv4(text);
  if (!parsed)
    return t.fail(
        key, fmt::format("{} is \"{}\"; it must be an address such as \"192.168.0.1\"", key, text));
  out = *parsed;
}

void read_device_id(StrictTable& t, std::uint16_t& out) {
  if (!t.read("device_id", out) || protocol::pci::find_heci_function(out) != nullptr) return;
  t.fail("device_id",
         fmt::format(
             "device_id is 0x{:04X}; no HECI function has that id (docs/machines.md lists them)",
             out));
}

void read_firmware_status(StrictTable& t, std::uint32_t& out) {
  if (!t.read("firmware_status", out) || out >> 31 == 0) return;
  t.fail("firmware_status",
         fmt::format("firmware_status is 0x{:08X}; bit 31 must be 0 on this generation", out));
}

void read_pci(StrictTable t, pci::PciConfig& out) {
  read_device_id(t, out.device_id);
  t.read("revision", out.revision);
  t.read("prog_if", out.prog_if);
  t.read("subsystem_vendor", out.subsystem_vendor);
  t.read("subsystem_id", out.subsystem_id);
  read_firmware_status(t, out.firmware_status);
}

void read_heci(StrictTable t, heci::HeciConfig& out) {
  const auto& legal = protocol::heci::kLegalDepths;
  if (t.read("depth", out.depth) &&
      std::find(legal.begin(), legal.end(), out.depth) == legal.end()) {
    t.fail("depth",
           fmt::format("depth is {}; it must be 2, 4, 8, 16, 32, 64 or 128 slots", out.depth));
  }
  t.read("reset_delay", out.reset_delay);
  t.read("turnaround", out.turnaround);
  t.read("first_dynamic_address", out.first_dynamic_address, kDynamicAddresses);
  t.read("credits", out.credits, kCredits);
}

void read_flash(StrictTable t, FlashConfig& out) {
  if (t.read("part", out.part) && flash::find_part(out.part) == nullptr) {
    t.fail("part", fmt::format("part is \"{}\"; known parts: {}", out.part, flash::known_parts()));
  }
  if (t.read("code_size", out.code_size, kCodeSizes) && out.code_size % kFlashGranularity != 0) {
    t.fail("code_size",
           fmt::format("code_size is 0x{:X}; it must be a multiple of 0x1000", out.code_size));
  }
}

/// Once the TPM, which has a partition of its own, is known.
void check_flash_room(StrictTable& document, const Profile& profile) {
  const flash::Part* part = flash::find_part(profile.flash.part);
  if (part == nullptr) return;
  const std::uint32_t tpm = profile.tpm.fitted ? kTpmPartitionSize : 0;
  if (factory::flash_layout(*part, profile.flash.code_size, tpm)) return;
  auto t = document.table("flash");
  if (!t) return;
  t->fail("code_size",
          fmt::format("code_size is 0x{:X}; twice that, and what else the ME needs, does not fit "
                      "the part {}",
                      profile.flash.code_size, part->name));
}

void read_key_md5(StrictTable& t, std::string& out) {
  if (!t.read("key_md5", out)) return;
  const bool hex = out.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (out.size() != 32 || !hex) {
    t.fail("key_md5",
           fmt::format("key_md5 is \"{}\"; it must be 32 lower-case hexadecimal digits", out));
  }
}

/// The board's own key: code is signed with it, and its ROM takes it.
void read_key(StrictTable& t, Profile& profile) {
  std::string path;
  if (!t.read("key", path) || path.empty()) return;
  auto key = read_signing_key(path_beside(t.place_of("key"), path));
  if (!key) return t.fail("key", key.error().doing);
  std::string& taken = profile.firmware.identity.key_md5;
  if (!taken.empty() && taken != key->md5) {
    return t.fail("key_md5", fmt::format("key_md5 is \"{}\", but the key in {} has {}; leave "
                                         "key_md5 out",
                                         taken, path, key->md5));
  }
  taken = std::move(key->md5);
  profile.signing_key_pem = std::move(key->private_key_pem);
}

void read_identity(StrictTable t, firmware::Identity& out) {
  t.read("version", out.version);
  if (!t.read("recovery_version", out.recovery_version)) out.recovery_version = out.version;
  if (!t.read("fitc_version", out.fitc_version)) out.fitc_version = out.version;
  t.read("sku", out.sku);
  t.read("capabilities", out.capabilities);
  t.read("hardware_sku", out.hardware_sku);
  t.read("ich_version", out.ich_version);
  t.read("mch_version", out.mch_version);
  t.read("vendor", out.vendor);
  read_key_md5(t, out.key_md5);
  t.read("version_reply_me3", out.version_reply_me3);
  t.read("crypto_fuse", out.crypto_fuse);
  t.read("flash_protection", out.flash_protection);
  t.read_named("override_strap_behaviour", out.override_strap_behaviour, kOverrideBehaviours);
  t.read("flash_override_policy", out.flash_override_policy);
}

void read_settings(StrictTable t, firmware::Settings& out) {
  t.read("last_update_status", out.last_update_status);
  t.read("enabled_update_interfaces", out.enabled_update_interfaces);
  t.read_named("local_update", out.local_update, kLocalUpdates);
  read_text(t, kUpdatePasswordKey.key, out.update_password, kPasswordLength);
  if (out.local_update == protocol::mkhi::kLocalUpdatePassword && out.update_password.empty()) {
    t.fail("local_update",
           "local_update is \"password\"; then settings.update_password must be given");
  }
  t.read("override_counter", out.override_counter);
  t.read_named("override_qualifier", out.override_qualifier, kQualifiers);
  t.read_named("provisioning_state", out.provisioning_state, kProvisioningStates);
  t.read_named("provisioning_mode", out.provisioning_mode, kProvisioningModes);
  t.read("remote_connectivity", out.remote_connectivity);
  t.read("tls_enabled", out.tls_enabled);
  t.read("power_policy", out.power_policy);
}

void read_lan(StrictTable t, protocol::amthi::LanInterface& out) {
  t.read("enabled", out.enabled);
  read_ipv4(t, "ipv4", out.ipv4);
  t.read("dhcp_enabled", out.dhcp_enabled);
  t.read("dhcp_mode", out.dhcp_mode);
  t.read("link_up", out.link_up);
  t.read_hex("mac", base::MutableByteView(out.mac));
}

void read_surroundings(StrictTable t, firmware::Surroundings& out) {
  t.read_named("form", out.form, kForms);
  read_text(t, "bios_version", out.bios_version, kBiosVersionLength);
  t.read("mebx_version", out.mebx_version);
  t.read_named("bios_boot_state", out.bios_boot_state, kBootStates);
  t.read_named("manageability_mode", out.manageability_mode, kManageabilityModes);
  t.read_named("reset_reason", out.reset_reason, kResetReasons);
  if (const auto wired = t.table("wired")) read_lan(*wired, out.wired);
  t.read("has_wireless", out.has_wireless);
  if (const auto wireless = t.table("wireless")) read_lan(*wireless, out.wireless);
}

void read_update(StrictTable t, firmware::UpdatePolicy& out) {
  t.read_named("reset", out.reset, kResets);
  t.read("allow_downgrade", out.allow_downgrade);
  t.read("allow_same_version", out.allow_same_version);
  t.read_hex("oem_id", base::MutableByteView(out.oem_id));
  t.read("fwu_mtu", out.fwu_mtu, kMtu);
  t.read("data_processing", out.data_processing);
  t.read("verify_per_mib", out.verify_per_mib);
  t.read("boot_time", out.boot_time);
  t.read("flash_watchdog", out.flash_watchdog);
}

void read_host_facts(StrictTable t, HostConfig& out) {
  t.read("mei_driver_version", out.mei_driver_version);
  t.read("lms_version", out.lms_version);
  t.read("uns_version", out.uns_version);
  t.read("register_access_blocked", out.register_access_blocked);
  t.read("lockout_read_late", out.lockout_read_late, kLateReads);
}

/// [host] names one of the [host.NAME] tables; all of them are checked, one is used.
void read_host(StrictTable t, HostConfig& out) {
  t.read("system", out.system);
  std::vector<std::string> systems;
  for (const std::string& key : t.keys()) {
    if (key == "system") continue;
    const auto facts = t.table(key);
    if (!facts) continue;
    systems.push_back(key);
    HostConfig described;
    described.system = key;
    read_host_facts(*facts, described);
    if (key == out.system) out = described;
  }
  if (systems.empty() || std::find(systems.begin(), systems.end(), out.system) != systems.end())
    return;
  t.fail("system", fmt::format("host.system is \"{}\"; this profile describes {}", out.system,
                               fmt::join(systems, ", ")));
}

}  // namespace

void read_profile(StrictTable document, Profile& profile) {
  document.has("schema");
  document.has("extends");
  document.read("description", profile.description);
  if (const auto t = document.table("pci")) read_pci(*t, profile.pci);
  profile.heci.credits = kAsItsGeneration;
  if (const auto t = document.table("heci")) read_heci(*t, profile.heci);
  if (const auto t = document.table("flash")) read_flash(*t, profile.flash);
  if (document.require("firmware", "a machine needs at least firmware.version")) {
    if (auto t = document.table("firmware")) {
      t->require("version", "such as \"5.2.70.1046\"");
      read_identity(*t, profile.firmware.identity);
      read_key(*t, profile);
    }
  }
  if (profile.heci.credits == kAsItsGeneration)
    profile.heci.credits = heci::usual_credits(profile.firmware.identity.version.major);
  if (const auto t = document.table("settings")) read_settings(*t, profile.firmware.settings);
  if (const auto t = document.table("surroundings"))
    read_surroundings(*t, profile.firmware.surroundings);
  if (const auto t = document.table("update")) read_update(*t, profile.firmware.update);
  profile.tpm.version = profile.firmware.identity.version;
  if (const auto t = document.table("tpm")) read_tpm(*t, profile.tpm);
  check_flash_room(document, profile);
  if (const auto t = document.table("host")) read_host(*t, profile.host);
}

}  // namespace emulator::machine
