// SPDX-License-Identifier: BSD-3-Clause
// The lines that only MEInfo 5 has.
#include <fmt/format.h>

#include <array>

#include "protocol/sku.h"
#include "updater/report/meinfo_lines.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report::meinfo_line {
namespace {

using protocol::amthi::ProvisioningMode;
using protocol::fwu::ManageabilityMode;

struct CapabilityLine {
  std::uint32_t bit;
  const char* text;
};
/// In the order of the logs. Other bits have no known line.
constexpr std::array<CapabilityLine, 5> kCapabilityLines = {{
    {.bit = protocol::sku::kAsf2, .text = "ASF2"},
    {.bit = protocol::sku::kAmtPro, .text = "Intel(R) AMT"},
    {.bit = protocol::sku::kStandardManageability, .text = "Intel(R) Standard Manageability"},
    {.bit = protocol::sku::kQst, .text = "Intel(R) QST"},
    {.bit = protocol::sku::kTpm, .text = "Intel(R) TPM"},
}};

/// "Small Business" is in the logs.
const char* generation5_mode(ProvisioningMode mode) {
  switch (mode) {
    case ProvisioningMode::none:
      return "None";
    case ProvisioningMode::enterprise:
      return "Enterprise";
    case ProvisioningMode::small_business:
      return "Small Business";
    case ProvisioningMode::remote_assistance:
      return "Remote Assistance";
  }
  return "Unknown";
}

std::string manageability_words(const Inventory& i) {
  if (!i.info) return "Not Available";
  switch (i.info->manageability_mode) {
    case ManageabilityMode::none:
      return "None";
    case ManageabilityMode::amt:
      return brand(i);
    case ManageabilityMode::asf:
      return "ASF2";
    case ManageabilityMode::cp:
      return "CP";
  }
  return "Unknown";
}

Lines host_software(const char* label, const std::optional<std::string>& version) {
  if (!version) return {};
  return {fmt::format("{}: {}", label, printable(*version))};
}

}  // namespace

Lines reading_status(const Inventory&) {
  return {"Reading Fw Status Register...."};
}

Lines firmware_status(const Inventory& i) {
  // Where the host keeps the era's helper driver from the registers, its tool prints 0.
  if (i.host.register_access_blocked) return {"FW Status Register: 0X00000000"};
  if (!i.firmware_status) return {"FW Status Register: Not Available"};
  return {fmt::format("FW Status Register: 0X{:08X}", *i.firmware_status)};
}

Lines code_versions_in_pairs(const Inventory& i) {
  return {
      fmt::format("Flash: {} Netstack: {}", code_version(i, "Flash"), code_version(i, "Netstack")),
      fmt::format("Apps: {} {}: {}", code_version(i, "AMTApps"), brand(i), code_version(i, "AMT"))};
}

Lines firmware_capabilities(const Inventory& i) {
  if (!i.capabilities) return {"FW Capabilities: Not Available"};
  Lines lines = {fmt::format("FW Capabilities: {}", *i.capabilities)};
  for (const CapabilityLine& row : kCapabilityLines) {
    if ((*i.capabilities & row.bit) != 0) lines.emplace_back(row.text);
  }
  return lines;
}

Lines manageability_mode(const Inventory& i) {
  return {"Manageability Mode: " + manageability_words(i)};
}

Lines uns_version(const Inventory& i) {
  return host_software("UNS Version", i.host.uns_version);
}
Lines lms_version(const Inventory& i) {
  return host_software("LMS Version", i.host.lms_version);
}
Lines mei_driver_version(const Inventory& i) {
  return host_software("MEI Driver version", i.host.mei_driver_version);
}

Lines mac_address(const Inventory& i) {
  return {"MAC Address: " + (i.wired ? mac_text(i.wired->mac, '-') : "Not Available")};
}

Lines ip_address(const Inventory& i) {
  return {"IP Address: " + (i.wired ? ipv4_text(i.wired->ipv4) : "Not Available")};
}

Lines remote_connectivity(const Inventory& i) {
  const char* words = !i.remote_connectivity   ? "Not Available"
                      : *i.remote_connectivity ? "True"
                                               : "False";
  return {fmt::format("Remote Connectivity Service Capability: {}", words)};
}

Lines configuration_mode(const Inventory& i) {
  const char* words =
      i.provisioning_mode ? generation5_mode(i.provisioning_mode->mode) : "Not Available";
  return {fmt::format("Configuration Mode: {}", words)};
}

}  // namespace updater::report::meinfo_line
