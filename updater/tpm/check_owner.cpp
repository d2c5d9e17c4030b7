// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/check_owner.h"

namespace updater::tpm {

using base::Error;
using base::Result;
using namespace protocol::tpm;

namespace {

Result<void> prove(Tpm12Client& tpm, const OwnerSecret& secret) {
  const auto permanent = tpm.permanent_flags();
  if (!permanent) return permanent.error();
  const auto now = tpm.volatile_flags();
  if (!now) return now.error();
  if (permanent->disable || now->deactivated) {
    return set_disabled(tpm.link(), secret, permanent->disable ? Setting::on : Setting::off);
  }
  const auto key = run_as_owner(tpm.link(), secret, Ordinal::owner_read_internal_pub,
                                owner_read_internal_pub_params(kHandleSrk));
  if (!key) return key.error();
  return {};
}

/// What the TPM tells before anybody tries a secret.
struct Standing {
  Tpm12Client::Owner owner;
  LockoutState lockout;
};

Result<Standing> look(Tpm12Client& tpm) {
  const auto owner = tpm.owner();
  if (!owner) return owner.error();
  const auto lockout = tpm.lockout();
  if (!lockout) return lockout.error();
  return Standing{*owner, *lockout};
}

std::optional<OwnerVerdict> verdict_without_secret(const Standing& standing) {
  if (standing.owner == Tpm12Client::Owner::none) return OwnerVerdict::not_owned;
  if (standing.lockout.active) return OwnerVerdict::locked_out;
  return std::nullopt;
}

bool is_last_try(const LockoutState& lockout) {
  const auto left = lockout.tries_left();
  return left && *left <= 1;
}

std::optional<OwnerVerdict> verdict_of(const Result<void>& proof) {
  if (proof) return OwnerVerdict::proven;
  if (is(proof.error(), ReturnCode::auth_fail)) return OwnerVerdict::wrong;
  if (is(proof.error(), ReturnCode::defend_lock_running)) return OwnerVerdict::locked_out;
  if (is(proof.error(), ReturnCode::no_srk)) return OwnerVerdict::not_owned;
  return std::nullopt;
}

}  // namespace

const char* name(OwnerVerdict verdict) {
  switch (verdict) {
    case OwnerVerdict::proven:
      return "proven";
    case OwnerVerdict::wrong:
      return "wrong";
    case OwnerVerdict::not_owned:
      return "not_owned";
    case OwnerVerdict::locked_out:
      return "locked_out";
    case OwnerVerdict::last_try:
      return "last_try";
  }
  return "unknown";
}

Result<std::optional<OwnerCheck>> check_without_secret(Tpm12Client& tpm) {
  const auto standing = look(tpm);
  if (!standing) return standing.error();
  const auto verdict = verdict_without_secret(*standing);
  if (!verdict) return std::optional<OwnerCheck>();
  return std::optional<OwnerCheck>({*verdict, standing->lockout});
}

Result<OwnerCheck> check_owner(Tpm12Client& tpm, const OwnerSecret& secret, LastTry last_try) {
  const auto before = look(tpm);
  if (!before) return before.error();
  if (const auto verdict = verdict_without_secret(*before))
    return OwnerCheck{*verdict, before->lockout};
  if (is_last_try(before->lockout) && last_try == LastTry::spare)
    return OwnerCheck{OwnerVerdict::last_try, before->lockout};
  const auto proof = prove(tpm, secret);
  const auto verdict = verdict_of(proof);
  if (!verdict) return proof.error();
  const auto after = tpm.lockout();
  if (!after) return after.error();
  return OwnerCheck{*verdict, *after};
}

}  // namespace updater::tpm
