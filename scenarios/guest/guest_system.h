// SPDX-License-Identifier: BSD-3-Clause
// The host system of a story that is a guest: a stock Linux in QEMU runs the real, static meupdate
// through /dev/mei0 and /dev/tpm0, in front of the board that the story has.
#pragma once

#include "scenarios/engine/host_system.h"
#include "scenarios/guest/guest_parts.h"

namespace scenarios::guest {

struct GuestHost {
  GuestParts parts;
  unsigned limit = 300;  ///< seconds of real time for a boot, or for one step
};

/// A guest is booted when a step first needs one, and serves until its board restarts or loses
/// its power.
engine::HostKind in_guest(const GuestHost& host);

}  // namespace scenarios::guest
