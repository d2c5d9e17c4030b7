// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/exit_status_help.h"

#include "base/promise.h"
#include "updater/report/exit_status.h"

namespace updater::cli {
namespace {

constexpr std::size_t kColumns = 100;

constexpr ExitRow row(std::string_view command, report::Exit status, std::string_view meaning) {
  return {.command = command, .status = static_cast<int>(status), .meaning = meaning};
}

using report::Exit;

/// What each command can end with; a number that all have is told once, by the program.
constexpr ExitRow kRows[] = {
    row("", Exit::done, "done"),
    row("", Exit::failed_unchanged, "failed and unchanged"),
    row("", Exit::usage, "wrong usage"),
    row("", Exit::no_device, "no device"),
    row("", Exit::nothing_to_do, "nothing to do"),
    row("", Exit::refused, "refused (a condition is not met; nothing was written)"),
    row("", Exit::verify_failed, "verification failed"),
    row("", Exit::interrupted_rerun, "interrupted: run the printed command again"),
    row("", Exit::interrupted_recovery, "interrupted and recovery needed: run the printed command"),
    row("", Exit::no_tpm, "no TPM"),
    row("", Exit::tpm_not_offered, "this TPM offers no update"),
    row("", Exit::tpm_disabled, "TPM disabled"),
    row("", Exit::tpm_inactive, "TPM inactive"),
    row("", Exit::owner_secret_needed, "its owner's secret needed"),
    row("", Exit::owner_secret_wrong, "its owner's secret wrong"),
    row("", Exit::tpm_locked_out, "locked out"),
    row("", Exit::presence_needed, "physical presence needed"),
    row("", Exit::tpm_self_test_failed, "the TPM's self-test failed"),
    row("", Exit::last_try, "not tried: the last try before a lockout"),
    row("image", Exit::done, "sound"),
    row("image", Exit::verify_failed, "not sound or no image"),
    row("collect", Exit::done, "written or listed"),
    row("collect", Exit::failed_unchanged, "the file could not be written"),
    row("collect", Exit::refused, "not confirmed"),
    row("update", Exit::done, "updated"),
    row("update", Exit::failed_unchanged, "failed and unchanged"),
    row("update", Exit::nothing_to_do, "already there"),
    row("update", Exit::refused, "refused"),
    row("update", Exit::verify_failed, "not verified"),
    row("update", Exit::interrupted_rerun, "run it again"),
    row("update", Exit::interrupted_recovery, "recovery needed"),
    row("update", Exit::no_tpm, "and above: a condition of the TPM"),
    row("tpm", Exit::done, "it answered or the secret is its owner's"),
    row("tpm", Exit::no_tpm, "and above: a condition of the TPM"),
    row("tpm status", Exit::done, "it answered"),
    row("tpm status", Exit::no_tpm, "there is no TPM or it does not answer"),
    row("tpm check-owner", Exit::done, "proven"),
    row("tpm check-owner", Exit::refused, "there is no owner"),
    row("tpm check-owner", Exit::no_tpm, "no TPM"),
    row("tpm check-owner", Exit::owner_secret_needed, "no secret given"),
    row("tpm check-owner", Exit::owner_secret_wrong, "wrong"),
    row("tpm check-owner", Exit::tpm_locked_out, "locked out"),
    row("tpm check-owner", Exit::tpm_self_test_failed, "the TPM's self-test failed"),
    row("tpm check-owner", Exit::last_try, "not tried: it was the last try"),
};

std::string words_of(const ExitRow& row) {
  const std::string meaning(row.meaning);
  return row.status ? std::to_string(*row.status) + " " + meaning : meaning;
}

}  // namespace

std::string exit_status_help(std::span<const ExitRow> rows, std::string_view command) {
  std::string text = "Exit status:";
  std::size_t column = text.size();
  std::string_view between;
  for (const ExitRow& each : rows) {
    if (each.command != command) continue;
    const std::string words = words_of(each);
    text += between;
    if (column + 2 + words.size() > kColumns) {
      text += '\n';
      column = 0;
    } else {
      text += ' ';
    }
    text += words;
    column += 2 + words.size();
    between = ",";
  }
  MEBENCH_PROMISE(!between.empty(), "every command has a row");
  return text + ".\n";
}

std::string exit_status_help(std::string_view command) {
  return exit_status_help(kRows, command);
}

}  // namespace updater::cli
