// SPDX-License-Identifier: BSD-3-Clause
#include "updater/inventory/inventory.h"

#include "protocol/generation.h"
#include "protocol/heci/firmware_status.h"
#include "protocol/sku.h"
#include "updater/inventory/not_asked.h"
#include "updater/inventory/questions.h"

namespace updater::inventory {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using protocol::amthi::Feature;

/// Each collect_... asks one client, closes its connection, and tells whether it answered at all.
bool collect_fwu(Inventory& found, mei::MeiDevice& device) {
  Conversation fwu = talk_to_fwu(device);
  found.version = ask_version(fwu);
  if (!found.version) {
    found.info = found.version.error();
    found.update_message_limit = found.version.error();
    return fwu.answered();
  }
  if (const auto limit = fwu.max_message_length()) found.update_message_limit = *limit;
  if (found.version->recovery) {
    found.info = Error{Errc::unsupported,
                       "firmware that answers GET_VERSION in the 47-byte form has no GET_INFO"};
    return true;
  }
  found.info = ask_info(fwu);
  return true;
}

bool collect_mkhi(Inventory& found, mei::MeiDevice& device) {
  Conversation mkhi = talk_to_mkhi(device);
  found.mkhi_version = ask_firmware_version(mkhi);
  found.capabilities = ask_capabilities(mkhi);
  found.local_update = ask_rule(mkhi, protocol::mkhi::kRuleLocalUpdate, "the local update rule");
  found.override_behaviour =
      ask_rule(mkhi, protocol::mkhi::kRuleOverride, "the descriptor override rule");
  return mkhi.answered();
}

bool collect_amthi(Inventory& found, mei::MeiDevice& device) {
  Conversation amthi = talk_to_amthi(device);
  found.code_versions = ask_code_versions(amthi);
  found.provisioning_mode = ask_provisioning_mode(amthi);
  found.provisioning_state = ask_provisioning_state(amthi);
  found.security = ask_security(amthi);
  found.wired = ask_lan(amthi, 0);
  found.wireless = ask_lan(amthi, 1);
  found.redirection = ask_feature(amthi, Feature::redirection);
  found.system_defense = ask_feature(amthi, Feature::system_defense);
  found.web_ui = ask_feature(amthi, Feature::web_ui);
  found.remote_connectivity = ask_remote_connectivity(amthi);
  found.last_host_reset_reason = ask_host_reset_reason(amthi);
  found.amt_state = ask_amt_state(amthi);
  return amthi.answered();
}

/// Of a device that answered nothing: the error that tells most. "No such client" tells least.
Error most_telling(const Inventory& found) {
  for (const Error& error :
       {found.version.error(), found.mkhi_version.error(), found.code_versions.error()}) {
    if (error.code != Errc::not_found && error.code != Errc::unsupported) return error;
  }
  return found.version.error();
}

}  // namespace

Inventory::Inventory()
    : pci_device_id(kNotAsked),
      firmware_status(kNotAsked),
      version(kNotAsked),
      info(kNotAsked),
      update_message_limit(kNotAsked),
      mkhi_version(kNotAsked),
      capabilities(kNotAsked),
      local_update(kNotAsked),
      override_behaviour(kNotAsked),
      code_versions(kNotAsked),
      provisioning_mode(kNotAsked),
      provisioning_state(kNotAsked),
      security(kNotAsked),
      wired(kNotAsked),
      wireless(kNotAsked),
      redirection(kNotAsked),
      system_defense(kNotAsked),
      web_ui(kNotAsked),
      remote_connectivity(kNotAsked),
      last_host_reset_reason(kNotAsked),
      amt_state(kNotAsked),
      tpm(kNotAsked) {}

bool has_amt(std::uint32_t sku) {
  return (sku & (protocol::sku::kAmtPro | protocol::sku::kStandardManageability)) != 0;
}

bool is_absent(const Error& error) {
  return error.code == Errc::not_found || error.code == Errc::unsupported;
}

bool words_tell_recovery(std::span<const std::uint32_t> words, std::uint16_t major) {
  using protocol::heci::Hfs1;
  const auto status = protocol::heci::read_status(words, major);
  if (!status || !status->documented()) return false;
  return status->first()[Hfs1::state] ==
         static_cast<std::uint32_t>(protocol::heci::WorkingState::recovery);
}

std::optional<std::uint16_t> later_major(const Inventory& inventory) {
  if (inventory.version && inventory.version->later) return inventory.version->code.major;
  if (inventory.version || !inventory.mkhi_version) return std::nullopt;
  const std::uint16_t major = inventory.mkhi_version->code.major;
  const auto* row = protocol::find_generation(major);
  const bool has_none =
      row != nullptr && row->version.value == protocol::fwu::VersionForm::from_mkhi;
  return has_none ? std::optional(major) : std::nullopt;
}

bool in_recovery(const Inventory& inventory) {
  if (const auto major = later_major(inventory))
    return words_tell_recovery(inventory.firmware_status_words, *major);
  constexpr protocol::FirmwareVersion none{};
  const auto& mkhi = inventory.mkhi_version;
  if (mkhi) return mkhi->code == none && mkhi->recovery != none;
  return is_absent(mkhi.error()) && inventory.version && has_amt(inventory.version->sku) &&
         !inventory.code_versions && is_absent(inventory.code_versions.error());
}

std::optional<protocol::FirmwareVersion> running_version(const Inventory& inventory) {
  if (in_recovery(inventory) && inventory.mkhi_version) return inventory.mkhi_version->recovery;
  if (inventory.version) return inventory.version->code;
  if (inventory.mkhi_version) return inventory.mkhi_version->code;
  return std::nullopt;
}

std::optional<std::uint8_t> local_update_state(const Inventory& inventory) {
  if (inventory.local_update) return *inventory.local_update;
  if (!inventory.version) return std::nullopt;
  const bool open =
      (inventory.version->enabled_update_interfaces & protocol::fwu::kInterfaceLocal) != 0;
  return open ? protocol::mkhi::kLocalUpdateEnabled : protocol::mkhi::kLocalUpdateDisabled;
}

Result<Inventory> collect(mei::MeiDevice& device) {
  Inventory found;
  found.device = device.name();
  found.simulated = device.simulated();
  found.host = device.host_facts();
  found.pci_device_id = device.pci_device_id();
  const bool fwu = collect_fwu(found, device);
  const bool mkhi = collect_mkhi(found, device);
  const bool amthi = collect_amthi(found, device);
  // Last: an engine that is asked while it starts has started when it answers.
  found.firmware_status = device.firmware_status();
  found.firmware_status_words = device.firmware_status_words();
  if (fwu || mkhi || amthi) return found;
  return most_telling(found);
}

}  // namespace updater::inventory
