// SPDX-License-Identifier: BSD-3-Clause
// How `meupdate update` exits: one status for each way to end.
#pragma once

#include "updater/cli/update_view.h"

namespace updater::cli {

Exit exit_of(update::Outcome outcome);
Exit exit_of(update::Obstacle obstacle);
Exit exit_of(Halt halt);

}  // namespace updater::cli
