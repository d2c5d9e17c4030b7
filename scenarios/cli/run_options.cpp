// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/guest_parts_options.h"
#include "scenarios/cli/run_command.h"
#include "updater/cli/choice.h"

namespace scenarios::cli {

namespace {

void add_choice_options(CLI::App& run, StoryChoice& choice) {
  run.add_option("PATH", choice.paths, "Scenario files, or folders that are walked for *.toml")
      ->required();
  run.add_option("--filter", choice.filter,
                 "Only scenarios whose name this regular expression finds")
      ->type_name("RE");
  run.add_option("--tag", choice.tags,
                 "Only scenarios with this tag; given again, with one of them")
      ->type_name("WORD")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  run.add_option("--rerun-failed", choice.rerun_failed,
                 "Only those that did not pass in this report of run --json")
      ->type_name("FILE");
  run.add_option("--shard", choice.shard, "Only share I of N, such as 2/4")->type_name("I/N");
  run.add_option("--repeat", choice.repeat, "Run each so many times")
      ->type_name("N")
      ->check(CLI::Range(1, 100000));
}

void add_report_options(CLI::App& run, RunArguments& arguments) {
  run.add_option("--html", arguments.html,
                 "Write a page: what failed, what was slow, each scenario's steps and pictures")
      ->type_name("FILE");
  run.add_option("--junit", arguments.junit, "Write results as JUnit XML; - is standard output")
      ->type_name("FILE");
  run.add_option("--json", arguments.json, "Write results as JSON; - is standard output")
      ->type_name("FILE");
  updater::cli::add_choice<RunArguments::Annotations>(
      run, "--annotate", arguments.annotations,
      {{"none", RunArguments::Annotations::none}, {"github", RunArguments::Annotations::github}},
      "Say what failed where in the words that GitHub shows beside a change");
  run.add_option("--gitlab", arguments.gitlab, "Write what failed as GitLab's Code Quality report")
      ->type_name("FILE");
  run.add_option("--reached", arguments.reached,
                 "Write which places were reached, for mesim coverage")
      ->type_name("FILE");
  run.add_option("--trace", arguments.trace,
                 "Write all that happened, one JSON object a line; - is standard output")
      ->type_name("FILE");
  run.add_option("--keep-failed", arguments.keep_failed,
                 "Folder for the end of the trace of what fails [mesim-failed]; '': none")
      ->type_name("DIR");
}

void add_telling_options(CLI::App& run, RunArguments& arguments) {
  run.add_flag_callback(
      "--verbose,-v", [&arguments] { arguments.loudness = Loudness::verbose; },
      "Also tell each step, and how many scenarios are to come");
  run.add_flag_callback(
      "--quiet,-q", [&arguments] { arguments.loudness = Loudness::quiet; },
      "Tell only what did not pass, and the summary");
  run.add_flag_callback(
      "--stop-on-failure", [&arguments] { arguments.on_failure = RunArguments::OnFailure::stop; },
      "Stop at the first scenario that does not pass");
  run.add_flag_callback(
      "--list", [&arguments] { arguments.show = RunArguments::Show::list; },
      "Say what would run, and run nothing");
}

}  // namespace

CLI::App* add_run(CLI::App& app, RunArguments& arguments) {
  CLI::App* run = app.add_subcommand("run", "Run scenarios and say how each ended");
  add_choice_options(*run, arguments.choice);
  add_report_options(*run, arguments);
  add_telling_options(*run, arguments);
  run->add_option("--jobs,-j", arguments.jobs,
                  "Scenarios that run at the same time, each in its own process")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  run->add_option("--replay", arguments.replay,
                  "One history of mesim explore again, by its id; told in full")
      ->type_name("ID");
  updater::cli::add_choice<RunArguments::In>(
      *run, "--in", arguments.in,
      {{"process", RunArguments::In::process}, {"guest", RunArguments::In::guest}},
      "Where meupdate runs: process (this one, default) or guest (a Linux in QEMU)");
  run->add_option("--limit", arguments.guest.limit,
                  "guest: real seconds until a boot or a step is given up [300]")
      ->type_name("N")
      ->check(CLI::Range(1, 86400));
  add_guest_parts(*run, arguments.guest.parts);
  run->footer(exit_status_help("run") +
              "\nExamples:\n"
              "  mesim run scenarios/library --jobs 2 --html run.html\n"
              "  mesim run scenarios/library --tag power --stop-on-failure\n"
              "  mesim run scenarios/library --rerun-failed results.json --json results.json\n"
              "  mesim run scenarios/library/clean-update --in guest\n"
              "  mesim run story.toml --trace story.jsonl\n"
              "  mesim run story.toml --replay flash_operation:17:power_cut_inside\n"
              "  mesim run scenarios/library --filter refusals/ --junit results.xml");
  return run;
}

std::optional<std::string> idle_option(const CLI::App& run, const RunArguments& arguments) {
  if (arguments.in == RunArguments::In::guest) return std::nullopt;
  for (const char* option : {"--limit", "--kernel", "--cpu", "--memory", "--qemu", "--plugin"}) {
    if (run.count(option) > 0) return std::string(option) + " is for --in guest";
  }
  return std::nullopt;
}

}  // namespace scenarios::cli
