// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/saved_header.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/sim/archive.h"
#include "protocol/image/signature.h"

namespace emulator::machine {
namespace {

using base::Errc;
using base::Error;

constexpr std::string_view kMagic = "MESIMSAV";
constexpr std::size_t kLongestName = 255;

void list(sim::Archive& a, protocol::FirmwareVersion& v) {
  for (std::uint16_t* number : {&v.major, &v.minor, &v.hotfix, &v.build}) a.value(*number);
}

void list(sim::Archive& a, protocol::amthi::LanInterface& v) {
  a.value(v.enabled);
  a.value(v.ipv4);
  a.value(v.dhcp_enabled);
  a.value(v.dhcp_mode);
  a.value(v.link_up);
  a.value(base::MutableByteView(v.mac));
}

void list(sim::Archive& a, firmware::Identity& v) {
  for (protocol::FirmwareVersion* version : {&v.version, &v.recovery_version, &v.fitc_version})
    list(a, *version);
  for (std::uint32_t* word : {&v.sku, &v.capabilities, &v.hardware_sku, &v.ich_version,
                              &v.mch_version, &v.vendor, &v.flash_override_policy}) {
    a.value(*word);
  }
  a.value(v.key_md5);
  for (bool* flag : {&v.version_reply_me3, &v.crypto_fuse, &v.flash_protection}) a.value(*flag);
  a.value(v.override_strap_behaviour);
}

void list(sim::Archive& a, firmware::Settings& v) {
  a.value(v.last_update_status);
  a.value(v.enabled_update_interfaces);
  a.value(v.local_update);
  a.value(v.update_password);
  a.value(v.override_counter);
  a.value(v.override_qualifier);
  a.value(v.provisioning_state);
  a.value(v.provisioning_mode);
  a.value(v.remote_connectivity);
  a.value(v.tls_enabled);
  a.value(v.power_policy);
}

void list(sim::Archive& a, firmware::Surroundings& v) {
  a.value(v.form);
  a.value(v.bios_version);
  list(a, v.mebx_version);
  a.value(v.bios_boot_state);
  a.value(v.manageability_mode);
  a.value(v.reset_reason);
  list(a, v.wired);
  a.value(v.has_wireless);
  list(a, v.wireless);
}

void list(sim::Archive& a, firmware::UpdatePolicy& v) {
  a.value(v.reset);
  a.value(v.allow_downgrade);
  a.value(v.allow_same_version);
  a.value(base::MutableByteView(v.oem_id));
  a.value(v.fwu_mtu);
  for (base::Duration* time :
       {&v.data_processing, &v.verify_per_mib, &v.boot_time, &v.flash_watchdog}) {
    a.value(*time);
  }
}

void list(sim::Archive& a, pci::PciConfig& v) {
  a.value(v.device_id);
  a.value(v.revision);
  a.value(v.prog_if);
  a.value(v.subsystem_vendor);
  a.value(v.subsystem_id);
  a.value(v.firmware_status);
}

void list(sim::Archive& a, heci::HeciConfig& v) {
  a.value(v.depth);
  a.value(v.reset_delay);
  a.value(v.turnaround);
  a.value(v.first_dynamic_address);
  a.value(v.credits);
}

void list(sim::Archive& a, tpm::TpmState& v) {
  a.value(v.ownership);
  a.value(v.owner_secret);
  a.value(v.owner_passphrase);
  for (bool* flag : {&v.enabled, &v.active, &v.temporarily_deactivated, &v.owner_install,
                     &v.owner_clear, &v.force_clear}) {
    a.value(*flag);
  }
  a.value(v.failed_attempts);
  a.value(v.self_test);
}

void list(sim::Archive& a, tpm::Lockout& v) {
  a.value(v.threshold);
  a.value(v.initial);
  a.value(v.multiplier);
  a.value(v.fade_out);
}

void list(sim::Archive& a, tpm::Presence& v) {
  for (bool* flag : {&v.lifetime_lock, &v.command_enabled, &v.hardware_enabled, &v.bios_locks})
    a.value(*flag);
}

void list(sim::Archive& a, tpm::Upgrade& v) {
  a.value(v.unowned);
  a.value(v.inactive);
  a.value(v.max_block);
}

void list(sim::Archive& a, tpm::Tis& v) {
  a.value(v.expect_flaw);
  a.value(v.vendor_id);
  a.value(v.device_id);
  a.value(v.revision_id);
  a.value(v.acpi_id);
  a.value(v.fifo_size);
  a.value(v.fifo_refill);
}

void list(sim::Archive& a, tpm::Timing& v) {
  for (base::Duration* time :
       {&v.command, &v.authorised, &v.rsa, &v.key_generation, &v.self_test, &v.upgrade_block}) {
    a.value(*time);
  }
}

void list(sim::Archive& a, tpm::TpmConfig& v) {
  a.value(v.fitted);
  a.value(v.vendor);
  list(a, v.version);
  a.value(v.fips);
  std::uint8_t key = v.endorsement_key.value_or(0);
  a.value(key);
  a.value(v.bios);
  list(a, v.state);
  list(a, v.lockout);
  list(a, v.presence);
  list(a, v.upgrade);
  list(a, v.tis);
  list(a, v.timing);
}

/// Everything that shapes the machine. The host's operating system does not.
protocol::image::Sha1 fingerprint(Profile p) {
  sim::Archive a = sim::Archive::saving();
  list(a, p.pci);
  list(a, p.heci);
  a.value(p.flash.part);
  a.value(p.flash.code_size);
  list(a, p.firmware.identity);
  list(a, p.firmware.settings);
  list(a, p.firmware.surroundings);
  list(a, p.firmware.update);
  list(a, p.tpm);
  return protocol::image::sha1(a.saved());
}

}  // namespace

base::Bytes with_saved_header(const Profile& profile, base::ByteView state) {
  const std::string name = profile.name.substr(0, kLongestName);
  const protocol::image::Sha1 print = fingerprint(profile);
  const protocol::image::Sha1 checksum = protocol::image::sha1(state);
  base::Bytes out(kMagic.size() + 4 + 1 + name.size() + print.size() + checksum.size() +
                  state.size());
  base::ByteWriter w(out);
  w.bytes(base::as_bytes(kMagic)).u32(kSavedFormat).u8(static_cast<std::uint8_t>(name.size()));
  w.bytes(base::as_bytes(name)).bytes(print).bytes(checksum).bytes(state);
  return out;
}

base::Result<base::ByteView> without_saved_header(const Profile& profile, base::ByteView saved) {
  base::ByteReader in(saved);
  const base::ByteView magic = in.bytes(kMagic.size());
  if (!std::ranges::equal(magic, base::as_bytes(kMagic)))
    return Error{Errc::invalid, "this is not a saved machine"};
  const std::uint32_t format = in.u32();
  if (in.ok() && format != kSavedFormat) {
    return Error{Errc::invalid,
                 fmt::format("this snapshot has format {}; this program reads format {}", format,
                             kSavedFormat)};
  }
  const base::ByteView name_bytes = in.bytes(in.u8());
  const std::string name(name_bytes.begin(), name_bytes.end());
  const auto print = in.array<20>();
  const auto checksum = in.array<20>();
  if (!in.ok()) return Error{Errc::invalid, "this snapshot ends inside its header"};
  if (name != profile.name.substr(0, kLongestName)) {
    return Error{Errc::invalid, fmt::format("this snapshot is of machine \"{}\", not of \"{}\"",
                                            name, profile.name)};
  }
  if (print != fingerprint(profile)) {
    return Error{Errc::invalid,
                 fmt::format("this snapshot is of \"{}\" with other profile values", name)};
  }
  const base::ByteView state = saved.subspan(in.position());
  if (protocol::image::sha1(state) != checksum) {
    return Error{Errc::invalid, "this snapshot is damaged: its checksum is wrong"};
  }
  return state;
}

}  // namespace emulator::machine
