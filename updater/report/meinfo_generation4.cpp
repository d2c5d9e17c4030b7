// SPDX-License-Identifier: BSD-3-Clause
// The lines that only MEInfo 4 has.
#include <fmt/format.h>

#include <array>

#include "protocol/sku.h"
#include "updater/report/meinfo_lines.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report::meinfo_line {
namespace {

using protocol::amthi::ProvisioningMode;

struct SkuName {
  std::uint32_t bit;
  const char* text;
};
/// "ASF IAMT ITPM" is in the log, in this order; the others are ours.
constexpr std::array<SkuName, 5> kSkuNames = {{
    {.bit = protocol::sku::kAsf2, .text = "ASF"},
    {.bit = protocol::sku::kAmtPro, .text = "IAMT"},
    {.bit = protocol::sku::kTpm, .text = "ITPM"},
    {.bit = protocol::sku::kQst, .text = "QST"},
    {.bit = protocol::sku::kStandardManageability, .text = "STDMNG"},
}};

/// An unset mode is an empty value in the log.
const char* generation4_mode(ProvisioningMode mode) {
  switch (mode) {
    case ProvisioningMode::none:
      return "";
    case ProvisioningMode::enterprise:
      return " Enterprise";
    case ProvisioningMode::small_business:
      return " Small Business";
    case ProvisioningMode::remote_assistance:
      return " Remote Assistance";
  }
  return " Unknown";
}

}  // namespace

Lines amt_sku_found(const Inventory& i) {
  if ((i.capabilities.value_or(0) & protocol::sku::kAmtPro) == 0) return {};
  return {"AMT SKU Found."};
}

Lines code_versions_one_a_line(const Inventory& i) {
  return {"Flash: " + code_version(i, "Flash"), "Netstack: " + code_version(i, "Netstack"),
          "Apps: " + code_version(i, "AMTApps"), brand(i) + ": " + code_version(i, "AMT")};
}

Lines sku_names(const Inventory& i) {
  if (!i.capabilities) return {"SKU: Not Available"};
  std::vector<std::string> names;
  for (const SkuName& row : kSkuNames) {
    if ((*i.capabilities & row.bit) != 0) names.emplace_back(row.text);
  }
  return {"SKU: " + joined(names, " ")};
}

Lines amt_mode(const Inventory& i) {
  const char* words =
      i.provisioning_mode ? generation4_mode(i.provisioning_mode->mode) : " Not Available";
  return {fmt::format("{} Mode:{}", brand(i), words)};
}

Lines host_mac_address(const Inventory& i) {
  return {"Host Mac Address: " + (i.wired ? mac_text(i.wired->mac, '-') : "Not Available")};
}

Lines wireless_mac_address(const Inventory& i) {
  if (i.wireless) return {"Wireless MAC address: " + mac_text(i.wireless->mac, '-')};
  if (i.wireless.error().code != base::Errc::refused)
    return {"Wireless MAC address: Not Available"};
  return {"Wireless MAC address:Error: Firmware status is not success",
          "Please check if the Wireless card is installed"};
}

/// The era's tool asks the operating system's wireless driver, which HECI cannot.
Lines wireless_driver(const Inventory&) {
  return {"Wireless Driver Version: Not Available", "Wireless Hardware Version: Not Available"};
}

/// The log spells UNS with a small "available".
Lines services_or_not_available(const Inventory& i) {
  return {"UNS Version: " + printable(i.host.uns_version.value_or("Not available")),
          "LMS Version: " + printable(i.host.lms_version.value_or("Not Available")),
          "MEI Driver version: " + printable(i.host.mei_driver_version.value_or("Not Available"))};
}

}  // namespace updater::report::meinfo_line
