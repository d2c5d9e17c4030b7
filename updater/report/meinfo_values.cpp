// SPDX-License-Identifier: BSD-3-Clause
// One function a fact. A fact that the device did not tell is untold, whatever the reason.
#include "updater/report/meinfo_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "protocol/sku.h"
#include "protocol/tools/line.h"
#include "updater/report/meinfo_status_values.h"
#include "updater/report/meinfo_tpm_values.h"
#include "updater/report/printable.h"
#include "updater/report/words.h"

namespace updater::report {
namespace {

namespace fwu = protocol::fwu;
using inventory::Inventory;
using protocol::tools::Fact;
using Value = MeinfoValue;

Value number_value(std::uint32_t value) {
  return {.kind = Value::Kind::number, .number = value};
}
template <class Enum>
Value number_value_of(Enum value) {
  return number_value(static_cast<std::uint32_t>(value));
}
Value text_value(std::string value) {
  return {.kind = Value::Kind::text, .text = std::move(value)};
}
Value text_value_if(const std::optional<std::string>& value) {
  return value ? text_value(printable(*value)) : Value{};
}

/// What `show` makes of a fact that is there.
template <class T, class Show>
Value value_if(const inventory::Answer<T>& fact, Show show) {
  return fact ? show(*fact) : Value{};
}

Value code_version(const Inventory& i, std::string_view name) {
  const std::string version = i.code_versions ? i.code_versions->find(name) : std::string();
  return version.empty() ? Value{} : text_value(printable(version));
}

/// Where the host keeps the era's helper driver from the registers, its tool prints 0.
Value firmware_status(const Inventory& i) {
  const auto status = i.era_tools.register_access_blocked
                          ? std::optional<std::uint32_t>(0)
                          : (i.firmware_status ? std::optional(*i.firmware_status) : std::nullopt);
  return status ? text_value(fmt::format("0X{:08X}", *status)) : Value{};
}

Value wireless_address(const Inventory& i) {
  if (i.wireless) return text_value(mac_text(i.wireless->mac, '-'));
  return {.kind = i.wireless.error().code == base::Errc::refused ? Value::Kind::refused
                                                                 : Value::Kind::untold};
}

Value local_update(const Inventory& i) {
  const auto state = inventory::local_update_state(i);
  return state ? number_value(*state) : Value{};
}

Value flag_value(bool on) {
  return number_value(on ? 1 : 0);
}

struct ValueRow {
  Fact fact;
  Value (*value)(const Inventory&);
};

constexpr std::array kValues = {
    ValueRow{Fact::firmware_status, firmware_status},
    ValueRow{Fact::bios_version,
             [](const Inventory& i) {
               return value_if(i.code_versions,
                               [](const auto& v) { return text_value(printable(v.bios)); });
             }},
    ValueRow{Fact::flash_version, [](const Inventory& i) { return code_version(i, "Flash"); }},
    ValueRow{Fact::netstack_version,
             [](const Inventory& i) { return code_version(i, "Netstack"); }},
    ValueRow{Fact::apps_version, [](const Inventory& i) { return code_version(i, "AMTApps"); }},
    ValueRow{Fact::amt_version, [](const Inventory& i) { return code_version(i, "AMT"); }},
    ValueRow{Fact::vendor, [](const Inventory& i) { return code_version(i, "VendorID"); }},
    ValueRow{Fact::build_number,
             [](const Inventory& i) { return code_version(i, "Build Number"); }},
    ValueRow{Fact::later_version,
             [](const Inventory& i) {
               const auto version = inventory::running_version(i);
               return version ? text_value(to_text(*version)) : Value{};
             }},
    ValueRow{Fact::capabilities,
             [](const Inventory& i) { return value_if(i.capabilities, number_value); }},
    ValueRow{Fact::sku_names,
             [](const Inventory& i) { return value_if(i.capabilities, number_value); }},
    ValueRow{Fact::manageability_mode,
             [](const Inventory& i) {
               return value_if(i.info,
                               [](const auto& m) { return number_value_of(m.manageability_mode); });
             }},
    ValueRow{Fact::amt_mode,
             [](const Inventory& i) {
               return value_if(i.provisioning_mode,
                               [](const auto& m) { return number_value_of(m.mode); });
             }},
    ValueRow{Fact::configuration_mode,
             [](const Inventory& i) {
               return value_if(i.provisioning_mode,
                               [](const auto& m) { return number_value_of(m.mode); });
             }},
    ValueRow{Fact::uns_version,
             [](const Inventory& i) { return text_value_if(i.host.uns_version); }},
    ValueRow{Fact::lms_version,
             [](const Inventory& i) { return text_value_if(i.host.lms_version); }},
    ValueRow{Fact::mei_driver_version,
             [](const Inventory& i) { return text_value_if(i.host.mei_driver_version); }},
    ValueRow{Fact::link_status,
             [](const Inventory& i) {
               return value_if(i.wired, [](const auto& lan) { return flag_value(lan.link_up); });
             }},
    ValueRow{Fact::crypto_fuse,
             [](const Inventory& i) {
               return value_if(i.info, [](const auto& m) { return flag_value(m.crypto_fuse); });
             }},
    ValueRow{Fact::flash_protection,
             [](const Inventory& i) {
               return value_if(i.info,
                               [](const auto& m) { return flag_value(m.flash_protection); });
             }},
    ValueRow{Fact::reset_reason,
             [](const Inventory& i) {
               return value_if(i.info,
                               [](const auto& m) { return number_value_of(m.reset_reason); });
             }},
    ValueRow{Fact::configuration_state,
             [](const Inventory& i) {
               return value_if(i.provisioning_state,
                               [](auto state) { return number_value_of(state); });
             }},
    ValueRow{Fact::boot_state,
             [](const Inventory& i) {
               return value_if(i.info,
                               [](const auto& m) { return number_value(m.bios_boot_state); });
             }},
    ValueRow{Fact::mac_address,
             [](const Inventory& i) {
               return value_if(i.wired,
                               [](const auto& lan) { return text_value(mac_text(lan.mac, '-')); });
             }},
    ValueRow{Fact::wireless_mac_address, wireless_address},
    ValueRow{Fact::override_counter,
             [](const Inventory& i) {
               return value_if(i.info,
                               [](const auto& m) { return number_value(m.override_counter); });
             }},
    ValueRow{Fact::override_qualifier,
             [](const Inventory& i) {
               return value_if(i.info,
                               [](const auto& m) { return number_value_of(m.override_qualifier); });
             }},
    ValueRow{Fact::ip_address,
             [](const Inventory& i) {
               return value_if(i.wired,
                               [](const auto& lan) { return text_value(ipv4_text(lan.ipv4)); });
             }},
    ValueRow{Fact::mebx_version,
             [](const Inventory& i) {
               return value_if(i.info, [](const auto& m) { return text_value(to_text(m.mebx)); });
             }},
    ValueRow{Fact::ft_version,
             [](const Inventory& i) {
               return value_if(i.version, [](const auto& m) {
                 return text_value(fmt::format("{}.{}", m.code.major, m.code.minor));
               });
             }},
    ValueRow{Fact::ft_build_number,
             [](const Inventory& i) {
               return value_if(i.version, [](const auto& m) { return number_value(m.code.build); });
             }},
    ValueRow{Fact::local_update, local_update},
    ValueRow{Fact::secure_update,
             [](const Inventory& i) {
               return value_if(i.version, [](const auto& m) {
                 return flag_value((m.enabled_update_interfaces & fwu::kInterfaceSecure) != 0);
               });
             }},
    ValueRow{Fact::remote_connectivity,
             [](const Inventory& i) { return value_if(i.remote_connectivity, flag_value); }},
    ValueRow{Fact::override_behaviour,
             [](const Inventory& i) {
               return value_if(i.override_behaviour,
                               [](std::uint8_t m) { return number_value(m); });
             }},
};

}  // namespace

MeinfoValue meinfo_value(Fact fact, const Inventory& inventory) {
  if (is_of_status(fact)) return meinfo_status_value(fact, inventory);
  const auto row = std::find_if(kValues.begin(), kValues.end(),
                                [&](const ValueRow& each) { return each.fact == fact; });
  return row != kValues.end() ? row->value(inventory) : meinfo_tpm_value(fact, inventory);
}

std::string meinfo_brand(const Inventory& i) {
  const bool standard = (i.capabilities.value_or(0) & protocol::sku::kStandardManageability) != 0;
  return std::string(standard ? protocol::tools::kBrandStandard : protocol::tools::kBrandAmt);
}

}  // namespace updater::report
