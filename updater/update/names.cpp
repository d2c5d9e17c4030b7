// SPDX-License-Identifier: BSD-3-Clause
// Stable names of phases and outcomes, for progress lines, JSON and scenarios.
#include "updater/update/carry_out.h"

namespace updater::update {

const char* name(PowerSource power) {
  switch (power) {
    case PowerSource::untold:
      return "untold";
    case PowerSource::mains:
      return "mains";
    case PowerSource::battery:
      return "battery";
  }
  return "untold";
}

const char* name(Opening opening) {
  switch (opening) {
    case Opening::anew:
      return "anew";
    case Opening::going_on:
      return "going-on";
    case Opening::after_abort:
      return "after-abort";
  }
  return "anew";
}

const char* name(Phase phase) {
  switch (phase) {
    case Phase::starting:
      return "starting";
    case Phase::transferring:
      return "transferring";
    case Phase::verifying:
      return "verifying";
    case Phase::committing:
      return "committing";
    case Phase::restarting:
      return "restarting";
    case Phase::checking:
      return "checking";
    case Phase::done:
      return "done";
  }
  return "unknown";
}

const char* name(Outcome outcome) {
  switch (outcome) {
    case Outcome::updated:
      return "updated";
    case Outcome::restart_needed:
      return "restart-needed";
    case Outcome::failed_unchanged:
      return "failed-unchanged";
    case Outcome::verify_failed:
      return "verify-failed";
    case Outcome::interrupted_rerun:
      return "interrupted-rerun";
    case Outcome::interrupted_recovery:
      return "interrupted-recovery";
  }
  return "unknown";
}

}  // namespace updater::update
