// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/run_command.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "os/scratch_folder.h"
#include "scenarios/cli/coverage_command.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/explore_command.h"
#include "scenarios/cli/interruption.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/run_reports.h"
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

int list(const std::vector<Scenario>& scenarios) {
  for (const Scenario& story : scenarios) say(fmt::format("{}\n    {}\n", story.id, story.title));
  say(fmt::format("{} scenario{}\n", scenarios.size(), scenarios.size() == 1 ? "" : "s"));
  return 0;
}

/// Results for people go where no report goes.
Stream stream_of(const RunArguments& arguments) {
  return to_standard_output(arguments).empty() ? Stream::out : Stream::err;
}

/// A story's name as that of a file.
std::string file_name(const std::string& id) {
  std::string name;
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_' || c == '=';
    name += plain ? c : '_';
  }
  constexpr std::size_t kLongest = 200;
  return name.size() <= kLongest ? name : name.substr(name.size() - kLongest);
}

class Run {
 public:
  Run(const RunArguments& arguments, std::vector<Scenario> scenarios, os::ScratchFolder& scratch,
      Progress& progress)
      : arguments_(arguments),
        host_(arguments.in == RunArguments::In::guest ? guest::in_guest(arguments.guest)
                                                      : program::with_programs()),
        scenarios_(std::move(scenarios)),
        scratch_(scratch),
        progress_(progress) {}

  std::vector<ScenarioResult> all() {
    return engine::run_in_processes(
        scenarios_, arguments_.jobs, [this](std::size_t index) { return one(index); },
        [this](const ScenarioResult& result) { tell(result); },
        [this] { return interrupted() || stopped_; });
  }

  std::vector<TracePart> traces() const {
    std::vector<TracePart> parts;
    for (std::size_t i = 0; i < scenarios_.size(); ++i)
      parts.push_back({.id = scenarios_[i].id, .story = scenarios_[i].file, .file = trace_part(i)});
    return parts;
  }

 private:
  void tell(const ScenarioResult& result) {
    const bool well = result.verdict == Verdict::passed || result.verdict == Verdict::skipped;
    stopped_ |= !well && arguments_.on_failure == RunArguments::OnFailure::stop;
    progress_.tell(result);
  }

  ScenarioResult one(std::size_t index) const {
    const std::string folder = fmt::format("{}/{}", scratch_.path(), index);
    std::error_code failure;
    std::filesystem::create_directory(folder, failure);
    const updater::cli::SteadyClock clock;
    const bool traced = !arguments_.trace.empty() || !arguments_.html.empty();
    ScenarioResult result = engine::run_scenario(
        scenarios_[index], {.scratch = folder,
                            .trace_file = traced ? trace_part(index) : std::string(),
                            .last_trace = last_trace(index),
                            .host = host_});
    result.wall_time = clock.now();
    std::filesystem::remove_all(folder, failure);
    return result;
  }

  std::string trace_part(std::size_t index) const {
    return fmt::format("{}/trace-{}", scratch_.path(), index);
  }

  std::string last_trace(std::size_t index) const {
    if (arguments_.keep_failed.empty()) return {};
    return fmt::format("{}/{}.jsonl", arguments_.keep_failed, file_name(scenarios_[index].id));
  }

  const RunArguments& arguments_;
  engine::HostKind host_;
  std::vector<Scenario> scenarios_;
  os::ScratchFolder& scratch_;
  Progress& progress_;
  bool stopped_ = false;
};

/// Says why not.
bool can_begin(const RunArguments& arguments) {
  if (!reports_can_be_written(arguments) || !begin_reached(arguments.reached)) return false;
  if (arguments.in == RunArguments::In::process) return true;
  const auto there = guest::check(arguments.guest.parts, guest::Needs::plugin);
  if (!there) complain(there.error().doing);
  return there.has_value();
}

struct Counts {
  std::size_t wanted = 0;
  std::size_t not_run = 0;
};

int status_of(const engine::Totals& totals, const Counts& counts, const RunArguments& arguments) {
  const bool stopped = arguments.on_failure == RunArguments::OnFailure::stop && !interrupted();
  if (counts.not_run > 0 && !stopped) {
    complain(fmt::format("interrupted: {} of {} scenarios did not run to their end", counts.not_run,
                         counts.wanted));
    return kInterrupted;
  }
  if (counts.not_run > 0)
    complain(fmt::format("stopped at the first that did not pass: {} of {} scenarios did not run",
                         counts.not_run, counts.wanted));
  if (totals.skipped == totals.all()) {
    complain("every scenario was skipped: none of them can be told in a guest");
    return kUsage;
  }
  return static_cast<int>(totals.worst());
}

int run_all(const RunArguments& arguments, ChosenStories chosen) {
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
  const std::size_t wanted = chosen.scenarios.size();
  Progress progress(stream_of(arguments), arguments.loudness, wanted + chosen.broken.size());
  for (const ScenarioResult& broken : chosen.broken) progress.tell(broken);
  const bool stops = arguments.on_failure == RunArguments::OnFailure::stop;
  if (stops && !chosen.broken.empty()) chosen.scenarios.clear();
  watch_for_interruption();
  const updater::cli::SteadyClock clock;
  Run run(arguments, std::move(chosen.scenarios), *scratch, progress);
  FinishedRun finished{.results = run.all(), .traces = run.traces(), .scratch = scratch->path()};
  const Counts counts{.wanted = wanted, .not_run = wanted - finished.results.size()};
  finished.results.insert(finished.results.begin(), chosen.broken.begin(), chosen.broken.end());
  finished.wall_time = clock.now();
  const bool written = write_reports(arguments, finished, *trace);
  const engine::Totals totals = engine::totals(finished.results);
  progress.say_plainly(annotations(arguments, finished) +
                       engine::summary_of(totals, finished.wall_time));
  const int status = status_of(totals, counts, arguments);
  return written || status == kInterrupted ? status : kBroken;
}

}  // namespace

int run(const RunArguments& arguments) {
  if (!arguments.replay.empty()) return replay(arguments);
  if (const auto options = to_standard_output(arguments); options.size() > 1) {
    complain(fmt::format("{} and {}: only one report can go to standard output", options[0],
                         options[1]));
    return kUsage;
  }
  auto chosen = chosen_stories(arguments.choice);
  if (!chosen) {
    complain(chosen.error().doing);
    return kUsage;
  }
  if (chosen->nothing_failed) {
    say(fmt::format("Nothing failed in {}: nothing is run.\n", arguments.choice.rerun_failed));
    return kDone;
  }
  if (arguments.show == RunArguments::Show::results) return run_all(arguments, std::move(*chosen));
  Progress progress(Stream::out, Loudness::normal, chosen->broken.size());
  for (const ScenarioResult& broken : chosen->broken) progress.tell(broken);
  list(chosen->scenarios);
  return chosen->broken.empty() ? 0 : kUsage;
}

}  // namespace scenarios::cli
