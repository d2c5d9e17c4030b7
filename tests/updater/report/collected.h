// SPDX-License-Identifier: BSD-3-Clause
// What is found out on the Esprimo with a TPM beside it.
#pragma once

#include "tests/updater/inventory/esprimo.h"
#include "tests/updater/inventory/scripted_tpm.h"
#include "updater/inventory/inventory.h"

namespace tests {

inline updater::inventory::Inventory collected(const Esprimo& board, ScriptedTpm tpm = {}) {
  WaitingClock clock;
  ScriptedDevice device(clock);
  become(device, board);
  updater::inventory::Inventory found = updater::inventory::collect(device).value();
  found.era_tools = board.era_tools;
  found.tpm = updater::inventory::collect_tpm(tpm, clock);
  return found;
}

}  // namespace tests
