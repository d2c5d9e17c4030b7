// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/reproduce_command.h"

namespace scenarios::cli {

CLI::App* add_reproduce(CLI::App& app, ReproduceArguments& arguments) {
  CLI::App* reproduce = app.add_subcommand(
      "reproduce", "From the logs of a field report to machines that fail in the same way");
  reproduce
      ->add_option(
          "PATH", arguments.paths,
          "Files with pasted output of MEInfo and FWUpdLcl, folders of such files, or - for "
          "the standard input")
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
  reproduce->footer(
      exit_status_help("reproduce") +
      "\nExamples:\n"
      "  mesim reproduce scenarios/field-reports/esprimo-e5730 --html report.html\n"
      "  mesim reproduce post.txt --json - | jq .runs\n"
      "  mesim reproduce -                      a forum post that is pasted, up to Ctrl-D");
  return reproduce;
}

}  // namespace scenarios::cli
