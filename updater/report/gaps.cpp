// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/gaps.h"

namespace updater::report {
namespace {

template <class T>
void note(std::vector<Gap>& found, const char* name, const inventory::Answer<T>& fact) {
  if (!fact) found.push_back({.fact = name, .error = fact.error()});
}

}  // namespace

std::vector<Gap> gaps(const inventory::Inventory& i) {
  std::vector<Gap> found;
  note(found, "pci_device_id", i.pci_device_id);
  note(found, "firmware_status", i.firmware_status);
  note(found, "version", i.version);
  note(found, "info", i.info);
  note(found, "update_message_limit", i.update_message_limit);
  note(found, "mkhi_version", i.mkhi_version);
  note(found, "capabilities", i.capabilities);
  note(found, "local_update", i.local_update);
  note(found, "override_behaviour", i.override_behaviour);
  note(found, "code_versions", i.code_versions);
  note(found, "provisioning_mode", i.provisioning_mode);
  note(found, "provisioning_state", i.provisioning_state);
  note(found, "security", i.security);
  note(found, "wired", i.wired);
  note(found, "wireless", i.wireless);
  note(found, "redirection", i.redirection);
  note(found, "system_defense", i.system_defense);
  note(found, "web_ui", i.web_ui);
  note(found, "remote_connectivity", i.remote_connectivity);
  note(found, "last_host_reset_reason", i.last_host_reset_reason);
  note(found, "amt_state", i.amt_state);
  note(found, "tpm", i.tpm);
  if (!i.tpm) return found;
  const std::vector<Gap> inside = tpm_gaps(*i.tpm);
  found.insert(found.end(), inside.begin(), inside.end());
  return found;
}

std::vector<Gap> tpm_gaps(const inventory::TpmInventory& i) {
  std::vector<Gap> found;
  note(found, "tpm.vendor", i.vendor);
  note(found, "tpm.version", i.version);
  note(found, "tpm.permanent", i.permanent);
  note(found, "tpm.this_boot", i.this_boot);
  note(found, "tpm.owned", i.owned);
  note(found, "tpm.lockout", i.lockout);
  note(found, "tpm.takes_upgrade", i.takes_upgrade);
  return found;
}

}  // namespace updater::report
