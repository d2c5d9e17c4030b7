// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/exit_status_help.h"
#include "updater/cli/shared_options.h"
#include "updater/cli/tpm_check_owner_command.h"

namespace updater::cli {
namespace {

constexpr const char* kCheckOwnerFooter = R"(
The TPM is asked for something that only its owner may read. A wrong secret is counted by the TPM; too many start a lockout,
so the last try is asked about first. Without an option the passphrase is asked for on the terminal and not shown. It is
never taken from the command line, and appears in no log.

Examples:
  meupdate tpm check-owner
  meupdate tpm check-owner --owner-passphrase-file ./secret --owner-encoding utf-16le)";

}  // namespace

CLI::App* add_check_owner(CLI::App& tpm, CheckOwnerOptions& options) {
  CLI::App& check =
      *tpm.add_subcommand("check-owner", "Prove the TPM owner's secret; changes nothing");
  add_device(check, options.device);
  add_tpm_device(check, options.device);
  add_owner(check, options.owner);
  check.add_flag("-y,--yes", options.yes, "use even the last try before a lockout, without asking");
  add_text_or_json(check, options.format);
  add_log(check, options.log);
  check.footer(kCheckOwnerFooter + ("\n\n" + exit_status_help("tpm check-owner")));
  return &check;
}

}  // namespace updater::cli
