// SPDX-License-Identifier: BSD-3-Clause
// An update carried out beforehand, by the same code, on a simulated board made of a dump. Nothing
// outside this process is touched, and its time is simulated.
#pragma once

#include "updater/cli/rehearsal_wish.h"
#include "updater/update/rehearsal.h"

namespace updater::cli {

update::Rehearsal rehearse(const RehearsalWish& wish);

}  // namespace updater::cli
