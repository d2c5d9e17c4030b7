// SPDX-License-Identifier: BSD-3-Clause
// What the owner of a real board can do about a number today. `meupdate` writes to no real board
// (refusals development-key and undocumented-protocol), so its own options are no help there.
#pragma once

#include <string>

#include "updater/report/explanations.h"
#include "updater/update/destroying_step.h"

namespace updater::report {

/// With the tools of the board's maker; null: the row's next step holds for a real board, too.
const char* step_on_a_real_board(const KnownNumber& row);

/// What would destroy something and is only left when nothing else helps; null: there is none.
const update::DestroyingStep* last_resort_of(const KnownNumber& row);

/// What the owner of a real board can do, the last resort behind the rest.
std::string owner_steps(const KnownNumber& row);

}  // namespace updater::report
