// SPDX-License-Identifier: BSD-3-Clause
// The dump of a board's flash with which a person could undo an update: whether it is one, and of
// this board.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "updater/inventory/inventory.h"

namespace updater::update {

enum class BackupIs : std::uint8_t {
  not_named,  ///< nobody spoke of one
  waived,     ///< --without-backup was typed out
  sound,      ///< a whole flash with the code that runs
  unusable,   ///< named, and it is not that
};
const char* name(BackupIs is);

struct Backup {
  BackupIs is = BackupIs::not_named;
  std::string file;
  std::string what;  ///< of a sound one what it holds, of an unusable one what is wrong with it
};

/// Whether `dump`, the contents of `file`, is a whole flash (descriptor, ME region) whose code is
/// sound and is the code that `device` says it runs: the same version, SKU and MAC as far as both
/// tell them. Of a device that runs its recovery code only that has to be sound.
Backup judge_backup(std::string file, base::Bytes dump, const inventory::Inventory& device);

}  // namespace updater::update
