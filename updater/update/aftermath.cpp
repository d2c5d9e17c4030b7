// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/aftermath.h"

#include "base/planted.h"
#include "protocol/generation.h"
#include "protocol/update/tool_errors.h"

namespace updater::update {
namespace {

using base::Errc;
using protocol::update::ToolError;

/// From ME 6 on the firmware has numbers of its own.
bool has_own_statuses(const Plan& plan) {
  return protocol::nearest_generation(plan.to.major).statuses.value ==
         protocol::fwu::StatusNumbers::own;
}

/// The firmware's own verdict on an update: a number of the tool family. Smaller ones (the field
/// reports show 1 on a sound machine) have no published meaning.
bool tells_failure(std::uint32_t status, const Plan& plan) {
  if (has_own_statuses(plan)) return status != 0 && status != protocol::mkhi::kUpdateInProgress;
  return status >= protocol::update::number(ToolError::sku_mismatch);
}

bool is_after_end(Stopped stopped) {
  return stopped == Stopped::ending || stopped == Stopped::committing;
}

bool same_version(const Plan& plan) {
  return plan.to == plan.from && !plan.recovery_mode;
}

bool runs_new_code(const Aftermath& what) {
  const DeviceState& device = *what.sight.device;
  return device.running == Running::operational && device.version == what.plan.to;
}

/// Another version that runs has been written, whatever else the device says. Where the same
/// version was sent, only a device that was seen at work may have had it.
bool runs_what_was_sent(const Aftermath& what) {
  return runs_new_code(what) && (!same_version(what.plan) || what.was_busy || what.was_restarting);
}

bool runs_what_it_ran(const Aftermath& what) {
  const DeviceState& device = *what.sight.device;
  if (what.plan.recovery_mode) return device.running == Running::recovery;
  return device.running == Running::operational && device.version == what.plan.from;
}

/// This update's failure: a status that stood there before tells nothing of it until the device was
/// seen at work.
bool failed(const Aftermath& what) {
  if (runs_new_code(what) && !same_version(what.plan)) return false;
  const std::uint32_t status = what.sight.device->update_status;
  if (!tells_failure(status, what.plan)) return false;
  return what.was_busy || (is_after_end(what.stopped) && status != what.plan.status_before);
}

/// A no ends nothing but this update. The TPM's own no to a start is one as well: nothing
/// has begun.
bool was_declined(const Aftermath& what) {
  if (!what.error) return false;
  const bool by_tpm = what.stopped == Stopped::starting && what.error->code == Errc::permission;
  return by_tpm || is_refusal(*what.error);
}

/// Where the TPM does not tell, it may.
bool may_hold(const Aftermath& what) {
  if (what.plan.way != Way::tpm || what.stopped == Stopped::committing) return false;
  return what.sight.session == SessionState::holding || what.sight.session == SessionState::untold;
}

/// Of a device that answers and is at rest.
Seen at_rest(const Aftermath& what) {
  const bool declined = was_declined(what) && runs_what_it_ran(what);
  if (declined && says_in_progress(*what.error)) {
    if (what.stopped == Stopped::starting) return Seen::occupied;
  } else if (declined) {
    return Seen::declined;
  }
  if (what.sight.device->running == Running::recovery) return Seen::recovery;
  if (failed(what)) return Seen::failed;
  if (!runs_what_it_ran(what)) return Seen::other;
  return may_hold(what) ? Seen::holding : Seen::unchanged;
}

bool is_updated(const Aftermath& what) {
  if (base::planted(base::PlantedBug::success_before_commit) &&
      what.stopped == Stopped::committing && !what.error)
    return true;
  if (!is_after_end(what.stopped) || failed(what)) return false;
  return what.error ? runs_what_was_sent(what) : runs_new_code(what);
}

}  // namespace

bool is_refusal(const base::Error& error) {
  return error.code == Errc::refused;
}

bool says_in_progress(const base::Error& error) {
  return is_refusal(error) &&
         (error.status == protocol::update::number(ToolError::update_in_progress) ||
          error.status == protocol::mkhi::kUpdateInProgress);
}

bool is_decided(const Aftermath& what) {
  const DeviceState& device = *what.sight.device;
  return device.running == Running::recovery || runs_what_was_sent(what) || failed(what) ||
         (what.error && what.sight.session == SessionState::holding);
}

std::optional<Seen> judge(const Aftermath& what) {
  if (!what.sight.device) return Seen::silent;
  if (what.sight.busy()) return Seen::busy;
  const DeviceState& device = *what.sight.device;
  // From ME 6 on recovery code has nothing else to say of an update that it has written. An engine
  // that restarted meanwhile, or came into recovery, has lost the update: nothing waits there.
  const bool own = has_own_statuses(what.plan);
  const bool may_wait =
      (device.running == Running::operational || (own && what.plan.recovery_mode)) &&
      !(own && what.was_restarting);
  if (what.waits_for_platform && may_wait && !failed(what)) return Seen::waiting;
  if (is_updated(what)) return std::nullopt;
  return at_rest(what);
}

}  // namespace updater::update
