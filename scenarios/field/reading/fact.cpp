// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/fact.h"

#include <algorithm>
#include <array>

namespace scenarios::field {
namespace {

struct FactRow {
  Fact fact;
  Reach reach;
  const char* name;
};

constexpr std::array kRows = {
    FactRow{Fact::firmware_status, Reach::reading, "firmware status"},
    FactRow{Fact::bios_version, Reach::board, "BIOS version"},
    FactRow{Fact::brand, Reach::board, "brand"},
    FactRow{Fact::flash_version, Reach::code, "flash version"},
    FactRow{Fact::netstack_version, Reach::code, "netstack version"},
    FactRow{Fact::apps_version, Reach::code, "apps version"},
    FactRow{Fact::amt_version, Reach::code, "AMT version"},
    FactRow{Fact::capabilities, Reach::board, "capabilities"},
    FactRow{Fact::sku_names, Reach::board, "SKU names"},
    FactRow{Fact::vendor, Reach::board, "vendor"},
    FactRow{Fact::build_number, Reach::code, "build number"},
    FactRow{Fact::manageability_mode, Reach::moment, "manageability mode"},
    FactRow{Fact::amt_mode, Reach::moment, "AMT mode"},
    FactRow{Fact::uns_version, Reach::reading, "UNS version"},
    FactRow{Fact::lms_version, Reach::reading, "LMS version"},
    FactRow{Fact::mei_driver_version, Reach::reading, "MEI driver version"},
    FactRow{Fact::link_status, Reach::moment, "link status"},
    FactRow{Fact::crypto_fuse, Reach::board, "cryptography fuse"},
    FactRow{Fact::flash_protection, Reach::board, "flash protection"},
    FactRow{Fact::reset_reason, Reach::moment, "last reset reason"},
    FactRow{Fact::configuration_state, Reach::moment, "configuration state"},
    FactRow{Fact::boot_state, Reach::moment, "BIOS boot state"},
    FactRow{Fact::mac_address, Reach::board, "MAC address"},
    FactRow{Fact::wireless_mac_address, Reach::moment, "wireless MAC address"},
    FactRow{Fact::wireless_driver, Reach::reading, "wireless driver"},
    FactRow{Fact::wireless_hardware, Reach::reading, "wireless hardware"},
    FactRow{Fact::override_counter, Reach::moment, "override counter"},
    FactRow{Fact::override_qualifier, Reach::moment, "override qualifier"},
    FactRow{Fact::ip_address, Reach::moment, "IP address"},
    FactRow{Fact::mebx_version, Reach::board, "MEBx version"},
    FactRow{Fact::ft_version, Reach::code, "FT version"},
    FactRow{Fact::ft_build_number, Reach::code, "FT build number"},
    FactRow{Fact::local_update, Reach::moment, "local update"},
    FactRow{Fact::secure_update, Reach::moment, "secure update"},
    FactRow{Fact::remote_connectivity, Reach::moment, "remote connectivity"},
    FactRow{Fact::configuration_mode, Reach::moment, "configuration mode"},
    FactRow{Fact::override_behaviour, Reach::board, "descriptor override behaviour"},
    FactRow{Fact::tpm_vendor, Reach::board, "TPM vendor"},
    FactRow{Fact::tpm_specification, Reach::code, "TPM specification"},
    FactRow{Fact::tpm_version, Reach::code, "TPM firmware version"},
    FactRow{Fact::tpm_build_number, Reach::code, "TPM build number"},
    FactRow{Fact::tpm_state, Reach::moment, "TPM state"},
    FactRow{Fact::tpm_mode, Reach::moment, "TPM operational mode"},
    FactRow{Fact::tpm_fips, Reach::board, "TPM FIPS"},
    FactRow{Fact::tpm_threshold, Reach::reading, "lockout threshold"},
    FactRow{Fact::tpm_lockout, Reach::reading, "lockout period"},
    FactRow{Fact::tpm_multiplier, Reach::reading, "lockout multiplier"},
    FactRow{Fact::tpm_fade_out, Reach::reading, "lockout fade-out"},
    FactRow{Fact::presence_lifetime_lock, Reach::moment, "presence lifetime lock"},
    FactRow{Fact::presence_command, Reach::moment, "presence by command"},
    FactRow{Fact::presence_hardware, Reach::moment, "presence by hardware"},
    FactRow{Fact::tpm_fuses, Reach::board, "TPM fuses"},
    FactRow{Fact::later_version, Reach::code, "firmware version"},
    FactRow{Fact::status_word_1, Reach::moment, "firmware status 1"},
    FactRow{Fact::status_word_2, Reach::moment, "firmware status 2"},
    FactRow{Fact::status_word_3, Reach::moment, "firmware status 3"},
    FactRow{Fact::status_word_4, Reach::moment, "firmware status 4"},
    FactRow{Fact::status_word_5, Reach::moment, "firmware status 5"},
    FactRow{Fact::status_word_6, Reach::moment, "firmware status 6"},
    FactRow{Fact::working_state, Reach::run, "working state"},
    FactRow{Fact::operational_state, Reach::run, "operational state"},
    FactRow{Fact::operation_mode, Reach::run, "mode of operation"},
    FactRow{Fact::state_error, Reach::run, "error state"},
    FactRow{Fact::manufacturing_mode, Reach::run, "manufacturing mode"},
    FactRow{Fact::init_complete, Reach::run, "initialisation complete"},
    FactRow{Fact::loader_state, Reach::run, "loader state"},
    FactRow{Fact::flash_partition, Reach::run, "flash partition"},
    FactRow{Fact::progress_phase, Reach::run, "phase"},
    FactRow{Fact::clock_control, Reach::run, "clock control"},
    FactRow{Fact::file_system, Reach::run, "file system"},
    FactRow{Fact::told_besides, Reach::run, "besides"},
    FactRow{Fact::pci_device, Reach::run, "PCI device"},
    FactRow{Fact::pci_id, Reach::board, "PCI id"},
    FactRow{Fact::driver_device, Reach::run, "driver and device"},
    FactRow{Fact::driver_says, Reach::run, "the driver says"},
    FactRow{Fact::driver_status, Reach::run, "driver's status"},
    FactRow{Fact::tpm_device, Reach::run, "TPM device"},
    FactRow{Fact::tpm_answer, Reach::run, "TPM"},
    FactRow{Fact::security_chip, Reach::run, "security chip"},
    FactRow{Fact::tool_says, Reach::run, "the tool says"},
    FactRow{Fact::firmware_version, Reach::code, "firmware version"},
    FactRow{Fact::last_update_status, Reach::moment, "last update status"},
    FactRow{Fact::sku, Reach::board, "SKU"},
    FactRow{Fact::enabled_interfaces, Reach::moment, "enabled update interfaces"},
    FactRow{Fact::image_version, Reach::run, "image version"},
    FactRow{Fact::image_sku, Reach::run, "image SKU"},
    FactRow{Fact::communication_mode, Reach::run, "communication mode"},
    FactRow{Fact::uploading, Reach::run, "upload"},
    FactRow{Fact::error, Reach::run, "error"},
    FactRow{Fact::host_system, Reach::reading, "host system"},
    FactRow{Fact::registers_blocked, Reach::reading, "registers out of reach"},
    FactRow{Fact::none, Reach::run, "nothing"},
};

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

}  // namespace scenarios::field
