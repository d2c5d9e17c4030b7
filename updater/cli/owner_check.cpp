// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/owner_check.h"

namespace updater::cli {

using base::Result;
using tpm::LastTry;
using tpm::OwnerCheck;
using tpm::OwnerVerdict;

Result<OwnerCheck> check_owner_carefully(tpm::Tpm12Client& client, const tpm::OwnerSecret& secret,
                                         Consent consent, Output& output) {
  auto check = tpm::check_owner(client, secret, LastTry::spare);
  if (!check || check->verdict != OwnerVerdict::last_try) return check;
  output.err("Warning: one more wrong owner's secret may lock the TPM.\n");
  const bool wanted = consent == Consent::given ||
                      (output.console().interactive() && output.confirm("Try it? [y/N] "));
  if (!wanted) return check;
  return tpm::check_owner(client, secret, LastTry::use);
}

Exit exit_for(OwnerVerdict verdict) {
  switch (verdict) {
    case OwnerVerdict::proven:
      return Exit::done;
    case OwnerVerdict::wrong:
      return Exit::owner_secret_wrong;
    case OwnerVerdict::not_owned:
      return Exit::refused;
    case OwnerVerdict::locked_out:
      return Exit::tpm_locked_out;
    case OwnerVerdict::last_try:
      return Exit::last_try;
  }
  return Exit::refused;
}

}  // namespace updater::cli
