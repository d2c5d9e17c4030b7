// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/explore_command.h"
#include "os/scratch_folder.h"

#include <fmt/format.h>

#include <charconv>

#include "scenarios/cli/coverage_command.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/interruption.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/cli/shard_choice.h"
#include "scenarios/engine/loader.h"
#include "scenarios/engine/report_text.h"
#include "scenarios/engine/runner.h"
#include "scenarios/explore/explore.h"
#include "updater/cli/steady_clock.h"

namespace scenarios::cli {
namespace {

using explore::Wish;

base::Error no_such(const char* option, const std::string& word, const char* what) {
  return {base::Errc::invalid, fmt::format("{} {}: {}", option, word, what)};
}

base::Result<void> read_points(const char* option, const std::vector<std::string>& words,
                               std::vector<explore::FaultPoint>& points) {
  for (const std::string& word : words) {
    const auto point = emulator::sim::parse_fault_point(word);
    if (!point || explore::deeds_at(*point).empty())
      return no_such(option, word, "no point of that name is explored (docs/scenarios.md, Faults)");
    points.push_back(*point);
  }
  return {};
}

base::Result<void> read_strikes(const ExploreArguments& arguments, Wish& wish) {
  if (auto done = read_points("--at", arguments.points, wish.points); !done) return done;
  if (auto done = read_points("--then", arguments.later_points, wish.later_points); !done)
    return done;
  for (const std::string& word : arguments.deeds) {
    const auto deed = explore::parse_deed(word);
    if (!deed) return no_such("--what", word, "there is no such action (docs/mesim.md, explore)");
    wish.deeds.push_back(*deed);
  }
  return {};
}

base::Result<void> read_phases(const ExploreArguments& arguments, Wish& wish) {
  using emulator::firmware::SessionState;
  for (const std::string& word : arguments.phases) {
    bool known = false;
    for (const SessionState state :
         {SessionState::idle, SessionState::staging, SessionState::verifying,
          SessionState::committing, SessionState::committed, SessionState::failed}) {
      if (word != name(state)) continue;
      wish.phases.push_back(state);
      known = true;
    }
    if (!known)
      return no_such("--while", word,
                     "must be idle, staging, verifying, committing, committed or failed");
  }
  return {};
}

base::Result<void> read_kind(const ExploreArguments& arguments, Wish& wish) {
  if (!arguments.pairs.empty() && arguments.random)
    return base::Error{base::Errc::invalid, "--pairs and --random: choose one of them"};
  if (arguments.random) {
    wish.kind = explore::Kind::mixtures;
    wish.amount = arguments.random;
  }
  if (arguments.pairs.empty()) return {};
  wish.kind = explore::Kind::pairs;
  if (arguments.pairs == "all") return {};
  std::uint64_t amount = 0;
  const std::string& text = arguments.pairs;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (failure != std::errc() || end != text.data() + text.size() || amount == 0)
    return no_such("--pairs", text, "must be all, or about how many");
  wish.amount = amount;
  return {};
}

base::Result<Wish> wish_of(const ExploreArguments& arguments) {
  Wish wish = arguments.wish;
  for (const auto read : {read_strikes, read_phases, read_kind}) {
    if (auto done = read(arguments, wish); !done) return done.error();
  }
  const auto shard = chosen_shard(arguments.shard);
  if (!shard) return shard.error();
  wish.shard = *shard;
  return wish;
}

int not_possible(const base::Error& error) {
  complain(error.doing);
  return error.code == base::Errc::io ? kBroken : kUsage;
}

/// A story that fails by itself shows nothing when it is interrupted.
int check_undisturbed(const engine::Scenario& story, const std::string& scratch) {
  const engine::ScenarioResult result = engine::run_scenario(story, {.scratch = scratch});
  if (result.verdict == engine::Verdict::passed) return kDone;
  say(engine::line_of(result) + engine::details_of(result));
  complain("the story does not pass when nothing strikes; nothing was explored");
  return static_cast<int>(result.verdict);
}

int shrink_one(const engine::Scenario& story, const std::string& scratch, const std::string& id) {
  const auto strikes = explore::parse_id(id);
  if (!strikes) return not_possible(strikes.error());
  const auto told = explore::shrink(story, scratch, *strikes);
  if (!told) return not_possible(told.error());
  say(to_text(told->found, story.file));
  return kFound;
}

int explore_all(const ExploreArguments& arguments, const engine::Scenario& story,
                const std::string& scratch, const Wish& wish) {
  watch_for_interruption();
  const bool to_people = arguments.outputs.json != kStandardOutput &&
                         arguments.outputs.junit != kStandardOutput &&
                         arguments.outputs.html != kStandardOutput;
  std::size_t told = 0;
  const auto found = [&](const explore::Case& one) {
    if (one.ending != explore::Ending::violation || told++ > 0 || !to_people) return;
    say_aside("the first, while the others are sought:\n" + to_text(one, story.file));
  };
  const updater::cli::SteadyClock clock;
  auto report = explore::explore(story, scratch, wish, found, interrupted);
  if (!report) return not_possible(report.error());
  report->wall_time = clock.now();
  int status = give_out(*report, arguments.outputs);
  if (!write_reached(arguments.reached)) status = kBroken;
  if (!interrupted()) return status;
  complain(fmt::format("interrupted: {} histories had ended", report->cases.size()));
  return kInterrupted;
}

}  // namespace

base::Result<engine::Scenario> one_story(const std::string& path, const std::string& filter) {
  const auto files = engine::find_scenario_files({path});
  if (!files) return files.error();
  std::vector<engine::Scenario> all;
  for (const engine::ScenarioFile& file : *files) {
    auto stories = engine::load_scenarios(file.path, file.id);
    if (!stories) return stories.error();
    for (engine::Scenario& story : *stories) all.push_back(std::move(story));
  }
  auto chosen = engine::filtered(std::move(all), filter);
  if (!chosen) return base::Error{base::Errc::invalid, "--filter: " + chosen.error().doing};
  if (chosen->size() == 1) return std::move(chosen->front());
  return base::Error{base::Errc::invalid,
                     fmt::format("{}: {} stories, and one is explored at a time; choose it with "
                                 "its file or with --filter (mesim run {} --list names them)",
                                 path, chosen->size(), path)};
}

bool can_give_out(const ExploreOutputs& outputs) {
  return can_be_written(outputs.json) && can_be_written(outputs.junit) &&
         can_be_written(outputs.html);
}

int give_out(const explore::Report& report, const ExploreOutputs& outputs) {
  bool written = outputs.json.empty() || write_report(outputs.json, to_json(report));
  written = (outputs.junit.empty() || write_report(outputs.junit, to_junit(report))) && written;
  written = (outputs.html.empty() || write_report(outputs.html, to_map(report))) && written;
  const bool taken = outputs.json == kStandardOutput || outputs.junit == kStandardOutput ||
                     outputs.html == kStandardOutput;
  taken ? say_aside(to_text(report)) : say(to_text(report));
  return written ? static_cast<int>(verdict_of(report)) : kBroken;
}

int explore(const ExploreArguments& arguments) {
  const auto story = one_story(arguments.path, arguments.filter);
  if (!story) return not_possible(story.error());
  const auto wish = wish_of(arguments);
  if (!wish) return not_possible(wish.error());
  if (!can_give_out(arguments.outputs) || !begin_reached(arguments.reached)) return kBroken;
  auto scratch = os::ScratchFolder::make();
  if (!scratch) return not_possible(scratch.error());
  if (const int status = check_undisturbed(*story, scratch->path()); status != 0) return status;
  if (!arguments.shrink.empty()) return shrink_one(*story, scratch->path(), arguments.shrink);
  return explore_all(arguments, *story, scratch->path(), *wish);
}

}  // namespace scenarios::cli
