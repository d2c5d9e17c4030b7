// SPDX-License-Identifier: BSD-3-Clause
// Labels are those of the logs in scenarios/field-reports/.
#include "scenarios/field/reading/fact.h"

#include <algorithm>
#include <array>

#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

struct FactRow {
  Fact fact;
  Reach reach;
  const char* name;
  std::string_view label;  ///< MEInfo's; empty: it has none
};

constexpr std::array kRows = {
    FactRow{Fact::firmware_status, Reach::reading, "firmware status", "FW Status Register"},
    FactRow{Fact::bios_version, Reach::board, "BIOS version", "BIOS Version"},
    FactRow{Fact::brand, Reach::board, "brand", ""},
    FactRow{Fact::flash_version, Reach::code, "flash version", "Flash"},
    FactRow{Fact::netstack_version, Reach::code, "netstack version", "Netstack"},
    FactRow{Fact::apps_version, Reach::code, "apps version", "Apps"},
    FactRow{Fact::amt_version, Reach::code, "AMT version", "Intel(R) AMT"},
    FactRow{Fact::amt_version, Reach::code, "AMT version", "Intel(R) Standard Manageability"},
    FactRow{Fact::capabilities, Reach::board, "capabilities", "FW Capabilities"},
    FactRow{Fact::sku_names, Reach::board, "SKU names", "SKU"},
    FactRow{Fact::vendor, Reach::board, "vendor", "VendorID"},
    FactRow{Fact::build_number, Reach::code, "build number", "Build Number"},
    FactRow{Fact::manageability_mode, Reach::moment, "manageability mode", "Manageability Mode"},
    FactRow{Fact::amt_mode, Reach::moment, "AMT mode", "Intel(R) AMT Mode"},
    FactRow{Fact::amt_mode, Reach::moment, "AMT mode", "Intel(R) Standard Manageability Mode"},
    FactRow{Fact::uns_version, Reach::reading, "UNS version", "UNS Version"},
    FactRow{Fact::lms_version, Reach::reading, "LMS version", "LMS Version"},
    FactRow{Fact::mei_driver_version, Reach::reading, "MEI driver version", "MEI Driver version"},
    FactRow{Fact::link_status, Reach::moment, "link status", "Link status"},
    FactRow{Fact::crypto_fuse, Reach::board, "cryptography fuse", "Cryptography fuse"},
    FactRow{Fact::flash_protection, Reach::board, "flash protection", "Flash protection"},
    FactRow{Fact::reset_reason, Reach::moment, "last reset reason", "Last ME reset reason"},
    FactRow{Fact::configuration_state, Reach::moment, "configuration state", "Configuration state"},
    FactRow{Fact::boot_state, Reach::moment, "BIOS boot state", "BIOS boot State"},
    FactRow{Fact::mac_address, Reach::board, "MAC address", "MAC Address"},
    FactRow{Fact::mac_address, Reach::board, "MAC address", "Host Mac Address"},
    FactRow{Fact::wireless_mac_address, Reach::moment, "wireless MAC address",
            "Wireless MAC address"},
    FactRow{Fact::wireless_driver, Reach::reading, "wireless driver", "Wireless Driver Version"},
    FactRow{Fact::wireless_hardware, Reach::reading, "wireless hardware",
            "Wireless Hardware Version"},
    FactRow{Fact::override_counter, Reach::moment, "override counter", "FWU Override Counter"},
    FactRow{Fact::override_qualifier, Reach::moment, "override qualifier",
            "FWU Override Qualifier"},
    FactRow{Fact::ip_address, Reach::moment, "IP address", "IP Address"},
    FactRow{Fact::mebx_version, Reach::board, "MEBx version", "MEBx Version"},
    FactRow{Fact::ft_version, Reach::code, "FT version", "FT Version"},
    FactRow{Fact::ft_build_number, Reach::code, "FT build number", "FT Build Number"},
    FactRow{Fact::local_update, Reach::moment, "local update", "Local FWUpdate"},
    FactRow{Fact::secure_update, Reach::moment, "secure update", "Secure FWUpdate"},
    FactRow{Fact::remote_connectivity, Reach::moment, "remote connectivity",
            "Remote Connectivity Service Capability"},
    FactRow{Fact::configuration_mode, Reach::moment, "configuration mode", "Configuration Mode"},
    FactRow{Fact::override_behaviour, Reach::board, "descriptor override behaviour",
            "FW behavior on Flash Descriptor Override Pin-Strap"},
    FactRow{Fact::tpm_vendor, Reach::board, "TPM vendor", "TPM Vendor ID"},
    FactRow{Fact::tpm_specification, Reach::code, "TPM specification", "TPM SPEC Version"},
    FactRow{Fact::tpm_version, Reach::code, "TPM firmware version", "TPM FW Version"},
    FactRow{Fact::tpm_build_number, Reach::code, "TPM build number", "TPM Firmware Build Number"},
    FactRow{Fact::tpm_state, Reach::moment, "TPM state", "TPM State"},
    FactRow{Fact::tpm_mode, Reach::moment, "TPM operational mode", "TPM Operational Mode"},
    FactRow{Fact::tpm_fips, Reach::board, "TPM FIPS", "iTPM - FIPS 140-2"},
    FactRow{Fact::tpm_threshold, Reach::reading, "lockout threshold",
            "iTPM - Failed Attempts Threshold"},
    FactRow{Fact::tpm_lockout, Reach::reading, "lockout period", "iTPM - Initial lockout period"},
    FactRow{Fact::tpm_multiplier, Reach::reading, "lockout multiplier",
            "iTPM - Lockout multiplier"},
    FactRow{Fact::tpm_fade_out, Reach::reading, "lockout fade-out", "iTPM - Fade-out period"},
    FactRow{Fact::presence_lifetime_lock, Reach::moment, "presence lifetime lock",
            "iTPM - Physical presence life time lock flag"},
    FactRow{Fact::presence_command, Reach::moment, "presence by command",
            "iTPM - Physical presence command enabled flag"},
    FactRow{Fact::presence_hardware, Reach::moment, "presence by hardware",
            "iTPM - Physical presence HW enabled flag"},
    FactRow{Fact::tpm_fuses, Reach::board, "TPM fuses",
            "TPM fuses (MCH/ICH/soft strap MCH/ soft strap ICH)"},
    FactRow{Fact::later_version, Reach::code, "firmware version", ""},
    FactRow{Fact::status_word_1, Reach::run, "firmware status 1", ""},
    FactRow{Fact::status_word_2, Reach::run, "firmware status 2", ""},
    FactRow{Fact::status_word_3, Reach::run, "firmware status 3", ""},
    FactRow{Fact::status_word_4, Reach::run, "firmware status 4", ""},
    FactRow{Fact::status_word_5, Reach::run, "firmware status 5", ""},
    FactRow{Fact::status_word_6, Reach::run, "firmware status 6", ""},
    FactRow{Fact::working_state, Reach::run, "working state", ""},
    FactRow{Fact::operational_state, Reach::run, "operational state", ""},
    FactRow{Fact::operation_mode, Reach::run, "mode of operation", ""},
    FactRow{Fact::state_error, Reach::run, "error state", ""},
    FactRow{Fact::manufacturing_mode, Reach::run, "manufacturing mode", ""},
    FactRow{Fact::init_complete, Reach::run, "initialisation complete", ""},
    FactRow{Fact::loader_state, Reach::run, "loader state", ""},
    FactRow{Fact::flash_partition, Reach::run, "flash partition", ""},
    FactRow{Fact::progress_phase, Reach::run, "phase", ""},
    FactRow{Fact::told_besides, Reach::run, "besides", ""},
    FactRow{Fact::pci_device, Reach::run, "PCI device", ""},
    FactRow{Fact::pci_id, Reach::run, "PCI id", ""},
    FactRow{Fact::driver_device, Reach::run, "driver and device", ""},
    FactRow{Fact::driver_says, Reach::run, "the driver says", ""},
    FactRow{Fact::driver_status, Reach::run, "driver's status", ""},
    FactRow{Fact::tpm_device, Reach::run, "TPM device", ""},
    FactRow{Fact::tpm_answer, Reach::run, "TPM", ""},
    FactRow{Fact::security_chip, Reach::run, "security chip", ""},
    FactRow{Fact::tool_says, Reach::run, "the tool says", ""},
    FactRow{Fact::firmware_version, Reach::code, "firmware version", ""},
    FactRow{Fact::last_update_status, Reach::moment, "last update status", ""},
    FactRow{Fact::sku, Reach::board, "SKU", ""},
    FactRow{Fact::enabled_interfaces, Reach::moment, "enabled update interfaces", ""},
    FactRow{Fact::image_version, Reach::run, "image version", ""},
    FactRow{Fact::image_sku, Reach::run, "image SKU", ""},
    FactRow{Fact::communication_mode, Reach::run, "communication mode", ""},
    FactRow{Fact::uploading, Reach::run, "upload", ""},
    FactRow{Fact::error, Reach::run, "error", ""},
    FactRow{Fact::host_system, Reach::reading, "host system", ""},
    FactRow{Fact::registers_blocked, Reach::reading, "registers out of reach", ""},
};

constexpr std::array<std::string_view, 5> kCapabilityNames = {
    "ASF2", "Intel(R) AMT", "Intel(R) Standard Manageability", "Intel(R) QST", "Intel(R) TPM"};

const FactRow& row_of(Fact fact) {
  return *std::find_if(kRows.begin(), kRows.end(),
                       [&](const FactRow& row) { return row.fact == fact; });
}

}  // namespace

const char* name(Fact fact) {
  return row_of(fact).name;
}

Reach reach_of(Fact fact) {
  return row_of(fact).reach;
}

std::optional<Fact> meinfo_fact(std::string_view label) {
  if (label.empty()) return std::nullopt;
  for (const FactRow& row : kRows) {
    if (same_letters(row.label, label)) return row.fact;
  }
  return std::nullopt;
}

std::vector<std::string_view> meinfo_labels() {
  std::vector<std::string_view> labels;
  for (const FactRow& row : kRows) {
    if (!row.label.empty()) labels.push_back(row.label);
  }
  return labels;
}

bool begins_a_label(std::string_view text) {
  return std::any_of(kRows.begin(), kRows.end(),
                     [&](const FactRow& row) { return is_beginning_of(row.label, text); });
}

bool begins_with_label(std::string_view line) {
  return std::any_of(kRows.begin(), kRows.end(), [&](const FactRow& row) {
    const bool several = row.label.find(' ') != row.label.npos;
    return several && same_letters(row.label, line.substr(0, row.label.size()));
  });
}

std::size_t longest_label_at_end(std::string_view text) {
  std::size_t longest = 0;
  for (const FactRow& row : kRows) {
    if (row.label.size() <= longest || row.label.size() > text.size()) continue;
    const std::size_t at = text.size() - row.label.size();
    const bool word = at == 0 || text[at - 1] == ' ';
    if (word && same_letters(row.label, text.substr(at))) longest = row.label.size();
  }
  return longest;
}

std::size_t capability_length(std::string_view text) {
  std::size_t longest = 0;
  for (const std::string_view name : kCapabilityNames) {
    if (name.size() > longest && same_letters(name, text.substr(0, name.size())))
      longest = name.size();
  }
  return longest;
}

bool is_capability_name(std::string_view line) {
  return std::any_of(kCapabilityNames.begin(), kCapabilityNames.end(),
                     [&](std::string_view each) { return same_letters(each, line); });
}

}  // namespace scenarios::field
