// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/update_backup.h"

#include "updater/cli/open_device.h"
#include "updater/io/read_file.h"

namespace updater::cli {

base::Result<void> UpdateBackup::read() {
  if (options_.without_backup) backup_.is = update::BackupIs::waived;
  if (options_.backup.empty()) return {};
  auto file = io::read_file(options_.backup);
  if (!file) return file.error();
  dump_ = std::move(file).value();
  return {};
}

void UpdateBackup::judge(const inventory::Inventory& device) {
  if (!dump_.empty()) backup_ = update::judge_backup(options_.backup, dump_, device);
}

update::Rehearsal DeviceOpener::rehearse(const RehearsalWish&) {
  return {.end = update::RehearsalEnd::not_possible,
          .what = "there are no simulated boards here",
          .apart = {},
          .took = {}};
}

}  // namespace updater::cli
