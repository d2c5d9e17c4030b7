// SPDX-License-Identifier: BSD-3-Clause
// How an update ends: one outcome for each exit status of `meupdate update` once it has begun.
#pragma once

#include <cstdint>

namespace updater::update {

enum class Outcome : std::uint8_t {
  updated,               ///< the device reports the image's version
  restart_needed,        ///< committed; the new version runs after a power cycle
  failed_unchanged,      ///< refused or broken off before anything was committed
  verify_failed,         ///< ended, but the device says that it failed or does not report the
                         ///< image's version
  interrupted_rerun,     ///< broken off; the old firmware runs and takes the same command again
  interrupted_recovery,  ///< broken off; the device runs its recovery code and needs the same
                         ///< command again, or what it runs is not known yet
};
const char* name(Outcome outcome);

}  // namespace updater::update
