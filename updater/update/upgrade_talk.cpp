// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/upgrade_talk.h"

namespace updater::update {

bool may_speak_of_updates(const Targets& targets, const inventory::TpmInventory& tpm,
                          UpgradeTalk talk) {
  if (!is_intel(tpm) || one_board(targets) == OneBoard::not_known) return false;
  return talk == UpgradeTalk::to_any || !may_be_real(*targets.tpm);
}

}  // namespace updater::update
