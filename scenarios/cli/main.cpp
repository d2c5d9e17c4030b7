// SPDX-License-Identifier: BSD-3-Clause
// `mesim`: runs stories on simulated machines and makes images for them. docs/mesim.md is the
// manual.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "scenarios/cli/guest_command.h"
#include "scenarios/cli/image_command.h"
#include "scenarios/cli/machines_command.h"
#include "scenarios/cli/memory_reuse.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/reproduce_command.h"
#include "scenarios/cli/run_command.h"
#include "scenarios/cli/serve_command.h"
#include "updater/cli/choice.h"
#include "updater/cli/unknown_command.h"

namespace {

using scenarios::cli::GuestArguments;
using scenarios::cli::ImageArguments;
using scenarios::cli::ReproduceArguments;
using scenarios::cli::RunArguments;
using scenarios::cli::ServeArguments;

constexpr int kUsage = 2;
constexpr int kNotWritten = 3;

void add_parts(CLI::App& command, scenarios::guest::GuestParts& parts) {
  command
      .add_option("--kernel", parts.kernel,
                  "Folder with vmlinuz (or, quicker, also vmlinux), busybox and the modules "
                  "mei.ko, mei-me.ko")
      ->type_name("DIR");
  command.add_option("--qemu", parts.qemu, "QEMU's program, for the plugin")->type_name("FILE");
  command.add_option("--plugin", parts.plugin, "The plugin that is for that QEMU")
      ->type_name("FILE");
}

CLI::App* add_run(CLI::App& app, RunArguments& arguments) {
  CLI::App* run = app.add_subcommand("run", "Run scenarios and say how each ended");
  run->add_option("PATH", arguments.paths, "Scenario files, or folders that are walked for *.toml")
      ->required();
  run->add_option("--junit", arguments.junit, "Write results as JUnit XML")->type_name("FILE");
  run->add_option("--json", arguments.json, "Write results as JSON")->type_name("FILE");
  run->add_option("--trace", arguments.trace, "Write all that happened, one JSON object a line")
      ->type_name("FILE");
  run->add_option("--jobs,-j", arguments.jobs,
                  "Scenarios that run at the same time, each in its own process")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  run->add_option("--filter", arguments.filter,
                  "Only scenarios whose name this regular expression finds")
      ->type_name("RE");
  run->add_option("--shard", arguments.shard, "Only share I of N, such as 2/4")->type_name("I/N");
  run->add_flag_callback(
      "--list", [&arguments] { arguments.show = RunArguments::Show::list; },
      "Say what would run, and run nothing");
  updater::cli::add_choice<RunArguments::In>(
      *run, "--in", arguments.in,
      {{"process", RunArguments::In::process}, {"guest", RunArguments::In::guest}},
      "Where meupdate runs: process (this one, default) or guest (a Linux in QEMU)");
  run->add_option("--limit", arguments.guest.limit,
                  "guest: real seconds until a boot or a step is given up [300]")
      ->type_name("N")
      ->check(CLI::Range(1, 86400));
  add_parts(*run, arguments.guest.parts);
  run->footer(
      "Exit status: 0 all passed, 1 an expectation failed, 2 a scenario or the command line is "
      "wrong,\n"
      "or every scenario was skipped, 3 the bench itself broke or a file could not be written,\n"
      "130 interrupted.\n\n"
      "Examples:\n"
      "  mesim run scenarios/library --jobs 2\n"
      "  mesim run scenarios/library/clean-update --in guest\n"
      "  mesim run story.toml --trace story.jsonl\n"
      "  mesim run scenarios/library --filter refusals/ --junit results.xml");
  return run;
}

CLI::App* add_reproduce(CLI::App& app, ReproduceArguments& arguments) {
  CLI::App* reproduce = app.add_subcommand(
      "reproduce", "From the logs of a field report to machines that fail in the same way");
  reproduce
      ->add_option(
          "PATH", arguments.paths,
          "Files with pasted output of MEInfo and FWUpdLcl, folders of such files, or - for "
          "the standard input")
      ->required();
  reproduce->add_option("--json", arguments.json, "Write everything as JSON")->type_name("FILE");
  reproduce->add_option("--html", arguments.html, "Write everything as one HTML page")
      ->type_name("FILE");
  reproduce
      ->add_option("--save-profile", arguments.profiles,
                   "Write a machine profile for every state of a board")
      ->type_name("DIR");
  reproduce
      ->add_option("--save-scenario", arguments.scenarios,
                   "Write the reproduction as scenarios for `mesim run`, with their machines")
      ->type_name("DIR");
  reproduce->footer(
      "Exit status: 0 every log is reproduced, 1 one differs, 2 there is nothing to work on,\n"
      "3 the bench itself broke or a file could not be written.\n\n"
      "Examples:\n"
      "  mesim reproduce scenarios/field-reports/esprimo-e5730 --html report.html\n"
      "  mesim reproduce -                      a forum post that is pasted, up to Ctrl-D");
  return reproduce;
}

CLI::App* add_serve(CLI::App& app, ServeArguments& arguments) {
  CLI::App* serve = app.add_subcommand("serve", "Be a machine that other programs attach to");
  serve
      ->add_option("--machine", arguments.machine,
                   "A profile's name or file [the one that --state keeps]")
      ->type_name("MACHINE");
  serve
      ->add_option("--state", arguments.state_dir,
                   "Folder that keeps the machine, as meupdate's --state [a fresh one, forgotten]")
      ->type_name("DIR");
  serve->add_option("--set", arguments.set, "Change a value of the profile; can be given again")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  serve
      ->add_option("--vfio-user", arguments.vfio_user,
                   "Socket for the HECI function [DIR/heci.sock when none is named]")
      ->type_name("PATH");
  serve
      ->add_option("--swtpm", arguments.swtpm,
                   "Socket for the TPM [DIR/tpm.sock when none is named]")
      ->type_name("PATH");
  serve->add_flag_callback(
      "--heci-only", [&arguments] { arguments.parts = ServeArguments::Parts::heci_only; },
      "Serve no TPM");
  serve->add_flag_callback(
      "--fast", [&arguments] { arguments.speed = emulator::attach::Speed::fast; },
      "Do not wait for what takes the hardware its time");
  serve->footer(
      "SIGTERM, SIGHUP or Ctrl-C saves and ends it. Exit status: 0 ended so, 2 the command line "
      "makes no\n"
      "sense, 3 a socket or the state failed.\n\n"
      "Examples:\n"
      "  mesim serve --machine esprimo-e5730 --state board\n"
      "  meupdate info --device vfio-user:board/heci.sock --tpm swtpm:board/tpm.sock");
  return serve;
}

CLI::App* add_image_build(CLI::App& app, ImageArguments& arguments) {
  CLI::App* image = app.add_subcommand("image", "Make firmware images for simulated machines");
  image->require_subcommand(1);
  CLI::App* build = image->add_subcommand("build", "Make a signed image out of synthetic modules");
  build->add_option("--machine", arguments.machine, "Whose image: a profile's name or file")
      ->required()
      ->type_name("MACHINE");
  build->add_option("--version", arguments.version, "Of the code in it, such as 5.2.70.1046")
      ->required()
      ->type_name("VERSION");
  build->add_option("--output,-o", arguments.output, "File to write")
      ->required()
      ->type_name("FILE");
  build
      ->add_option("--kind", arguments.kind,
                   "update (what meupdate takes), region or flash [update]")
      ->type_name("KIND");
  build
      ->add_option(
          "--size", arguments.size,
          "Bytes of code: 64 KiB to 32 MiB, a multiple of 4096 [as the machine's partition]")
      ->type_name("BYTES");
  build->add_option("--sku", arguments.sku, "SKU word [the machine's]")->type_name("WORD");
  build
      ->add_option("--key", arguments.key_file,
                   "RSA-2048 private key, PEM [the public development key]")
      ->type_name("FILE");
  build->footer(
      "Example:\n"
      "  mesim image build --machine esprimo-e5730 --version 5.2.70.1046 --output new.bin\n"
      "  meupdate update new.bin --device sim:esprimo-e5730 "
      "--set settings.enabled_update_interfaces=1");
  return build;
}

CLI::App* add_guest(CLI::App& app, GuestArguments& arguments) {
  using scenarios::guest::MeiDriver;
  using scenarios::guest::Speed;
  using scenarios::guest::VirtualMachine;
  CLI::App* guest = app.add_subcommand(
      "guest", "Boot Linux on a simulated board in QEMU and run a command there");
  VirtualMachine& machine = arguments.machine;
  guest->add_option("COMMAND", arguments.contents.command, "What to run, after --")->required();
  guest->add_option("--machine", machine.machine, "The board: a profile's name or file")
      ->type_name("MACHINE");
  guest->add_option("--set", machine.set, "Change a value of the profile")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  guest->add_option("--state", machine.state, "Keep the board here, as meupdate --state does")
      ->type_name("DIR");
  guest->add_option("--faults", machine.faults, "What will go wrong: POINT@N=ACTION;...")
      ->type_name("FAULTS");
  guest->add_option("--trace", machine.trace, "Write all that happened, one JSON object a line")
      ->type_name("FILE");
  updater::cli::add_choice<scenarios::guest::Attach>(
      *guest, "--attach", machine.attach,
      {{"plugin", scenarios::guest::Attach::plugin},
       {"vfio-user", scenarios::guest::Attach::vfio_user}},
      "plugin (in QEMU's process, default) or vfio-user (mesim serve and QEMU 10.1 or later)");
  guest->add_option("--file", arguments.contents.files, "Have this file in the guest's /files")
      ->type_name("FILE")
      ->allow_extra_args(false);
  guest->add_option("--append", machine.append, "More of the kernel's command line")
      ->type_name("WORDS");
  guest->add_option("--tpm-hid", machine.tpm_hid, "ACPI hardware ID of the TPM [INTC0102]")
      ->type_name("ID");
  guest->add_flag_callback(
      "--no-tpm", [&machine] { machine.tpm = VirtualMachine::Tpm::none; },
      "Leave the TPM's registers out; a machine without a TPM has none in any case");
  guest->add_flag_callback(
      "--no-driver", [&arguments] { arguments.contents.driver = MeiDriver::absent; },
      "Load no driver for the HECI function");
  guest->add_flag_callback(
      "--real-time", [&machine] { machine.speed = Speed::real; },
      "Let the guest's time pass as fast as the host's; else its idle time is left out");
  guest->add_option("--console", arguments.console, "Write the kernel's console here")
      ->type_name("FILE");
  guest->add_option("--limit", arguments.limit, "Seconds until it is given up [300]")
      ->type_name("N")
      ->check(CLI::Range(1, 86400));
  add_parts(*guest, arguments.parts);
  guest->add_option("--vfio-user-qemu", arguments.parts.vfio_user_qemu, "The same for vfio-user")
      ->type_name("FILE");
  guest->footer(
      "Exit status: the command's; 124 the limit came, 125 no guest came up, 137 the guest lost "
      "its power.\n\n"
      "Example:\n"
      "  mesim guest --machine esprimo-e5730 -- meupdate info");
  return guest;
}

/// CLI11 has its own numbers; ours are in the manual.
int usage_error(CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == 0) return app.exit(error);  // help or version
  const auto unknown = updater::cli::unknown_command(app, {argv + 1, argv + argc});
  scenarios::cli::complain(unknown.value_or(error.what()) + "\nSee `mesim --help`.");
  return kUsage;
}

/// An option of `run` that was given and means nothing.
std::optional<std::string> idle_option(const CLI::App& run, const RunArguments& arguments) {
  if (arguments.in == RunArguments::In::guest) return std::nullopt;
  for (const char* option : {"--limit", "--kernel", "--qemu", "--plugin"}) {
    if (run.count(option) > 0) return std::string(option) + " is for --in guest";
  }
  return std::nullopt;
}

int run_stories(const CLI::App& run, const RunArguments& arguments) {
  if (const auto idle = idle_option(run, arguments)) {
    scenarios::cli::complain(*idle);
    return kUsage;
  }
  return scenarios::cli::run(arguments);
}

/// Results that nobody got are as bad as a report that could not be written.
int said(int status) {
  if (scenarios::cli::all_was_said()) return status;
  scenarios::cli::complain("cannot write to standard output");
  return std::max(status, kNotWritten);
}

}  // namespace

int main(int argc, char** argv) {
  scenarios::cli::reuse_freed_memory();
  CLI::App app(
      "Tells stories about simulated Management Engines and says whether they went as written.",
      "mesim");
  app.set_version_flag("--version", "mesim " MEBENCH_VERSION);
  app.require_subcommand(1);
  app.footer(
      "`mesim COMMAND --help` tells more. The grammar of scenarios is in docs/scenarios.md.");
  RunArguments run_arguments;
  ImageArguments image_arguments;
  ReproduceArguments reproduce_arguments;
  const CLI::App* run = add_run(app, run_arguments);
  const CLI::App* reproduce = add_reproduce(app, reproduce_arguments);
  const CLI::App* build = add_image_build(app, image_arguments);
  ServeArguments serve_arguments;
  const CLI::App* serve = add_serve(app, serve_arguments);
  GuestArguments guest_arguments;
  const CLI::App* guest = add_guest(app, guest_arguments);
  const CLI::App* machines =
      app.add_subcommand("machines", "List the machines that can be simulated");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  }
  if (run->parsed()) return said(run_stories(*run, run_arguments));
  if (reproduce->parsed()) return said(scenarios::cli::reproduce(reproduce_arguments));
  if (build->parsed()) return said(scenarios::cli::build_image(image_arguments));
  if (serve->parsed()) return scenarios::cli::serve(serve_arguments);
  if (guest->parsed()) return scenarios::cli::run_in_guest(guest_arguments);
  if (machines->parsed()) return said(scenarios::cli::list_machines());
  return kUsage;
}
