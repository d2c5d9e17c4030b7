// SPDX-License-Identifier: BSD-3-Clause
// `mesim`: runs stories on simulated machines and makes images for them. docs/mesim.md is the
// manual.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "scenarios/cli/bench_command.h"
#include "scenarios/cli/board_command.h"
#include "scenarios/cli/coverage_command.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/explore_command.h"
#include "scenarios/cli/guest_command.h"
#include "scenarios/cli/image_command.h"
#include "scenarios/cli/list_command.h"
#include "scenarios/cli/machines_command.h"
#include "scenarios/cli/memory_reuse.h"
#include "scenarios/cli/merge_command.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/recording_command.h"
#include "scenarios/cli/replay_recording_command.h"
#include "scenarios/cli/reproduce_command.h"
#include "scenarios/cli/run_command.h"
#include "scenarios/cli/serve_command.h"
#include "scenarios/cli/show_command.h"
#include "scenarios/cli/trace_command.h"
#include "updater/cli/completion.h"
#include "updater/cli/program_version.h"
#include "updater/cli/wrong_usage.h"

namespace {

namespace cli = scenarios::cli;

/// CLI11 has its own numbers; ours are in the manual.
int usage_error(CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == 0) return app.exit(error);  // help or version
  cli::complain(updater::cli::wrong_usage(app, {argv + 1, argv + argc}, error));
  return scenarios::kUsage;
}

int run_stories(const CLI::App& run, const cli::RunArguments& arguments) {
  if (const auto idle = cli::idle_option(run, arguments)) {
    cli::complain(*idle);
    return scenarios::kUsage;
  }
  return cli::run(arguments);
}

/// Results that nobody got are as bad as a report that could not be written.
int said(int status) {
  if (cli::all_was_said()) return status;
  cli::complain("cannot write to standard output");
  return std::max(status, scenarios::kBroken);
}

}  // namespace

int main(int argc, char** argv) {
  cli::reuse_freed_memory();
  CLI::App app(
      "Tells stories about simulated Management Engines and says whether they went as written.",
      "mesim");
  app.set_version_flag("--version", "mesim " + std::string(updater::cli::program_version()));
  app.require_subcommand(1);
  app.footer(
      "`mesim COMMAND --help` tells more. The grammar of scenarios is in docs/scenarios.md.");
  cli::RunArguments run_arguments;
  cli::ExploreArguments explore_arguments;
  cli::MergeArguments merge_arguments;
  cli::CoverageArguments coverage_arguments;
  cli::ReproduceArguments reproduce_arguments;
  cli::ImageArguments image_arguments;
  cli::ServeArguments serve_arguments;
  cli::GuestArguments guest_arguments;
  cli::TraceArguments trace_arguments;
  cli::ShowArguments show_arguments;
  cli::ListArguments list_arguments;
  cli::ImportArguments import_arguments;
  cli::BoardFromArguments board_from_arguments;
  cli::BenchArguments bench_arguments;
  cli::RecordingArguments recording_arguments;
  cli::ReplayArguments replay_arguments;
  const CLI::App* run = cli::add_run(app, run_arguments);
  const CLI::App* explore = cli::add_explore(app, explore_arguments);
  const CLI::App* merge = cli::add_merge(app, merge_arguments);
  const CLI::App* coverage = cli::add_coverage(app, coverage_arguments);
  const CLI::App* reproduce = cli::add_reproduce(app, reproduce_arguments);
  const CLI::App* build = cli::add_image(app, image_arguments);
  const CLI::App* serve = cli::add_serve(app, serve_arguments);
  const CLI::App* import = cli::add_board(app, import_arguments);
  const CLI::App* board_from = cli::add_board_from(app, board_from_arguments);
  const CLI::App* guest = cli::add_guest(app, guest_arguments);
  const CLI::App* show = cli::add_show(app, show_arguments);
  const CLI::App* trace = cli::add_trace(app, trace_arguments);
  const CLI::App* list = cli::add_list(app, list_arguments);
  const CLI::App* bench = cli::add_bench(app, bench_arguments);
  const CLI::App* recording = cli::add_recording(app, recording_arguments);
  const CLI::App* replay = cli::add_replay(app, replay_arguments);
  CLI::App* machines = app.add_subcommand("machines", "List the machines that can be simulated");
  machines->footer(cli::exit_status_help("machines"));
  updater::cli::Shell shell = updater::cli::Shell::bash;
  const CLI::App* completion = updater::cli::add_completion(app, shell);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  }
  if (run->parsed()) return said(run_stories(*run, run_arguments));
  if (explore->parsed()) return said(cli::explore(explore_arguments));
  if (merge->parsed()) return said(cli::merge(merge_arguments));
  if (coverage->parsed()) return said(cli::coverage(coverage_arguments));
  if (reproduce->parsed()) return said(cli::reproduce(reproduce_arguments));
  if (build->parsed()) return said(cli::build_image(image_arguments));
  if (import->parsed()) return said(cli::import_board(import_arguments));
  if (board_from->parsed()) return said(cli::board_from(board_from_arguments));
  if (serve->parsed()) return cli::serve(serve_arguments);
  if (replay->parsed()) return cli::replay_recording(replay_arguments);
  if (recording->parsed()) return said(cli::run_recording(*recording, recording_arguments));
  if (guest->parsed()) return cli::run_in_guest(guest_arguments);
  if (trace->parsed()) return said(cli::trace(*trace, trace_arguments));
  if (show->parsed()) return said(cli::show(show_arguments));
  if (list->parsed()) return said(cli::list(list_arguments));
  if (bench->parsed()) return said(cli::bench(bench_arguments));
  if (machines->parsed()) return said(cli::list_machines());
  if (completion->parsed()) {
    cli::pass_on(updater::cli::completion(app, shell));
    return said(scenarios::kDone);
  }
  return scenarios::kUsage;
}
