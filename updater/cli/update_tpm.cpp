// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/update_tpm.h"

#include "updater/cli/owner_check.h"

namespace updater::cli {

using base::Errc;
using base::Error;
using base::Result;
using update::OwnerSecretIs;

void UpdateTpm::collect(inventory::Inventory& inventory, update::Targets& targets,
                        update::Via via) {
  if (update::way_of(inventory, via) != update::Way::tpm) {
    inventory.tpm = Error{Errc::not_found, "not asked: the update does not go through it"};
    return;
  }
  const auto transport = device_.tpm();
  if (!transport) {
    inventory.tpm = transport.error();
    return;
  }
  transport_.emplace(**transport, output_.log());
  link_.emplace(*transport_, device_.clock());
  inventory.tpm = inventory::collect_tpm(*transport_, device_.clock());
  if (!inventory.tpm) return;
  targets.tpm = recognised();
  if (may_speak_of_updates(targets, *inventory.tpm, talk_)) ask_upgrade(*inventory.tpm);
}

void UpdateTpm::ask_upgrade(inventory::TpmInventory& tpm) {
  using protocol::tpm::UpgradeState;
  tpm::FieldUpgrade upgrade(*link_);
  tpm.upgrade = upgrade.information();
  const bool under_way = tpm.upgrade && tpm.upgrade->state != UpgradeState::idle &&
                         tpm.upgrade->state != UpgradeState::failed;
  if (under_way) tpm.upload = upgrade.status();
}

/// Behind a socket can be anything; a served board's TPM tells which it is.
update::Target UpdateTpm::recognised() {
  update::Target target = device_.tpm_target();
  if (target.place != update::Place::served) return target;
  const auto board = tpm::Tpm12Client(*link_).board_id();
  if (!board) return target;
  target.board = *board;
  target.nature = update::Nature::simulated;
  return target;
}

OwnerSecretIs UpdateTpm::owner_secret(const MaybeSecret& secret) const {
  if (!secret) return OwnerSecretIs::missing;
  return verdict_ ? update::known_after(*verdict_) : OwnerSecretIs::given;
}

Result<void> UpdateTpm::try_owner(const tpm::OwnerSecret& secret, Consent consent,
                                  inventory::Inventory& inventory) {
  tpm::Tpm12Client client(*link_);
  const auto check = check_owner_carefully(client, secret, consent, output_);
  if (!check) return check.error();
  verdict_ = check->verdict;
  inventory.tpm->lockout = check->lockout;
  return {};
}

std::optional<update::TpmWay> UpdateTpm::way(const update::Plan& plan, const MaybeSecret& secret) {
  if (plan.way != update::Way::tpm) return std::nullopt;
  return update::TpmWay{.link = *link_, .owner = plan.by_owner ? &*secret : nullptr};
}

}  // namespace updater::cli
