// SPDX-License-Identifier: BSD-3-Clause
// The TPM's part in `meupdate update`: asked only where the update goes through it.
#pragma once

#include <optional>

#include "updater/cli/command.h"
#include "updater/cli/logged_tpm.h"
#include "updater/cli/open_device.h"
#include "updater/inventory/inventory.h"
#include "updater/tpm/check_owner.h"
#include "updater/update/plan.h"
#include "updater/update/tpm_upload.h"
#include "updater/update/upgrade_talk.h"

namespace updater::cli {

using update::UpgradeTalk;

class UpdateTpm {
 public:
  UpdateTpm(OpenDevice& device, Output& output, UpgradeTalk talk)
      : device_(device), output_(output), talk_(talk) {}

  /// Fills in what the inventory says of the TPM: everything, or why nothing was asked; and
  /// the target that it is. A TPM that is not known to be one board with the ME is sent
  /// nothing but TPM_GetCapability.
  void collect(inventory::Inventory& inventory, update::Targets& targets, update::Via via);
  /// What is known of `secret` by now.
  update::OwnerSecretIs owner_secret(const MaybeSecret& secret) const;
  /// Has the TPM judge `secret`; the inventory's lockout is what it is afterwards.
  /// Errors: Tpm12Link's.
  base::Result<void> try_owner(const tpm::OwnerSecret& secret, Consent consent,
                               inventory::Inventory& inventory);
  /// For carrying out `plan`; nothing for one over HECI.
  std::optional<update::TpmWay> way(const update::Plan& plan, const MaybeSecret& secret);

 private:
  update::Target recognised();
  void ask_upgrade(inventory::TpmInventory& tpm);

  OpenDevice& device_;
  Output& output_;
  UpgradeTalk talk_;
  std::optional<LoggedTpm> transport_;
  std::optional<tpm::Tpm12Link> link_;
  std::optional<tpm::OwnerVerdict> verdict_;
};

}  // namespace updater::cli
