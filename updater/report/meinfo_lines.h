// SPDX-License-Identifier: BSD-3-Clause
// The single lines of MEInfo-shaped reports, each computed from the inventory. A fact that the
// device did not tell is "Not Available", as the era's tool has it; a line about the host's
// software is left out where the host has none.
#pragma once

#include <string>
#include <vector>

#include "updater/inventory/inventory.h"

namespace updater::report::meinfo_line {

using inventory::Inventory;
using Lines = std::vector<std::string>;

inline constexpr const char* kNotAvailable = "Not Available";

// In both dialects.
Lines bios_version(const Inventory&);
Lines code_versions_title(const Inventory&);
Lines vendor_id(const Inventory&);
Lines build_number(const Inventory&);
Lines link_status(const Inventory&);
Lines cryptography_fuse(const Inventory&);
Lines flash_protection(const Inventory&);
Lines reset_reason(const Inventory&);
Lines configuration_state(const Inventory&);
Lines boot_state(const Inventory&);
Lines override_counter(const Inventory&);
Lines override_qualifier(const Inventory&);
Lines mebx_version(const Inventory&);
Lines ft_version(const Inventory&);
Lines ft_build_number(const Inventory&);
Lines local_update(const Inventory&);
Lines secure_update(const Inventory&);
/// All of the TPM's; none where the capabilities have no TPM.
Lines tpm(const Inventory&);
Lines override_behaviour(const Inventory&);

// Generation 5.
Lines reading_status(const Inventory&);
Lines firmware_status(const Inventory&);
Lines code_versions_in_pairs(const Inventory&);
Lines firmware_capabilities(const Inventory&);
Lines manageability_mode(const Inventory&);
Lines uns_version(const Inventory&);
Lines lms_version(const Inventory&);
Lines mei_driver_version(const Inventory&);
Lines mac_address(const Inventory&);
Lines ip_address(const Inventory&);
Lines remote_connectivity(const Inventory&);
Lines configuration_mode(const Inventory&);

// Generation 4.
Lines amt_sku_found(const Inventory&);
Lines code_versions_one_a_line(const Inventory&);
Lines sku_names(const Inventory&);
Lines amt_mode(const Inventory&);
Lines host_mac_address(const Inventory&);
Lines wireless_mac_address(const Inventory&);
Lines wireless_driver(const Inventory&);
Lines services_or_not_available(const Inventory&);

/// The firmware's brand: "Intel(R) Standard Manageability" where the capabilities have it, else
/// "Intel(R) AMT".
std::string brand(const Inventory&);
/// The code version under `name`, safe to print; "Not Available" where there is none.
std::string code_version(const Inventory&, std::string_view name);

}  // namespace updater::report::meinfo_line
