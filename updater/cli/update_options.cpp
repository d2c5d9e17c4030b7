// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/exit_status_help.h"
#include "updater/cli/shared_options.h"
#include "updater/cli/update_command.h"

namespace updater::cli {
namespace {

constexpr const char* kUpdateFooter = R"(
The update goes as the device wants it: over HECI, or through its TPM, whose owner then has to authorise it. The plan is
shown first and has to be confirmed; without a terminal it is refused unless -y is given. Ctrl-C while data is
transferred stops between two messages and leaves the old firmware; once the firmware verifies and writes, it is not asked
to stop. Real devices are refused unless --accept-undocumented-protocol is given: nothing public documents how firmware of
this generation takes an update. They also want a backup: --backup names a dump of the board's flash, on which the update
is rehearsed first, or --without-backup is typed out. A TPM has to be known to be on the device's own board: that of the same sim: machine, the
socket of the same `mesim serve`, or this computer's beside this computer's ME.

Examples:
  meupdate update 5.2.70.1046.bin --dry-run
  meupdate update new.bin --device sim:esprimo-e5730 --set settings.enabled_update_interfaces=1 --state ./board -y
  meupdate update new.bin -y --progress-fd 3 3>progress.jsonl
  meupdate update new.bin --backup dump.bin --dry-run
  meupdate update new.bin --via tpm --owner-passphrase-file ./secret --owner-encoding utf-16le

)";

/// What is done unasked, and what is taken though it is unusual.
void add_permissions(CLI::App& update, UpdateOptions& options) {
  update.add_flag("-y,--yes", options.yes, "do not ask before writing");
  update.add_flag("--dry-run", options.dry_run, "show the plan and write nothing");
  update.add_flag("--allow-downgrade", options.allow_downgrade,
                  "take an image older than what runs");
  update.add_flag("--allow-same-version", options.allow_same_version,
                  "write the version that already runs again");
  update.add_flag("--abort-other", options.abort_other,
                  "take an unfinished update of another image out of the TPM first");
}

/// What a real device wants before it is written to.
void add_real_device(CLI::App& update, UpdateOptions& options) {
  update.add_flag("--accept-undocumented-protocol", options.accept_undocumented_protocol,
                  "write to a real device although its update protocol is not publicly documented");
  CLI::Option* backup =
      update
          .add_option("--backup", options.backup,
                      "dump of this board's whole flash: checked, and the update rehearsed on it")
          ->option_text("FILE");
  update
      .add_flag("--without-backup", options.without_backup,
                "write to a real device although nothing could undo it")
      ->excludes(backup);
}

void add_update_format(CLI::App& update, UpdateFormat& format) {
  Choices<UpdateFormat> formats = {{"text", {Format::text}},
                                   {"json", {Format::json}},
                                   {"fwupdlcl", {Format::fwupdlcl}},
                                   {"fwupdlcl-terse", {Format::fwupdlcl_terse}}};
  std::string later;
  for (const protocol::tools::Fwupdlcl& each : protocol::tools::kFwupdlcl) {
    if (each.format.empty()) continue;
    formats.emplace_back(each.format, UpdateFormat{Format::fwupdlcl, &each});
    later += (later.empty() ? "" : ", ") + std::string(each.format);
  }
  add_choice(update, "--format", format, formats,
             "fwupdlcl: as the era's tool prints it with -verbose; fwupdlcl-terse: without; " +
                 later + ": as that generation's does");
}

}  // namespace

CLI::App* add_update(CLI::App& app, UpdateOptions& options) {
  CLI::App& update =
      *app.add_subcommand("update", "Update the firmware: plan, confirm, write, check");
  update.add_option("IMAGE", options.file, "update image, ME region or whole flash")->required();
  add_device(update, options.device);
  add_tpm_device(update, options.device);
  add_update_format(update, options.format);
  add_choice(
      update, "--via", options.via,
      {{"auto", update::Via::automatic}, {"heci", update::Via::heci}, {"tpm", update::Via::tpm}},
      "auto (default): as the device wants it; heci; tpm: TPM_FieldUpgrade");
  add_owner(update, options.owner);
  add_permissions(update, options);
  update
      .add_option("--password-file", options.password_file,
                  "first line: the MEBx password, where the device wants it; a pipe will do")
      ->option_text("FILE");
  update
      .add_option("--progress-fd", options.progress_fd,
                  "write progress as JSON lines to this open file descriptor")
      ->option_text("N");
  add_log(update, options.log);
  add_real_device(update, options);
  update.footer(kUpdateFooter + exit_status_help("update") +
                "`meupdate explain 24` tells what to do about that number.");
  return &update;
}

}  // namespace updater::cli
