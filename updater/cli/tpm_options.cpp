// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/exit_status_help.h"
#include "updater/cli/tpm_commands.h"

namespace updater::cli {
namespace {

constexpr const char* kTpmFooter = R"(
Neither changes anything, but the TPM counts a wrong secret. An update through the TPM is `meupdate update --via tpm`.

Examples:
  meupdate tpm status                                   is it there, owned, active?
  meupdate tpm check-owner --owner-passphrase-file ./secret

)";

}  // namespace

CLI::App* add_tpm(CLI::App& app) {
  CLI::App* tpm = app.add_subcommand("tpm", "The TPM: its state, its owner's secret");
  tpm->require_subcommand(1);
  tpm->footer(kTpmFooter + exit_status_help("tpm") + "`meupdate explain 20`, and so on.");
  return tpm;
}

}  // namespace updater::cli
