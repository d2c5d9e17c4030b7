// SPDX-License-Identifier: BSD-3-Clause
// Labels are those of the logs in scenarios/field-reports/.
#include "scenarios/field/fact.h"

#include <algorithm>
#include <array>

#include "scenarios/field/spelling.h"

namespace scenarios::field {
namespace {

struct Row {
  Fact fact;
  Reach reach;
  const char* name;
  std::string_view label;  ///< MEInfo's; empty: it has none
};

constexpr std::array kRows = {
    Row{Fact::firmware_status, Reach::reading, "firmware status", "FW Status Register"},
    Row{Fact::bios_version, Reach::board, "BIOS version", "BIOS Version"},
    Row{Fact::brand, Reach::board, "brand", ""},
    Row{Fact::flash_version, Reach::code, "flash version", "Flash"},
    Row{Fact::netstack_version, Reach::code, "netstack version", "Netstack"},
    Row{Fact::apps_version, Reach::code, "apps version", "Apps"},
    Row{Fact::amt_version, Reach::code, "AMT version", "Intel(R) AMT"},
    Row{Fact::amt_version, Reach::code, "AMT version", "Intel(R) Standard Manageability"},
    Row{Fact::capabilities, Reach::board, "capabilities", "FW Capabilities"},
    Row{Fact::sku_names, Reach::board, "SKU names", "SKU"},
    Row{Fact::vendor, Reach::board, "vendor", "VendorID"},
    Row{Fact::build_number, Reach::code, "build number", "Build Number"},
    Row{Fact::manageability_mode, Reach::moment, "manageability mode", "Manageability Mode"},
    Row{Fact::amt_mode, Reach::moment, "AMT mode", "Intel(R) AMT Mode"},
    Row{Fact::amt_mode, Reach::moment, "AMT mode", "Intel(R) Standard Manageability Mode"},
    Row{Fact::uns_version, Reach::reading, "UNS version", "UNS Version"},
    Row{Fact::lms_version, Reach::reading, "LMS version", "LMS Version"},
    Row{Fact::mei_driver_version, Reach::reading, "MEI driver version", "MEI Driver version"},
    Row{Fact::link_status, Reach::moment, "link status", "Link status"},
    Row{Fact::crypto_fuse, Reach::board, "cryptography fuse", "Cryptography fuse"},
    Row{Fact::flash_protection, Reach::board, "flash protection", "Flash protection"},
    Row{Fact::reset_reason, Reach::moment, "last reset reason", "Last ME reset reason"},
    Row{Fact::configuration_state, Reach::moment, "configuration state", "Configuration state"},
    Row{Fact::boot_state, Reach::moment, "BIOS boot state", "BIOS boot State"},
    Row{Fact::mac_address, Reach::board, "MAC address", "MAC Address"},
    Row{Fact::mac_address, Reach::board, "MAC address", "Host Mac Address"},
    Row{Fact::wireless_mac_address, Reach::moment, "wireless MAC address", "Wireless MAC address"},
    Row{Fact::wireless_driver, Reach::reading, "wireless driver", "Wireless Driver Version"},
    Row{Fact::wireless_hardware, Reach::reading, "wireless hardware", "Wireless Hardware Version"},
    Row{Fact::override_counter, Reach::moment, "override counter", "FWU Override Counter"},
    Row{Fact::override_qualifier, Reach::moment, "override qualifier", "FWU Override Qualifier"},
    Row{Fact::ip_address, Reach::moment, "IP address", "IP Address"},
    Row{Fact::mebx_version, Reach::board, "MEBx version", "MEBx Version"},
    Row{Fact::ft_version, Reach::code, "FT version", "FT Version"},
    Row{Fact::ft_build_number, Reach::code, "FT build number", "FT Build Number"},
    Row{Fact::local_update, Reach::moment, "local update", "Local FWUpdate"},
    Row{Fact::secure_update, Reach::moment, "secure update", "Secure FWUpdate"},
    Row{Fact::remote_connectivity, Reach::moment, "remote connectivity",
        "Remote Connectivity Service Capability"},
    Row{Fact::configuration_mode, Reach::moment, "configuration mode", "Configuration Mode"},
    Row{Fact::override_behaviour, Reach::board, "descriptor override behaviour",
        "FW behavior on Flash Descriptor Override Pin-Strap"},
    Row{Fact::tpm_vendor, Reach::board, "TPM vendor", "TPM Vendor ID"},
    Row{Fact::tpm_specification, Reach::code, "TPM specification", "TPM SPEC Version"},
    Row{Fact::tpm_version, Reach::code, "TPM firmware version", "TPM FW Version"},
    Row{Fact::tpm_build_number, Reach::code, "TPM build number", "TPM Firmware Build Number"},
    Row{Fact::tpm_state, Reach::moment, "TPM state", "TPM State"},
    Row{Fact::tpm_mode, Reach::moment, "TPM operational mode", "TPM Operational Mode"},
    Row{Fact::tpm_fips, Reach::board, "TPM FIPS", "iTPM - FIPS 140-2"},
    Row{Fact::tpm_threshold, Reach::reading, "lockout threshold",
        "iTPM - Failed Attempts Threshold"},
    Row{Fact::tpm_lockout, Reach::reading, "lockout period", "iTPM - Initial lockout period"},
    Row{Fact::tpm_multiplier, Reach::reading, "lockout multiplier", "iTPM - Lockout multiplier"},
    Row{Fact::tpm_fade_out, Reach::reading, "lockout fade-out", "iTPM - Fade-out period"},
    Row{Fact::presence_lifetime_lock, Reach::moment, "presence lifetime lock",
        "iTPM - Physical presence life time lock flag"},
    Row{Fact::presence_command, Reach::moment, "presence by command",
        "iTPM - Physical presence command enabled flag"},
    Row{Fact::presence_hardware, Reach::moment, "presence by hardware",
        "iTPM - Physical presence HW enabled flag"},
    Row{Fact::tpm_fuses, Reach::board, "TPM fuses",
        "TPM fuses (MCH/ICH/soft strap MCH/ soft strap ICH)"},
    Row{Fact::later_version, Reach::code, "firmware version", ""},
    Row{Fact::firmware_version, Reach::code, "firmware version", ""},
    Row{Fact::last_update_status, Reach::moment, "last update status", ""},
    Row{Fact::sku, Reach::board, "SKU", ""},
    Row{Fact::enabled_interfaces, Reach::moment, "enabled update interfaces", ""},
    Row{Fact::image_version, Reach::run, "image version", ""},
    Row{Fact::image_sku, Reach::run, "image SKU", ""},
    Row{Fact::communication_mode, Reach::run, "communication mode", ""},
    Row{Fact::uploading, Reach::run, "upload", ""},
    Row{Fact::error, Reach::run, "error", ""},
    Row{Fact::host_system, Reach::reading, "host system", ""},
    Row{Fact::registers_blocked, Reach::reading, "registers out of reach", ""},
};

constexpr std::array<std::string_view, 5> kCapabilityNames = {
    "ASF2", "Intel(R) AMT", "Intel(R) Standard Manageability", "Intel(R) QST", "Intel(R) TPM"};

const Row& row_of(Fact fact) {
  return *std::find_if(kRows.begin(), kRows.end(),
                       [&](const Row& row) { return row.fact == fact; });
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
  for (const Row& row : kRows) {
    if (same_letters(row.label, label)) return row.fact;
  }
  return std::nullopt;
}

std::vector<std::string_view> meinfo_labels() {
  std::vector<std::string_view> labels;
  for (const Row& row : kRows) {
    if (!row.label.empty()) labels.push_back(row.label);
  }
  return labels;
}

bool begins_a_label(std::string_view text) {
  return std::any_of(kRows.begin(), kRows.end(),
                     [&](const Row& row) { return is_beginning_of(row.label, text); });
}

bool begins_with_label(std::string_view line) {
  return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) {
    const bool several = row.label.find(' ') != row.label.npos;
    return several && same_letters(row.label, line.substr(0, row.label.size()));
  });
}

std::size_t longest_label_at_end(std::string_view text) {
  std::size_t longest = 0;
  for (const Row& row : kRows) {
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
