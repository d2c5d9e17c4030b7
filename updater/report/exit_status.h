// SPDX-License-Identifier: BSD-3-Clause
// The exit statuses of `meupdate`: the numbers stand here alone; explanations_exit.cpp has the
// words of each, which `meupdate explain` prints.
#pragma once

namespace updater::report {

/// Exit statuses, as the manual lists them.
enum class Exit : int {
  done = 0,
  failed_unchanged = 1,
  usage = 2,
  no_device = 3,
  nothing_to_do = 4,
  refused = 5,
  verify_failed = 6,
  interrupted_rerun = 7,
  interrupted_recovery = 8,
  // The TPM's conditions, before anything is written.
  no_tpm = 20,
  tpm_not_offered = 21,
  tpm_disabled = 22,
  tpm_inactive = 23,
  owner_secret_needed = 24,
  owner_secret_wrong = 25,
  tpm_locked_out = 26,
  presence_needed = 27,
  tpm_self_test_failed = 28,
  last_try = 29,
};

}  // namespace updater::report
