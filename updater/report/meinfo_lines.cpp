// SPDX-License-Identifier: BSD-3-Clause
// The lines that both dialects share.
#include "updater/report/meinfo_lines.h"

#include <fmt/format.h>

#include "protocol/sku.h"
#include "updater/report/printable.h"

namespace updater::report::meinfo_line {
namespace {

namespace fwu = protocol::fwu;
namespace mkhi = protocol::mkhi;
using protocol::amthi::ProvisioningState;

const char* enabled(bool on) {
  return on ? "Enabled" : "Disabled";
}

/// "LABEL: value", the value from `fact` through `show`.
template <class T, class Show>
Lines labelled(const char* label, const inventory::Fact<T>& fact, Show show) {
  if (!fact) return {fmt::format("{}: {}", label, kNotAvailable)};
  return {fmt::format("{}: {}", label, show(*fact))};
}

// Wording: "Power up" and "Global system reset" are in the logs, the others are ours.
const char* reset_words(fwu::ResetReason reason) {
  switch (reason) {
    case fwu::ResetReason::power_up:
      return "Power up";
    case fwu::ResetReason::firmware_reset:
      return "FW reset";
    case fwu::ResetReason::system_reset:
      return "Global system reset";
    case fwu::ResetReason::unknown:
      return "Unknown";
  }
  return "Unknown";
}

// "Completed" and "Not started" are in the logs.
const char* configuration_words(ProvisioningState state) {
  switch (state) {
    case ProvisioningState::pre:
      return "Not started";
    case ProvisioningState::in:
      return "In process";
    case ProvisioningState::post:
      return "Completed";
  }
  return "Unknown";
}

// "Always" is in the logs.
const char* qualifier_words(fwu::OverrideQualifier qualifier) {
  switch (qualifier) {
    case fwu::OverrideQualifier::always:
      return "Always";
    case fwu::OverrideQualifier::never:
      return "Never";
    case fwu::OverrideQualifier::restricted:
      return "Restricted";
  }
  return "Unknown";
}

// "Enabled" is in the logs.
const char* local_update_label(std::uint8_t rule) {
  if (rule == mkhi::kLocalUpdatePassword) return "Password Protected";
  return enabled(rule == mkhi::kLocalUpdateEnabled);
}

}  // namespace

std::string brand(const Inventory& i) {
  const bool standard = (i.capabilities.value_or(0) & protocol::sku::kStandardManageability) != 0;
  return standard ? "Intel(R) Standard Manageability" : "Intel(R) AMT";
}

std::string code_version(const Inventory& i, std::string_view name) {
  const std::string version = i.code_versions ? i.code_versions->find(name) : std::string();
  return version.empty() ? kNotAvailable : printable(version);
}

Lines bios_version(const Inventory& i) {
  return labelled("BIOS Version", i.code_versions, [](const auto& v) { return printable(v.bios); });
}

Lines code_versions_title(const Inventory& i) {
  return {brand(i) + " code versions:"};
}

Lines vendor_id(const Inventory& i) {
  return {"VendorID: " + code_version(i, "VendorID")};
}

Lines build_number(const Inventory& i) {
  return {"Build Number: " + code_version(i, "Build Number")};
}

Lines link_status(const Inventory& i) {
  return labelled("Link status", i.wired,
                  [](const auto& lan) { return lan.link_up ? "Link up" : "Link down"; });
}

Lines cryptography_fuse(const Inventory& i) {
  return labelled("Cryptography fuse", i.info,
                  [](const auto& m) { return enabled(m.crypto_fuse); });
}

Lines flash_protection(const Inventory& i) {
  return labelled("Flash protection", i.info,
                  [](const auto& m) { return enabled(m.flash_protection); });
}

Lines reset_reason(const Inventory& i) {
  return labelled("Last ME reset reason", i.info,
                  [](const auto& m) { return reset_words(m.reset_reason); });
}

Lines configuration_state(const Inventory& i) {
  return labelled("Configuration state", i.provisioning_state, configuration_words);
}

Lines boot_state(const Inventory& i) {
  return labelled("BIOS boot State", i.info, [](const auto& m) {
    return m.bios_boot_state == fwu::kBiosPostBoot ? "Post Boot" : "Pre Boot";
  });
}

Lines override_counter(const Inventory& i) {
  return labelled("FWU Override Counter", i.info, [](const auto& m) {
    return m.override_counter == fwu::kOverrideCounterAlways ? std::string("Always")
                                                             : std::to_string(m.override_counter);
  });
}

Lines override_qualifier(const Inventory& i) {
  return labelled("FWU Override Qualifier", i.info,
                  [](const auto& m) { return qualifier_words(m.override_qualifier); });
}

Lines mebx_version(const Inventory& i) {
  return labelled("MEBx Version", i.info, [](const auto& m) { return to_text(m.mebx); });
}

Lines ft_version(const Inventory& i) {
  return labelled("FT Version", i.version,
                  [](const auto& m) { return fmt::format("{}.{}", m.code.major, m.code.minor); });
}

Lines ft_build_number(const Inventory& i) {
  return labelled("FT Build Number", i.version,
                  [](const auto& m) { return std::to_string(m.code.build); });
}

Lines local_update(const Inventory& i) {
  const auto state = inventory::local_update_state(i);
  return {fmt::format("Local FWUpdate: {}", state ? local_update_label(*state) : kNotAvailable)};
}

Lines secure_update(const Inventory& i) {
  return labelled("Secure FWUpdate", i.version, [](const auto& m) {
    return enabled((m.enabled_update_interfaces & fwu::kInterfaceSecure) != 0);
  });
}

Lines override_behaviour(const Inventory& i) {
  return labelled("FW behavior on Flash Descriptor Override Pin-Strap", i.override_behaviour,
                  [](std::uint8_t behaviour) {
                    return behaviour == mkhi::kOverrideHalt ? "Halt" : "Continue";
                  });
}

}  // namespace updater::report::meinfo_line
