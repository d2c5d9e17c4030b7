// SPDX-License-Identifier: BSD-3-Clause
// The inventory for people: what is known in sections, what is not known with its reason at the
// end.
#include <fmt/format.h>

#include "protocol/pci/engine_functions.h"
#include "updater/report/gaps.h"
#include "updater/report/people.h"
#include "updater/report/printable.h"
#include "updater/report/section.h"
#include "updater/report/status_text.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

using inventory::Inventory;

const char* yes_no(bool yes) {
  return yes ? "yes" : "no";
}

std::string device_id_text(std::uint16_t id) {
  const char* const chipset = protocol::pci::chipset_of(id);
  return fmt::format("8086:{:04x} ({})", id,
                     chipset != nullptr ? chipset : "not a known HECI function");
}

std::string device_section(const Inventory& i) {
  Section section("Device");
  section.add("name", printable(i.device) + (i.simulated ? " (simulated)" : ""));
  section.add("PCI function", i.pci_device_id, device_id_text);
  section.add("firmware status", i.firmware_status,
              [](std::uint32_t hfs) { return fmt::format("0x{:08X}", hfs); });
  if (i.host.mei_driver_version) section.add("MEI driver", printable(*i.host.mei_driver_version));
  if (i.host.lms_version) section.add("LMS", printable(*i.host.lms_version));
  if (i.host.uns_version) section.add("UNS", printable(*i.host.uns_version));
  return section.text();
}

/// Of an engine whose words are documented.
std::string status_section(const Inventory& i) {
  const auto version = running_version(i);
  const auto status = protocol::heci::read_status(i.firmware_status_words,
                                                  version ? version->major : std::uint16_t{0});
  if (!status || !status->documented()) return {};
  Section section("What the engine says of itself");
  section.add("status words", status_words_text(*status));
  section.add("in short", status_summary(*status));
  for (const StatusRow& row : status_rows(*status)) section.add(row.name, row.value);
  return section.text();
}

std::string firmware_section(const Inventory& i) {
  Section section("Firmware");
  if (in_recovery(i))
    section.add("state", "RUNS ITS RECOVERY CODE: the operational firmware is damaged or missing");
  if (const auto version = running_version(i)) section.add("running version", to_text(*version));
  section.add("recovery version", i.mkhi_version,
              [](const auto& m) { return to_text(m.recovery); });
  section.add("image tool version", i.mkhi_version, [](const auto& m) { return to_text(m.fitc); });
  section.add("SKU", i.version,
              [](const auto& m) { return fmt::format("0x{:08X} ({})", m.sku, m.sku); });
  const bool later = i.version && i.version->later;  // whose bits have other names
  section.add("capabilities", i.capabilities, [later](std::uint32_t caps) {
    if (later) return fmt::format("0x{:08X}", caps);
    return fmt::format("{} ({})", caps, joined(capability_names(caps), ", "));
  });
  section.add("MEBx version", i.info, [](const auto& m) { return to_text(m.mebx); });
  section.add("last reset", i.info, [](const auto& m) { return words(m.reset_reason); });
  section.add("BIOS boot state", i.info,
              [](const auto& m) { return boot_state_words(m.bios_boot_state); });
  section.add("cryptography fuse", i.info,
              [](const auto& m) { return m.crypto_fuse ? "enabled" : "disabled"; });
  section.add("flash protection", i.info,
              [](const auto& m) { return m.flash_protection ? "enabled" : "disabled"; });
  section.add("on override strap", i.override_behaviour, override_behaviour_words);
  return section.text();
}

std::string update_section(const Inventory& i) {
  Section section("Update");
  if (const auto state = local_update_state(i))
    section.add("local update", local_update_words(*state));
  section.add("interfaces", i.version, [](const auto& m) {
    return fmt::format("{} ({})", m.enabled_update_interfaces,
                       joined(interface_names(m.enabled_update_interfaces), ", "));
  });
  section.add("last update status", i.version,
              [](const auto& m) { return update_status_words(m.last_update_status); });
  section.add("override counter", i.info,
              [](const auto& m) { return override_counter_words(m.override_counter); });
  section.add("override qualifier", i.info,
              [](const auto& m) { return words(m.override_qualifier); });
  return section.text();
}

std::string manageability_section(const Inventory& i) {
  Section section("Manageability");
  section.add("mode", i.info, [](const auto& m) { return words(m.manageability_mode); });
  section.add("set-up state", i.provisioning_state, [](auto state) { return words(state); });
  section.add("set-up mode", i.provisioning_mode, [](const auto& m) { return words(m.mode); });
  section.add("TLS", i.security, [](const auto& m) { return yes_no(m.tls_enabled); });
  section.add("remote connectivity", i.remote_connectivity, [](bool yes) { return yes_no(yes); });
  return section.text();
}

std::string lan_text(const protocol::amthi::LanInterface& lan) {
  return fmt::format("{}, link {}, {}{}", mac_text(lan.mac, ':'), lan.link_up ? "up" : "down",
                     ipv4_text(lan.ipv4), lan.dhcp_enabled ? " (DHCP)" : "");
}

std::string network_section(const Inventory& i) {
  Section section("Network");
  section.add("wired", i.wired, lan_text);
  section.add("wireless", i.wireless, lan_text);
  return section.text();
}

std::string versions_section(const Inventory& i) {
  Section section("Code versions");
  if (!i.code_versions) return "";
  section.add("BIOS", printable(i.code_versions->bios));
  for (const auto& entry : i.code_versions->entries)
    section.add(printable(entry.description).c_str(), printable(entry.version));
  return section.text();
}

std::string gaps_section(const Inventory& i) {
  Section section("Not known");
  for (const Gap& gap : gaps(i)) section.add(gap.fact, error_text(gap.error));
  return section.text();
}

}  // namespace

std::string joined_sections(std::initializer_list<std::string> sections) {
  std::string text;
  for (const std::string& section : sections) {
    if (!text.empty() && !section.empty()) text += "\n";
    text += section;
  }
  return text;
}

std::string info_text(const Inventory& i) {
  return joined_sections({device_section(i), status_section(i), firmware_section(i),
                          update_section(i), manageability_section(i), network_section(i),
                          versions_section(i), i.tpm ? tpm_section(*i.tpm) : "", gaps_section(i)});
}

std::string error_text(const base::Error& error) {
  std::string text = printable(error.doing);
  if (error.code == base::Errc::refused && error.status != 0)
    text += fmt::format(" (status {})", error.status);
  return text;
}

}  // namespace updater::report
