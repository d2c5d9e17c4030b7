// SPDX-License-Identifier: BSD-3-Clause
// The command line of meupdate as a whole; each command has its options in a file of its own.
#include <CLI/CLI.hpp>
#include <optional>

#include "os/safe_text.h"
#include "updater/cli/collect_command.h"
#include "updater/cli/completion.h"
#include "updater/cli/exit_status_help.h"
#include "updater/cli/explain_command.h"
#include "updater/cli/image_command.h"
#include "updater/cli/info_command.h"
#include "updater/cli/program_version.h"
#include "updater/cli/tpm_check_owner_command.h"
#include "updater/cli/tpm_commands.h"
#include "updater/cli/tpm_status_command.h"
#include "updater/cli/update_command.h"
#include "updater/cli/wrong_usage.h"

namespace updater::cli {
namespace {

constexpr const char* kDescription =
    "Shows and updates the firmware of Intel Management Engines of ICH8 to ICH10 boards.";

constexpr const char* kExamples = R"(
Examples:
  meupdate info                                    what is in this computer
  meupdate info --device sim:esprimo-e5730         what is in a simulated one
  meupdate image 5.2.70.1046.bin                   is this file sound, and what is it for?
  meupdate update 5.2.70.1046.bin --dry-run        what would happen?
  meupdate update 5.2.70.1046.bin --log update.log
  meupdate tpm status                              is the TPM there, owned, active?
  meupdate explain 8721
)";

std::string footer() {
  return kExamples + ("\n" + exit_status_help("")) +
         "`meupdate explain NUMBER` tells what to do about each.\n\n"
         "`meupdate SUBCOMMAND --help` tells more about each.";
}

/// The options of every subcommand, filled by parsing.
struct CommandLine {
  InfoOptions info;
  ImageOptions image;
  UpdateOptions update;
  TpmStatusOptions tpm_status;
  CheckOwnerOptions check_owner;
  CollectOptions collect;
  ExplainOptions explain;
  Shell shell = Shell::bash;
};

/// Nothing: there is a command to run. Else what ends it: help, the version, or what is wrong.
std::optional<Exit> parse(CLI::App& app, const std::vector<std::string>& arguments,
                          Console& console) {
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    return std::nullopt;
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
}

}  // namespace

Exit run(const std::string& program, const std::vector<std::string>& arguments, Console& console,
         DeviceOpener& opener) {
  CLI::App app(kDescription, "meupdate");
  app.set_version_flag("--version", "meupdate " + std::string(program_version()));
  app.require_subcommand(1);
  app.footer(footer());
  CommandLine line;
  const CLI::App* info = add_info(app, line.info);
  const CLI::App* image = add_image(app, line.image);
  const CLI::App* update = add_update(app, line.update);
  CLI::App* tpm = add_tpm(app);
  const CLI::App* status = add_tpm_status(*tpm, line.tpm_status);
  const CLI::App* check_owner = add_check_owner(*tpm, line.check_owner);
  const CLI::App* collect = add_collect(app, line.collect);
  const CLI::App* explain = add_explain(app, line.explain);
  add_completion(app, line.shell);
  if (const auto ended = parse(app, arguments, console)) return *ended;
  const Surroundings around{
      .console = console, .opener = opener, .program = program, .arguments = arguments};
  if (info->parsed()) return run_info(line.info, around);
  if (image->parsed()) return run_image(line.image, around);
  if (update->parsed()) return run_update(line.update, around);
  if (status->parsed()) return run_tpm_status(line.tpm_status, around);
  if (check_owner->parsed()) return run_check_owner(line.check_owner, around);
  if (collect->parsed()) return run_collect(line.collect, around);
  if (explain->parsed()) return run_explain(line.explain, around);
  console.out(completion(app, line.shell));
  return Exit::done;
}

}  // namespace updater::cli
