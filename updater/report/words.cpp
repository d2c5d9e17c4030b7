// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/words.h"

#include <fmt/format.h>

#include "protocol/mei/mkhi.h"
#include "protocol/sku.h"
#include "updater/report/explanations.h"

namespace updater::report {
namespace {

namespace amthi = protocol::amthi;
namespace fwu = protocol::fwu;
namespace mkhi = protocol::mkhi;

template <class Value>
std::string unknown(Value value) {
  return fmt::format("unknown ({})", static_cast<std::uint32_t>(value));
}

}  // namespace

std::string words(amthi::ProvisioningState state) {
  switch (state) {
    case amthi::ProvisioningState::pre:
      return "not provisioned";
    case amthi::ProvisioningState::in:
      return "being provisioned";
    case amthi::ProvisioningState::post:
      return "provisioned";
  }
  return unknown(state);
}

std::string words(amthi::ProvisioningMode mode) {
  switch (mode) {
    case amthi::ProvisioningMode::none:
      return "none";
    case amthi::ProvisioningMode::enterprise:
      return "enterprise";
    case amthi::ProvisioningMode::small_business:
      return "small business";
    case amthi::ProvisioningMode::remote_assistance:
      return "remote assistance";
  }
  return unknown(mode);
}

std::string words(fwu::ManageabilityMode mode) {
  switch (mode) {
    case fwu::ManageabilityMode::none:
      return "none";
    case fwu::ManageabilityMode::amt:
      return "AMT";
    case fwu::ManageabilityMode::asf:
      return "ASF";
    case fwu::ManageabilityMode::cp:
      return "CP";
  }
  return unknown(mode);
}

std::string words(fwu::ResetReason reason) {
  switch (reason) {
    case fwu::ResetReason::power_up:
      return "power up";
    case fwu::ResetReason::firmware_reset:
      return "firmware reset";
    case fwu::ResetReason::system_reset:
      return "global system reset";
    case fwu::ResetReason::unknown:
      return "unknown";
  }
  return unknown(reason);
}

std::string words(fwu::OverrideQualifier qualifier) {
  switch (qualifier) {
    case fwu::OverrideQualifier::always:
      return "always";
    case fwu::OverrideQualifier::never:
      return "never";
    case fwu::OverrideQualifier::restricted:
      return "restricted";
  }
  return unknown(qualifier);
}

std::string override_counter_words(std::uint8_t counter) {
  if (counter == fwu::kOverrideCounterAlways) return "always";
  return std::to_string(counter);
}

std::string boot_state_words(std::uint32_t state) {
  if (state == fwu::kBiosPreBoot) return "pre boot";
  if (state == fwu::kBiosPostBoot) return "post boot";
  return unknown(state);
}

std::string local_update_words(std::uint8_t rule) {
  switch (rule) {
    case mkhi::kLocalUpdateDisabled:
      return "disabled";
    case mkhi::kLocalUpdateEnabled:
      return "enabled";
    case mkhi::kLocalUpdatePassword:
      return "with password";
    default:
      return unknown(rule);
  }
}

std::string override_behaviour_words(std::uint8_t behaviour) {
  if (behaviour == mkhi::kOverrideHalt) return "halt";
  if (behaviour == mkhi::kOverrideContinue) return "continue";
  return unknown(behaviour);
}

std::string update_status_words(std::uint32_t status) {
  if (status == 0) return "0 (success)";
  if (status == mkhi::kUpdateInProgress)
    return fmt::format("0x{:X} (an update is in progress)", status);
  const KnownNumber* known = find_device_status(status);
  if (known == nullptr) return std::to_string(status);
  if (known->kind == NumberOf::update_status)
    return fmt::format("0x{:X} ({})", status, known->title);
  return fmt::format("{} ({})", status, known->title);
}

std::vector<std::string> capability_names(std::uint32_t capabilities) {
  std::vector<std::string> names;
  for (const auto& row : protocol::sku::kCapabilities) {
    if ((capabilities & row.bit) == 0) continue;
    names.emplace_back(row.name);
    capabilities &= ~row.bit;
  }
  for (unsigned bit = 0; bit < 32; ++bit) {
    if ((capabilities >> bit & 1) != 0) names.push_back(fmt::format("bit {}", bit));
  }
  return names;
}

std::vector<std::string> interface_names(std::uint16_t interfaces) {
  std::vector<std::string> names;
  if ((interfaces & fwu::kInterfaceLocal) != 0) names.emplace_back("local");
  if ((interfaces & fwu::kInterfaceSecure) != 0) names.emplace_back("secure");
  if ((interfaces & fwu::kInterfaceTpm) != 0) names.emplace_back("tpm");
  for (unsigned bit = 3; bit < 16; ++bit) {
    if ((interfaces >> bit & 1) != 0) names.push_back(fmt::format("bit {}", bit));
  }
  return names;
}

std::string mac_text(const std::array<std::uint8_t, 6>& mac, char separator) {
  std::string text;
  for (const std::uint8_t byte : mac) {
    if (!text.empty()) text.push_back(separator);
    text += fmt::format("{:02x}", byte);
  }
  return text;
}

std::string ipv4_text(std::uint32_t address) {
  return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 0xFF, address >> 8 & 0xFF,
                     address & 0xFF);
}

std::string duration_text(base::Duration duration) {
  using namespace std::chrono;
  const auto millis = duration_cast<milliseconds>(duration).count();
  if (millis < 1000) return fmt::format("{} ms", millis);
  if (millis < 60'000) return fmt::format("{}.{} s", millis / 1000, millis % 1000 / 100);
  return fmt::format("{} min {:02} s", millis / 60'000, millis / 1000 % 60);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

}  // namespace updater::report
