// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/guest_parts_options.h"
#include "scenarios/cli/reproduce_command.h"
#include "updater/cli/choice.h"

namespace scenarios::cli {

CLI::App* add_reproduce(CLI::App& app, ReproduceArguments& arguments) {
  CLI::App* reproduce = app.add_subcommand(
      "reproduce", "From the logs of a field report to machines that fail in the same way");
  reproduce
      ->add_option(
          "PATH", arguments.paths,
          "Files with pasted output of MEInfo and FWUpdLcl, kernel logs, folders of such files, or "
          "- for the standard input")
      ->required();
  reproduce
      ->add_option("--json", arguments.json, "Write everything as JSON; - for the standard output")
      ->type_name("FILE");
  reproduce
      ->add_option("--html", arguments.html,
                   "Write everything as one HTML page; - for the standard output")
      ->type_name("FILE");
  reproduce
      ->add_option("--save-profile", arguments.profiles,
                   "Write a machine profile for every state of a board")
      ->type_name("DIR");
  reproduce
      ->add_option("--save-scenario", arguments.scenarios,
                   "Write the reproduction as scenarios for `mesim run`, with their machines")
      ->type_name("DIR");
  updater::cli::add_choice<ReproduceArguments::In>(
      *reproduce, "--in", arguments.in,
      {{"process", ReproduceArguments::In::process}, {"guest", ReproduceArguments::In::guest}},
      "Where kernel logs are replayed: process (nowhere, default) or guest (a Linux in QEMU, some "
      "ten seconds for each)");
  reproduce
      ->add_option("--limit", arguments.guest.limit,
                   "guest: real seconds until a boot is given up [300]")
      ->type_name("N")
      ->check(CLI::Range(1, 86400));
  add_guest_parts(*reproduce, arguments.guest.parts);
  reproduce->footer(
      exit_status_help("reproduce") +
      "\nExamples:\n"
      "  mesim reproduce scenarios/field-reports/esprimo-e5730 --html report.html\n"
      "  mesim reproduce post.txt --json - | jq .runs\n"
      "  mesim reproduce --in guest dmesg.txt   a kernel's log, beside what a kernel says here\n"
      "  mesim reproduce -                      a forum post that is pasted, up to Ctrl-D");
  return reproduce;
}

}  // namespace scenarios::cli
