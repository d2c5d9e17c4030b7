// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/update_exit.h"

namespace updater::cli {

Exit exit_of(update::Outcome outcome) {
  switch (outcome) {
    case update::Outcome::updated:
    case update::Outcome::restart_needed:
      return Exit::done;
    case update::Outcome::failed_unchanged:
      return Exit::failed_unchanged;
    case update::Outcome::verify_failed:
      return Exit::verify_failed;
    case update::Outcome::interrupted_rerun:
      return Exit::interrupted_rerun;
    case update::Outcome::interrupted_recovery:
      return Exit::interrupted_recovery;
  }
  return Exit::failed_unchanged;
}

Exit exit_of(update::Obstacle obstacle) {
  switch (obstacle) {
    case update::Obstacle::other:
      return Exit::refused;
    case update::Obstacle::no_tpm:
      return Exit::no_tpm;
    case update::Obstacle::tpm_not_offered:
      return Exit::tpm_not_offered;
    case update::Obstacle::tpm_disabled:
      return Exit::tpm_disabled;
    case update::Obstacle::tpm_inactive:
      return Exit::tpm_inactive;
    case update::Obstacle::owner_secret_missing:
      return Exit::owner_secret_needed;
    case update::Obstacle::owner_secret_wrong:
      return Exit::owner_secret_wrong;
    case update::Obstacle::tpm_locked_out:
      return Exit::tpm_locked_out;
    case update::Obstacle::presence_needed:
      return Exit::presence_needed;
    case update::Obstacle::tpm_self_test_failed:
      return Exit::tpm_self_test_failed;
    case update::Obstacle::last_try:
      return Exit::last_try;
  }
  return Exit::refused;
}

Exit exit_of(Halt halt) {
  switch (halt) {
    case Halt::dry_run:
      return Exit::done;
    case Halt::stopped:
      return Exit::interrupted_rerun;
    case Halt::nobody_to_ask:
    case Halt::declined:
    case Halt::shown_alone:
    case Halt::rehearsal_failed:
      return Exit::refused;
  }
  return Exit::refused;
}

}  // namespace updater::cli
