// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/explore_command.h"

namespace scenarios::cli {

void add_explore_outputs(CLI::App& command, ExploreOutputs& outputs) {
  command.add_option("--json", outputs.json, "Write every history as JSON; - is standard output")
      ->type_name("FILE");
  command.add_option("--junit", outputs.junit, "Write every history as JUnit XML")
      ->type_name("FILE");
  command.add_option("--html", outputs.html, "Write a map: operations across, what struck down")
      ->type_name("FILE");
}

CLI::App* add_explore(CLI::App& app, ExploreArguments& arguments) {
  CLI::App* explore = app.add_subcommand(
      "explore", "Interrupt a story's update everywhere, and see who follows the words home");
  explore->add_option("STORY", arguments.path, "A scenario file")->required();
  explore
      ->add_option("--filter", arguments.filter,
                   "Of several stories the one whose name this regular expression finds")
      ->type_name("RE");
  explore
      ->add_option("--pairs", arguments.pairs,
                   "Two strikes a history, the second also while it is repaired: all, or about N")
      ->type_name("all|N");
  explore
      ->add_option("--random", arguments.random, "N histories with one to four strikes, by --seed")
      ->type_name("N");
  explore->add_option("--seed", arguments.wish.seed, "Of --pairs N and --random [1]")
      ->type_name("S");
  explore->add_option("--at", arguments.points, "Only these points first, such as flash_operation")
      ->type_name("POINT")
      ->delimiter(',');
  explore->add_option("--then", arguments.later_points, "Only these points for the other strikes")
      ->type_name("POINT")
      ->delimiter(',');
  explore->add_option("--what", arguments.deeds, "Only these strikes, such as power_cut_inside")
      ->type_name("ACTION")
      ->delimiter(',');
  explore
      ->add_option("--while", arguments.phases,
                   "Only while the update session first is idle, staging, verifying, ...")
      ->type_name("STATE")
      ->delimiter(',');
  explore->add_option("--shard", arguments.shard, "Only share I of N, such as 2/4")
      ->type_name("I/N");
  explore->add_option("--jobs,-j", arguments.wish.jobs, "Histories that run at the same time [1]")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  explore->add_flag_callback(
      "--no-pruning", [&arguments] { arguments.wish.pruning = explore::Pruning::off; },
      "Run every history to its end, also from a state that was met before");
  explore
      ->add_option("--shrink", arguments.shrink,
                   "Explore nothing: the shortest id that breaks what this one breaks")
      ->type_name("ID");
  explore
      ->add_option("--reached", arguments.reached,
                   "Write which places were reached, for mesim coverage")
      ->type_name("FILE");
  add_explore_outputs(*explore, arguments.outputs);
  explore->footer(
      exit_status_help("explore") +
      "\nExamples:\n"
      "  mesim explore scenarios/library/explore/over-heci.toml\n"
      "  mesim explore story.toml --at flash_operation --what power_cut_inside --html map.html\n"
      "  mesim explore story.toml --pairs 2000 --seed 7 --shard 1/4 --json part-1.json");
  return explore;
}

}  // namespace scenarios::cli
