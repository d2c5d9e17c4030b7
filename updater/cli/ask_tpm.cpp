// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/ask_tpm.h"

#include "updater/cli/logged_tpm.h"

namespace updater::cli {

base::Result<inventory::TpmInventory> ask_tpm(OpenDevice& device, LogFile& log) {
  const auto transport = device.tpm();
  if (!transport) return transport.error();
  LoggedTpm logged(**transport, log);
  return inventory::collect_tpm(logged, device.clock());
}

}  // namespace updater::cli
