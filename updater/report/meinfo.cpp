// SPDX-License-Identifier: BSD-3-Clause
// The line tables of the dialects: which lines, in which order.
#include "updater/report/meinfo.h"

#include <array>

#include "updater/report/meinfo_lines.h"

namespace updater::report {
namespace {

namespace line = meinfo_line;

// After esprimo-e5730/meinfo-dos-5.0.1.1111.txt and meinfo-win81-*.txt.
constexpr std::array kGeneration5 = {
    &line::reading_status,
    &line::firmware_status,
    &line::bios_version,
    &line::code_versions_title,
    &line::code_versions_in_pairs,
    &line::firmware_capabilities,
    &line::vendor_id,
    &line::build_number,
    &line::manageability_mode,
    &line::uns_version,
    &line::lms_version,
    &line::mei_driver_version,
    &line::link_status,
    &line::cryptography_fuse,
    &line::flash_protection,
    &line::reset_reason,
    &line::configuration_state,
    &line::boot_state,
    &line::mac_address,
    &line::override_counter,
    &line::override_qualifier,
    &line::ip_address,
    &line::mebx_version,
    &line::ft_version,
    &line::ft_build_number,
    &line::local_update,
    &line::secure_update,
    &line::remote_connectivity,
    &line::configuration_mode,
    &line::tpm,
    &line::override_behaviour,
};

// After thinkpad-t400/meinfo-windows-4.0.3.1124.txt, which breaks off after "FT Version"; the lines
// that follow are those of generation 5.
constexpr std::array kGeneration4 = {
    &line::amt_sku_found,       &line::bios_version,
    &line::code_versions_title, &line::code_versions_one_a_line,
    &line::sku_names,           &line::vendor_id,
    &line::build_number,        &line::amt_mode,
    &line::link_status,         &line::cryptography_fuse,
    &line::flash_protection,    &line::reset_reason,
    &line::configuration_state, &line::boot_state,
    &line::host_mac_address,    &line::wireless_mac_address,
    &line::override_counter,    &line::override_qualifier,
    &line::wireless_driver,     &line::services_or_not_available,
    &line::mebx_version,        &line::ft_version,
    &line::ft_build_number,     &line::local_update,
    &line::secure_update,       &line::tpm,
    &line::override_behaviour,
};

constexpr std::uint16_t kLastOfGeneration4 = 4;

}  // namespace

MeinfoDialect meinfo_dialect(const inventory::Inventory& inventory) {
  const auto version = inventory::running_version(inventory);
  if (version && version->major <= kLastOfGeneration4) return MeinfoDialect::generation4;
  return MeinfoDialect::generation5;
}

std::span<const MeinfoLine> meinfo_lines(MeinfoDialect dialect) {
  if (dialect == MeinfoDialect::generation4) return kGeneration4;
  return kGeneration5;
}

std::string meinfo(const inventory::Inventory& inventory, MeinfoDialect dialect) {
  std::string text;
  for (const MeinfoLine entry : meinfo_lines(dialect)) {
    for (const std::string& each : entry(inventory)) text += each + "\n";
  }
  return text;
}

std::string meinfo(const inventory::Inventory& inventory) {
  return meinfo(inventory, meinfo_dialect(inventory));
}

}  // namespace updater::report
