// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/run_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include "os/private_file.h"
#include "os/report_file.h"
#include "os/scratch_folder.h"
#include "os/write_all.h"
#include "scenarios/cli/coverage_command.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/explore_command.h"
#include "scenarios/cli/interruption.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/engine/find_scenarios.h"
#include "scenarios/engine/load_stories.h"
#include "scenarios/engine/report_files.h"
#include "scenarios/engine/report_text.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/worker_pool.h"
#include "scenarios/program/with_programs.h"
#include "updater/cli/steady_clock.h"

namespace scenarios::cli {
namespace {

using engine::Scenario;
using engine::ScenarioResult;
using engine::Verdict;
using MaybeTrace = std::optional<os::Descriptor>;

static_assert(kUsage == static_cast<int>(Verdict::script_error));
static_assert(kBroken == static_cast<int>(Verdict::internal));

/// The options whose reports go there.
std::vector<std::string> to_standard_output(const RunArguments& arguments) {
  std::vector<std::string> options;
  if (arguments.junit == kStandardOutput) options.emplace_back("--junit");
  if (arguments.json == kStandardOutput) options.emplace_back("--json");
  if (arguments.trace == kStandardOutput) options.emplace_back("--trace");
  return options;
}

int list(const std::vector<Scenario>& scenarios) {
  for (const Scenario& story : scenarios) say(fmt::format("{}\n    {}\n", story.id, story.title));
  say(fmt::format("{} scenario{}\n", scenarios.size(), scenarios.size() == 1 ? "" : "s"));
  return 0;
}

/// Results for people go where no report goes.
void tell(const RunArguments& arguments, const std::string& text) {
  if (to_standard_output(arguments).empty()) return say(text);
  say_aside(text);
}

void show(const RunArguments& arguments, const ScenarioResult& result) {
  tell(arguments, engine::line_of(result) + engine::details_of(result));
}

/// Traces of stories that ran side by side, one behind the other in the stories' order.
/// One that did not run left none.
base::Result<void> join_traces(const std::vector<std::string>& parts, const os::Descriptor& out,
                               const std::string& path) {
  for (const std::string& part : parts) {
    const auto added = os::append_file(part, out, path);
    if (!added && added.error().code != base::Errc::not_found) return added;
  }
  return {};
}

class Run {
 public:
  Run(const RunArguments& arguments, std::vector<Scenario> scenarios, os::ScratchFolder& scratch)
      : arguments_(arguments),
        host_(arguments.in == RunArguments::In::guest ? guest::in_guest(arguments.guest)
                                                      : program::with_programs()),
        scenarios_(std::move(scenarios)),
        scratch_(scratch) {}

  std::vector<ScenarioResult> all() {
    return engine::run_in_processes(
        scenarios_, arguments_.jobs, [this](std::size_t index) { return one(index); },
        [this](const ScenarioResult& result) { show(arguments_, result); }, interrupted);
  }

  std::vector<std::string> trace_parts() const {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < scenarios_.size(); ++i) parts.push_back(trace_part(i));
    return parts;
  }

 private:
  ScenarioResult one(std::size_t index) const {
    const std::string folder = fmt::format("{}/{}", scratch_.path(), index);
    std::error_code failure;
    std::filesystem::create_directory(folder, failure);
    const updater::cli::SteadyClock clock;
    ScenarioResult result = engine::run_scenario(
        scenarios_[index],
        {.scratch = folder,
         .trace_file = arguments_.trace.empty() ? std::string() : trace_part(index),
         .host = host_});
    result.wall_time = clock.now();
    std::filesystem::remove_all(folder, failure);
    return result;
  }

  std::string trace_part(std::size_t index) const {
    return fmt::format("{}/trace-{}", scratch_.path(), index);
  }

  const RunArguments& arguments_;
  engine::HostKind host_;
  std::vector<Scenario> scenarios_;
  os::ScratchFolder& scratch_;
};

/// Says why not.
bool can_begin(const RunArguments& arguments) {
  for (const std::string& report : {arguments.junit, arguments.json}) {
    if (!can_be_written(report)) return false;
  }
  if (!begin_reached(arguments.reached)) return false;
  if (arguments.in == RunArguments::In::process) return true;
  const auto there = guest::check(arguments.guest.parts, guest::Needs::plugin);
  if (!there) complain(there.error().doing);
  return there.has_value();
}

/// None where none is asked for. It may hold what only its reader is to know.
base::Result<MaybeTrace> open_trace(const std::string& path) {
  if (path.empty()) return MaybeTrace();
  if (path == kStandardOutput) return MaybeTrace(os::Descriptor(::dup(STDOUT_FILENO)));
  auto opened = os::open_private(path, os::Begin::anew);
  if (!opened) return opened.error();
  return MaybeTrace(std::move(opened).value());
}

/// False: one of them could not be written, which was said.
bool write_results(const RunArguments& arguments, const std::vector<ScenarioResult>& results,
                   base::Duration wall_time, const MaybeTrace& trace,
                   const std::vector<std::string>& trace_parts) {
  bool written = write_report(arguments.junit, engine::junit_xml(results, wall_time));
  written = write_report(arguments.json, engine::results_json(results, wall_time)) && written;
  written = write_reached(arguments.reached) && written;
  if (!trace) return written;
  const auto joined = join_traces(trace_parts, *trace, arguments.trace);
  if (!joined) complain(joined.error().doing);
  return joined.has_value() && written;
}

int run_all(const RunArguments& arguments, engine::LoadedStories loaded) {
  if (!can_begin(arguments)) return kBroken;
  const auto trace = open_trace(arguments.trace);
  if (!trace) {
    complain(trace.error().doing + "; nothing was run");
    return kBroken;
  }
  auto scratch = os::ScratchFolder::make();
  if (!scratch) {
    complain(scratch.error().doing);
    return kBroken;
  }
  for (const ScenarioResult& broken : loaded.broken) show(arguments, broken);
  const std::size_t wanted = loaded.scenarios.size();
  watch_for_interruption();
  const updater::cli::SteadyClock clock;
  Run run(arguments, std::move(loaded.scenarios), *scratch);
  std::vector<ScenarioResult> results = run.all();
  const std::size_t not_run = wanted - results.size();
  results.insert(results.begin(), loaded.broken.begin(), loaded.broken.end());

  const base::Duration wall_time = clock.now();
  const bool written = write_results(arguments, results, wall_time, *trace, run.trace_parts());
  const engine::Totals totals = engine::totals(results);
  tell(arguments, engine::summary_of(totals, wall_time));
  if (not_run > 0) {
    complain(
        fmt::format("interrupted: {} of {} scenarios did not run to their end", not_run, wanted));
    return kInterrupted;
  }
  if (!written) return kBroken;
  if (totals.skipped == totals.all()) {
    complain("every scenario was skipped: none of them can be told in a guest");
    return kUsage;
  }
  return static_cast<int>(totals.worst());
}

}  // namespace

int run(const RunArguments& arguments) {
  if (!arguments.replay.empty()) return replay(arguments);
  if (const auto options = to_standard_output(arguments); options.size() > 1) {
    complain(fmt::format("{} and {}: only one report can go to standard output", options[0],
                         options[1]));
    return kUsage;
  }
  const auto shard = engine::parse_shard(arguments.shard);
  if (!shard) {
    complain(
        fmt::format("--shard {}: must be I/N with I from 1 to N, such as 2/4", arguments.shard));
    return kUsage;
  }
  const auto files = engine::find_scenario_files(arguments.paths);
  if (!files) {
    complain(files.error().doing);
    return kUsage;
  }
  engine::LoadedStories loaded = engine::load_stories(*files);
  auto chosen = engine::filtered(std::move(loaded.scenarios), arguments.filter);
  if (!chosen) {
    complain("--filter: " + chosen.error().doing);
    return kUsage;
  }
  loaded.scenarios = engine::share_of(std::move(*chosen), *shard);
  if (shard->index != 1) loaded.broken.clear();  // each broken file is the first share's to tell
  if (loaded.scenarios.empty() && loaded.broken.empty()) {
    complain("no scenario is left to run: look at --filter and --shard");
    return kUsage;
  }
  if (arguments.show == RunArguments::Show::results) return run_all(arguments, std::move(loaded));
  for (const ScenarioResult& broken : loaded.broken) show(arguments, broken);
  list(loaded.scenarios);
  return loaded.broken.empty() ? 0 : kUsage;
}

}  // namespace scenarios::cli
