// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/exit_status_help.h"
#include "updater/cli/shared_options.h"
#include "updater/cli/tpm_status_command.h"

namespace updater::cli {
namespace {

constexpr const char* kTpmStatusFooter = R"(
Nothing is authorised and nothing is changed. No Management Engine is needed but for a simulated machine's TPM.

Examples:
  meupdate tpm status
  meupdate tpm status --device sim:esprimo-e5730
  meupdate tpm status --tpm swtpm:/run/swtpm/data.sock --format json)";

}  // namespace

CLI::App* add_tpm_status(CLI::App& tpm, TpmStatusOptions& options) {
  CLI::App& status = *tpm.add_subcommand("status", "Show what the TPM is and its state");
  add_device(status, options.device);
  add_tpm_device(status, options.device);
  add_text_or_json(status, options.format);
  add_log(status, options.log);
  status.footer(kTpmStatusFooter + ("\n\n" + exit_status_help("tpm status")));
  return &status;
}

}  // namespace updater::cli
