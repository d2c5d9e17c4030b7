// SPDX-License-Identifier: BSD-3-Clause
// The command line of meupdate: its subcommands, their options and their help.
#include <CLI/CLI.hpp>
#include <utility>

#include "os/safe_text.h"
#include "updater/cli/choice.h"
#include "updater/cli/command.h"
#include "updater/cli/help.h"
#include "updater/cli/wrong_usage.h"

namespace updater::cli {
namespace {

void add_format(CLI::App& command, Format& format, const Choices<Format>& formats,
                const std::string& help) {
  add_choice(command, "--format", format, formats, help);
}

void add_device(CLI::App& command, DeviceChoice& choice) {
  command
      .add_option("--device", choice.device,
                  "auto (default), /dev/meiN, pci:DDDD:BB:DD.F, vfio-user:PATH, or sim:MACHINE (a "
                  "profile's name or path)")
      ->option_text("DEVICE");
  command
      .add_option("--state", choice.state_dir,
                  "sim: keep the machine's flash here between commands")
      ->option_text("DIR");
  command
      .add_option(
          "--set", choice.set,
          "sim: change a value of the profile; KEY=@FILE reads it from a file; can be given "
          "again")
      ->option_text("KEY=VALUE")
      ->allow_extra_args(false);
}

void add_tpm(CLI::App& command, DeviceChoice& choice) {
  command
      .add_option("--tpm", choice.tpm,
                  "auto (default: a simulated machine's own, else /dev/tpm0), none, /dev/tpmN, "
                  "swtpm:PATH, swtpm:ADDRESS:PORT, or tis:FED40000 (registers, for root)")
      ->option_text("TPM");
}

void add_log(CLI::App& command, std::string& path) {
  command
      .add_option("--log", path,
                  "append everything, every message included, to this file, yours alone")
      ->option_text("FILE");
}

/// The options of every subcommand, filled by parsing.
struct CommandLine {
  InfoOptions info;
  ImageOptions image;
  UpdateOptions update;
  TpmStatusOptions tpm_status;
  CheckOwnerOptions check_owner;
  ExplainOptions explain;
};

void add_info_format(CLI::App& info, InfoFormat& format) {
  Choices<InfoFormat> formats = {
      {"text", {Format::text}}, {"json", {Format::json}}, {"meinfo", {Format::meinfo}}};
  const std::string own = formats.back().first;
  std::string others;
  const auto add = [&](const protocol::tools::Meinfo& each) {
    if (each.format.empty()) return;
    formats.emplace_back(each.format, InfoFormat{Format::meinfo, &each});
    others += (others.empty() ? "" : ", ") + std::string(each.format.substr(own.size()));
  };
  for (const auto& each : protocol::tools::kMeinfo) add(each);
  for (const auto& each : protocol::tools::kMeinfoStatus) add(each);
  add_choice(info, "--format", format, formats,
             own + ": as the MEInfo of the firmware's generation prints it; " + others +
                 ": as that generation's does");
}

void add_info(CLI::App& app, InfoOptions& options) {
  CLI::App& info =
      *app.add_subcommand("info", "Show what the Management Engine is and how it is set up");
  add_device(info, options.device);
  add_tpm(info, options.device);
  add_info_format(info, options.format);
  add_log(info, options.log);
  info.footer(kInfoFooter);
}

void add_image(CLI::App& app, ImageOptions& options) {
  CLI::App& image =
      *app.add_subcommand("image", "Show an image file and whether it is sound; touches no device");
  image.add_option("IMAGE", options.file, "update image, ME region or whole flash")->required();
  add_format(image, options.format, {{"text", Format::text}, {"json", Format::json}},
             "how to show it");
  image.footer(kImageFooter);
}

void add_owner(CLI::App& command, OwnerOptions& owner) {
  CLI::Option* secret = command
                            .add_option("--owner-secret-file", owner.secret_file,
                                        "TPM owner's secret: a file of exactly 20 bytes")
                            ->option_text("FILE");
  CLI::Option* passphrase = command
                                .add_option("--owner-passphrase-file", owner.passphrase_file,
                                            "TPM owner's passphrase on the first line")
                                ->option_text("FILE");
  CLI::Option* well_known =
      command.add_flag("--owner-well-known", owner.well_known, "the secret is twenty zero bytes");
  secret->excludes(passphrase, well_known);
  passphrase->excludes(well_known);
  add_choice(command, "--owner-encoding", owner.encoding,
             {{"ascii", OwnerEncoding::ascii}, {"utf-16le", OwnerEncoding::utf16le}},
             "how the passphrase was hashed: as typed (tpm-tools), or in UTF-16LE (Windows)");
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

void add_update(CLI::App& app, UpdateOptions& options) {
  CLI::App& update =
      *app.add_subcommand("update", "Update the firmware: plan, confirm, write, check");
  update.add_option("IMAGE", options.file, "update image, ME region or whole flash")->required();
  add_device(update, options.device);
  add_tpm(update, options.device);
  add_update_format(update, options.format);
  add_choice(
      update, "--via", options.via,
      {{"auto", update::Via::automatic}, {"heci", update::Via::heci}, {"tpm", update::Via::tpm}},
      "auto (default): as the device wants it; heci; tpm: TPM_FieldUpgrade");
  add_owner(update, options.owner);
  update.add_flag("-y,--yes", options.yes, "do not ask before writing");
  update.add_flag("--dry-run", options.dry_run, "show the plan and write nothing");
  update.add_flag("--allow-downgrade", options.allow_downgrade,
                  "take an image older than what runs");
  update.add_flag("--allow-same-version", options.allow_same_version,
                  "write the version that already runs again");
  update.add_flag("--abort-other", options.abort_other,
                  "take an unfinished update of another image out of the TPM first");
  update
      .add_option("--password-file", options.password_file,
                  "first line: the MEBx password, where the device wants it; a pipe will do")
      ->option_text("FILE");
  update
      .add_option("--progress-fd", options.progress_fd,
                  "write progress as JSON lines to this open file descriptor")
      ->option_text("N");
  add_log(update, options.log);
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
  update.footer(kUpdateFooter);
}

void add_tpm_status(CLI::App& tpm, TpmStatusOptions& options) {
  CLI::App& status = *tpm.add_subcommand("status", "Show what the TPM is and its state");
  add_device(status, options.device);
  add_tpm(status, options.device);
  add_format(status, options.format, {{"text", Format::text}, {"json", Format::json}},
             "how to show it");
  add_log(status, options.log);
  status.footer(kTpmStatusFooter);
}

void add_check_owner(CLI::App& tpm, CheckOwnerOptions& options) {
  CLI::App& check =
      *tpm.add_subcommand("check-owner", "Prove the TPM owner's secret; changes nothing");
  add_device(check, options.device);
  add_tpm(check, options.device);
  add_owner(check, options.owner);
  check.add_flag("-y,--yes", options.yes, "use even the last try before a lockout, without asking");
  add_format(check, options.format, {{"text", Format::text}, {"json", Format::json}},
             "how to show it");
  add_log(check, options.log);
  check.footer(kCheckOwnerFooter);
}

void add_tpm_commands(CLI::App& app, CommandLine& line) {
  CLI::App& tpm = *app.add_subcommand("tpm", "The TPM: its state, its owner's secret");
  tpm.require_subcommand(1);
  tpm.footer(kTpmFooter);
  add_tpm_status(tpm, line.tpm_status);
  add_check_owner(tpm, line.check_owner);
}

void add_explain(CLI::App& app, ExplainOptions& options) {
  CLI::App& explain = *app.add_subcommand(
      "explain", "Tell what error numbers, status words or a tool's lines mean and what to do");
  explain
      .add_option(
          "WHAT", options.words,
          "numbers, status words, pasted lines, words to look for, \"all\", or \"-\": what stands "
          "on the standard input")
      ->required();
  add_format(explain, options.format, {{"text", Format::text}, {"json", Format::json}},
             "how to show it");
  explain.footer(kExplainFooter);
}

Exit dispatch_tpm(const CLI::App& tpm, const CommandLine& line, const Surroundings& around) {
  if (tpm.got_subcommand("status")) return run_tpm_status(line.tpm_status, around);
  return run_check_owner(line.check_owner, around);
}

Exit dispatch(const CLI::App& app, const CommandLine& line, const Surroundings& around) {
  if (app.got_subcommand("info")) return run_info(line.info, around);
  if (app.got_subcommand("image")) return run_image(line.image, around);
  if (app.got_subcommand("update")) return run_update(line.update, around);
  if (app.got_subcommand("tpm")) return dispatch_tpm(*app.get_subcommand("tpm"), line, around);
  return run_explain(line.explain, around);
}

}  // namespace

Exit run(const std::string& program, const std::vector<std::string>& arguments, Console& console,
         DeviceOpener& opener) {
  CLI::App app(kDescription, "meupdate");
  app.set_version_flag("--version", "meupdate " MEBENCH_VERSION);
  app.require_subcommand(1);
  app.footer(kMainFooter);
  CommandLine line;
  add_info(app, line.info);
  add_image(app, line.image);
  add_update(app, line.update);
  add_tpm_commands(app, line);
  add_explain(app, line.explain);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForVersion& version) {
    console.out(std::string(version.what()) + "\n");
    return Exit::done;
  } catch (const CLI::CallForHelp&) {
    console.out(app.help());
    return Exit::done;
  } catch (const CLI::ParseError& error) {
    console.err(os::safe_text("meupdate: " + wrong_usage(app, arguments, error) + "\n"));
    return Exit::usage;
  }
  return dispatch(
      app, line,
      {.console = console, .opener = opener, .program = program, .arguments = arguments});
}

}  // namespace updater::cli
