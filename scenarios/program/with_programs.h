// SPDX-License-Identifier: BSD-3-Clause
// The kind of host that stories have on this computer: meupdate runs in this process, and programs
// of others beside it.
#pragma once

#include "scenarios/engine/host_system.h"

namespace scenarios::program {

/// There is no obstacle.
engine::HostKind with_programs();

}  // namespace scenarios::program
