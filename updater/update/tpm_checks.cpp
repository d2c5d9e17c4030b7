// SPDX-License-Identifier: BSD-3-Clause
// Reasons that lie in the TPM, for an update that goes through it.
#include <fmt/format.h>

#include "protocol/tpm/return_codes.h"
#include "updater/update/checks.h"
#include "updater/update/destroying_step.h"
#include "updater/update/held_update.h"

namespace updater::update {
namespace {

using inventory::TpmInventory;
using protocol::tpm::ReturnCode;

/// Once check_tpm_is_there() has not objected.
const TpmInventory& tpm_of(const Question& question) {
  return *question.device.tpm;
}

bool speaks_our_upgrade(const TpmInventory& tpm) {
  using namespace protocol::tpm;
  return tpm.upgrade && tpm.upgrade->layout >= kFirstUpgradeLayout &&
         tpm.upgrade->layout <= kUpgradeLayout;
}

bool is_bad_ordinal(const base::Error& error) {
  return error.code == base::Errc::refused &&
         error.status == protocol::tpm::number(ReturnCode::bad_ordinal);
}

std::string time_left(const tpm::LockoutState& lockout) {
  if (!lockout.seconds_left) return "until its lockout ends";
  const std::uint32_t seconds = *lockout.seconds_left;
  return fmt::format("for another {} min {:02} s", seconds / 60, seconds % 60);
}

/// A device whose MKHI client is there and tells no version may run its recovery code, which has no
/// TPM; one question may have been lost.
const char* step_without_tpm(const inventory::Inventory& device) {
  if (inventory::in_recovery(device))
    return "Leave --via tpm out: the recovery code takes the update over HECI.";
  const bool untold = !device.mkhi_version && !inventory::is_absent(device.mkhi_version.error());
  return untold ? "Nor does the device tell which code it runs; its recovery code has no TPM. "
                  "Run the same command again."
                : "Switch the TPM on in the BIOS set-up, or name it with --tpm.";
}

}  // namespace

std::optional<Refusal> check_tpm_is_there(const Question& question) {
  if (question.device.tpm) return std::nullopt;
  if (question.device.tpm.error().code == base::Errc::busy) {
    return refuse(
        row("tpm-in-use"),
        "Another program has the TPM: " + question.device.tpm.error().doing + ".",
        "Stop that program (tcsd: \"systemctl stop trousers\"). Run the same command again.");
  }
  const bool recovery = inventory::in_recovery(question.device);
  Refusal no_tpm = refuse(row("no-tpm"),
                          "The update would go through the TPM, and there is none: " +
                              question.device.tpm.error().doing + ".",
                          step_with_power(question, step_without_tpm(question.device)));
  if (recovery) no_tpm.again = CommandChange{.over_heci = true};
  return no_tpm;
}

std::optional<Refusal> check_tpm_self_test(const Question& question) {
  if (tpm_of(question).start_up != tpm::StartUp::self_test_failed) return std::nullopt;
  return refuse(row("tpm-self-test-failed"),
                "The TPM's self-test has failed, and it has shut down.",
                step_with_power(question,
                                "Take the power away for half a minute and look at `meupdate tpm "
                                "status`. If it stays, ask the board's maker."));
}

std::optional<Refusal> check_tpm_tells(const Question& question) {
  const TpmInventory& tpm = tpm_of(question);
  if (tpm.start_up == tpm::StartUp::not_started) {
    return refuse(row("tpm-not-started"), "The BIOS has not started the TPM.",
                  "Switch the TPM on in the BIOS set-up and restart.");
  }
  if (tpm.permanent && tpm.this_boot && tpm.owned && tpm.lockout) return std::nullopt;
  return refuse(row("tpm-silent"), "The TPM does not tell its state.",
                step_with_power(question,
                                "`meupdate tpm status` says what is missing and why; take the "
                                "power away for half a minute and try again."));
}

std::optional<Refusal> check_tpm_offers(const Question& question) {
  const TpmInventory& tpm = tpm_of(question);
  const char* next_step =
      "Name the TPM inside the Management Engine with --tpm; `meupdate tpm status` shows each.";
  if (!inventory::is_intel(tpm)) {
    return refuse(row("tpm-foreign"), "The TPM is not the one inside an Intel Management Engine.",
                  next_step);
  }
  const bool unknown =
      !tpm.takes_upgrade.value_or(true) || (!tpm.upgrade && is_bad_ordinal(tpm.upgrade.error()));
  if (unknown) {
    return refuse(row("tpm-not-offered"),
                  "The TPM does not know the command that updates it (TPM_FieldUpgrade).",
                  next_step);
  }
  if (speaks_our_upgrade(tpm)) return std::nullopt;
  if (!tpm.upgrade && tpm.upgrade.error().code != base::Errc::protocol) {
    return refuse(
        row("tpm-silent"),
        "The TPM does not tell whether it takes an update: " + tpm.upgrade.error().doing + ".",
        step_with_power(question,
                        "Try again; take the power away for half a minute if it stays so."));
  }
  return refuse(row("tpm-other-protocol"),
                "The TPM's TPM_FieldUpgrade is not the one this program speaks" +
                    (tpm.upgrade ? "." : ": " + tpm.upgrade.error().doing + "."),
                "Use the board maker's tool.");
}

std::optional<Refusal> check_owner_secret_given(const Question& question) {
  const bool owned = *tpm_of(question).owned;
  if (!owned || question.options.owner_secret != OwnerSecretIs::missing) return std::nullopt;
  return refuse(
      row("tpm-owned"), "The TPM has an owner, and only its owner may update it.",
      with_last_resort("Give the owner's secret (--owner-passphrase-file, --owner-secret-file).",
                       "tpm-clear"));
}

std::optional<Refusal> check_lockout(const Question& question) {
  const TpmInventory& tpm = tpm_of(question);
  const bool locked = (*tpm.owned && tpm.lockout->active) ||
                      question.options.owner_secret == OwnerSecretIs::locked_out;
  if (!locked) return std::nullopt;
  return refuse(
      row("tpm-locked-out"),
      "Too many wrong secrets were given: the TPM takes none " + time_left(*tpm.lockout) + ".",
      "Leave the computer on and wait that long; a restart begins the time anew.");
}

std::optional<Refusal> check_tpm_enabled(const Question& question) {
  const TpmInventory& tpm = tpm_of(question);
  if (!tpm.permanent->disable || tpm.upgrade->works_inactive) return std::nullopt;
  return refuse(row("tpm-disabled"), "The TPM is disabled.",
                "Enable it in the BIOS set-up, or let its owner enable it, and restart.");
}

std::optional<Refusal> check_tpm_active(const Question& question) {
  const TpmInventory& tpm = tpm_of(question);
  if (!tpm.this_boot->deactivated || tpm.upgrade->works_inactive) return std::nullopt;
  const bool until_restart = !tpm.permanent->deactivated;
  return refuse(row("tpm-inactive"),
                until_restart ? "The TPM is inactive until the computer starts again."
                              : "The TPM is inactive.",
                until_restart ? "Restart the computer; if it is inactive then, too, the BIOS "
                                "hides it: show it in the BIOS set-up."
                              : "Activate it in the BIOS set-up and restart.");
}

std::optional<Refusal> check_owner_secret_right(const Question& question) {
  if (question.options.owner_secret == OwnerSecretIs::wrong) {
    return refuse(row("tpm-owner-wrong"),
                  "The TPM says that this is not its owner's secret, and has counted it.",
                  "Check the passphrase and --owner-encoding (Windows hashes UTF-16LE, tpm-tools "
                  "ASCII) with `meupdate tpm check-owner`.");
  }
  if (question.options.owner_secret != OwnerSecretIs::last_try) return std::nullopt;
  return refuse(row("tpm-last-try"),
                "One more wrong owner's secret may lock the TPM, so it was not tried.",
                "Be sure of the secret, then give -y; or wait until the TPM has forgotten a wrong "
                "one (`meupdate tpm status`).");
}

std::optional<Refusal> check_presence(const Question& question) {
  const TpmInventory& tpm = tpm_of(question);
  if (*tpm.owned || tpm.upgrade->unowned_allowed) return std::nullopt;
  const bool locked = tpm.this_boot->physical_presence_lock;
  return refuse(
      locked ? row("tpm-presence-locked") : row("tpm-presence-needed"),
      std::string(
          "The TPM has no owner and takes an update only from somebody physically present") +
          (locked ? ", which the BIOS has ruled out until the next start." : "."),
      "Allow the update of an unowned TPM in the BIOS set-up and restart, or take ownership of it "
      "and give the owner's secret.");
}

}  // namespace updater::update
