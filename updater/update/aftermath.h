// SPDX-License-Identifier: BSD-3-Clause
// What an update that ended, or stopped, left behind: judged from what the device was seen doing
// since. Pure.
#pragma once

#include <optional>

#include "updater/update/device_state.h"
#include "updater/update/plan.h"
#include "updater/update/ways_home.h"

namespace updater::update {

/// Everything that tells.
struct Aftermath {
  const Plan& plan;
  Stopped stopped = Stopped::starting;
  std::optional<base::Error> error;  ///< what stopped it; nothing: its end was accepted
  bool waits_for_platform = false;   ///< so the answer to its end said
  bool was_busy = false;             ///< after its end: the device said that it was updating
  bool was_restarting = false;       ///< after its end: it answered, and then did not
  Sight sight;                       ///< the last look
};

/// The device has settled what became of the update: there is nothing more to wait for.
bool is_decided(const Aftermath& what);

/// How it was seen; nothing: it runs what it was sent.
std::optional<Seen> judge(const Aftermath& what);

/// The firmware answered `error`'s command with another number than success.
bool is_refusal(const base::Error& error);
/// It answered that an update is in progress (8708).
bool says_in_progress(const base::Error& error);

}  // namespace updater::update
