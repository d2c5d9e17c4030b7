// SPDX-License-Identifier: BSD-3-Clause
// The backup's part in `meupdate update`: a dump of the board's flash, judged, and the board on
// which the update is rehearsed.
#pragma once

#include "updater/cli/rehearsal_wish.h"
#include "updater/cli/update_command.h"
#include "updater/update/backup.h"

namespace updater::cli {

class UpdateBackup {
 public:
  explicit UpdateBackup(const UpdateOptions& options) : options_(options) {}

  /// Reads the dump where one is named. Errors: those of io::read_file().
  base::Result<void> read();
  /// Once the device has told what it is.
  void judge(const inventory::Inventory& device);
  const update::Backup& backup() const { return backup_; }
  const base::Bytes& dump() const { return dump_; }

 private:
  const UpdateOptions& options_;
  base::Bytes dump_;
  update::Backup backup_;
};

}  // namespace updater::cli
