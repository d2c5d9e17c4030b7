// SPDX-License-Identifier: BSD-3-Clause
// Whether the firmware's session is free for an update through the TPM, or holds one that can be
// gone on with.
#include "updater/update/checks.h"
#include "updater/update/held_update.h"

namespace updater::update {
namespace {

using inventory::TpmInventory;
using protocol::tpm::UpgradeFeeder;
using protocol::tpm::UpgradeState;

Refusal waits_for_restart() {
  Refusal waiting = refuse(row("update-waits-for-restart"),
                           "An update is written, and waits for the computer to start again.",
                           "Take the power away for half a minute.");
  waiting.again = CommandChange{};
  return waiting;
}

Refusal fed_over_heci() {
  Refusal fed =
      refuse(row("update-over-heci"), "Another program sends the device an update over HECI.",
             "Let that program end, or end it: the firmware forgets an unfinished update with its "
             "connection. Where nobody knows of such a program, restart the computer.");
  fed.again = CommandChange{};
  return fed;
}

Refusal untold(const Question& question, const base::Error& error) {
  return refuse(row("other-update"),
                "An update is under way, and the TPM does not tell which: " + error.doing + ".",
                step_with_power(question, "Take the power away for half a minute, and try again."));
}

Refusal holds_another(const protocol::tpm::UpgradeStatus& status) {
  Refusal other = refuse(
      row("other-update"),
      "The TPM holds an unfinished update of another image: " + described(status) + ".",
      "Finish it with its own image. Or give --abort-other, which takes it away: what it has sent "
      "is lost, and the firmware that runs is untouched.");
  other.again = CommandChange{.abort_other = true};
  return other;
}

std::optional<Refusal> check_upload(const Question& question, const TpmInventory& tpm) {
  if (!tpm.upload) return untold(question, tpm.upload.error());
  if (tpm.upload->feeder != UpgradeFeeder::tpm) return fed_over_heci();
  const bool ours = holds_part_of(*tpm.upload, question.image);
  if (ours || question.options.abort_other) return std::nullopt;
  return holds_another(*tpm.upload);
}

}  // namespace

std::optional<Refusal> check_tpm_session(const Question& question) {
  const TpmInventory& tpm = *question.device.tpm;
  switch (session_state(tpm)) {
    case UpgradeState::idle:
    case UpgradeState::failed:
      return std::nullopt;
    case UpgradeState::verifying:
    case UpgradeState::committing:
      return update_in_progress();
    case UpgradeState::committed:
      return waits_for_restart();
    case UpgradeState::staging:
      return check_upload(question, tpm);
  }
  return update_in_progress();
}

}  // namespace updater::update
