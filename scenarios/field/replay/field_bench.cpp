// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/field_bench.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/promise.h"
#include "os/report_file.h"
#include "scenarios/engine/command_line.h"

namespace scenarios::field {
namespace {

std::string title_of(const ReportedBoard& state, const FieldReport& report) {
  std::string text = fmt::format("Board {} as ", state.board);
  for (std::size_t i = 0; i < state.runs.size(); ++i)
    text += (i == 0 ? "" : ", ") + report.runs[state.runs[i]].place();
  return text + " saw it";
}

/// What a run of `tool` can notice: nothing is typed for MEInfo, it reads no image, and it ends
/// before a fault strikes. What passes when the run has ended is no matter to it.
Circumstances noticed_by(Tool tool, const Circumstances& circumstances) {
  Circumstances noticed;
  if (tool == Tool::fwupdlcl) {
    noticed = circumstances;
    noticed.passing.clear();
  } else {
    noticed.set = circumstances.set;
    noticed.condition = circumstances.condition;
  }
  return noticed;
}

std::uint64_t reached(const ReplayedRun& run, emulator::sim::FaultPoint point) {
  return run.replay.reached[static_cast<std::size_t>(point)];
}

}  // namespace

std::vector<FieldBench::Place> FieldBench::places_of(const std::vector<ReportedBoard>& states) {
  std::vector<Place> places;
  for (std::size_t state = 0; state < states.size(); ++state) {
    for (const std::size_t run : states[state].runs) places.push_back({run, state});
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.run < b.run; });
  return places;
}

base::Result<FieldBench> FieldBench::make(FieldReport report, std::string scratch,
                                          Progress progress) {
  FieldBench bench;
  bench.progress_ = std::move(progress);
  bench.report_ = std::move(report);
  bench.scratch_ = std::move(scratch);
  bench.states_ = states_of(bench.report_);
  for (const Place& place : places_of(bench.states_)) {
    const bool unread = bench.report_.runs[place.run].is_unread_update();
    (unread ? bench.not_understood_ : bench.places_).push_back(place);
  }
  for (std::size_t i = 0; i < bench.states_.size(); ++i) {
    bench.profiles_.push_back(build_profile(bench.states_, i, bench.report_));
    bench.files_.push_back(fmt::format("{}/{}.toml", bench.scratch_, bench.states_[i].name));
    const auto written = os::write_scratch(bench.files_.back(), bench.profile_text(i));
    if (!written) return written.error();
  }
  return bench;
}

std::string FieldBench::profile_text(std::size_t state) const {
  return profile_toml(profiles_[state], title_of(states_[state], report_));
}

std::size_t FieldBench::left_out() const {
  const auto all = std::count_if(report_.runs.begin(), report_.runs.end(), &is_covered);
  return static_cast<std::size_t>(all) - worked_on(report_).size();
}

/// Runs of the same command in the same state are played once.
base::Result<Replayed> FieldBench::replayed(const ReplayCommand& command,
                                            const engine::Scenario& story,
                                            const Circumstances& circumstances) {
  PlayedStory key{command.text(), command.image_from, story.machine, story.images, circumstances};
  key.circumstances.passing.clear();
  const auto known = played_before_.find(key);
  if (known != played_before_.end()) return known->second;
  ++played_;
  return played_before_.emplace(std::move(key), replay(story, circumstances, maker_, scratch_))
      .first->second;
}

ReplayedRun FieldBench::play(const Place& place, const Circumstances& circumstances,
                             Timeline timeline) {
  ReplayedRun result{.run = place.run, .state = place.state};
  result.command = command_for(report_.runs[place.run], states_[place.state]);
  result.story = story_of(result.command, circumstances, files_[place.state]);
  auto replayed = timeline == Timeline::kept
                      ? replay(result.story, circumstances, maker_, scratch_, timeline)
                      : this->replayed(result.command, result.story, circumstances);
  if (!replayed) {
    result.failure = engine::without_folder(visible(replayed.error().doing), scratch_);
    result.comparison.verdict = LogVerdict::differs;
    return result;
  }
  result.replay = std::move(*replayed);
  result.comparison = compare(report_.runs[place.run], result.replay.printed);
  return result;
}

ReplayedRun FieldBench::replay_with_timeline(const Place& place,
                                             const Circumstances& circumstances) {
  return play(place, circumstances, Timeline::kept);
}

std::optional<std::string> FieldBench::printed_by(const ReplayCommand& command, const Place& place,
                                                  const Circumstances& circumstances) {
  ++played_;
  const Circumstances small = both(circumstances, on_a_small_board());
  const auto replayed =
      replay(story_of(command, small, files_[place.state]), small, maker_, scratch_);
  return replayed ? std::optional(replayed->printed) : std::nullopt;
}

/// Without what makes no difference, because the run does not come that far; nothing when all of it
/// may make one.
std::optional<Circumstances> FieldBench::noticed_less(const Place& place,
                                                      const Circumstances& circumstances) {
  Circumstances less = circumstances;
  if (!less.faults.empty()) {
    less.faults.pop_back();
    const auto& fault = circumstances.faults.back();
    if (reached(replay_run(place, less), fault.point) < fault.occurrence) return less;
  }
  less = circumstances;
  if (less.image != Circumstances::Image::other_key) return std::nullopt;
  less.image = Circumstances::Image::right;
  if (reached(replay_run(place, less), emulator::sim::FaultPoint::fwu_end) == 0) return less;
  return std::nullopt;
}

const ReplayedRun& FieldBench::replay_run(const Place& place, const Circumstances& circumstances) {
  MEBENCH_PROMISE(place.run < report_.runs.size(), "a place is one of the report's runs");
  const Tool tool = report_.runs[place.run].tool;
  auto& done = done_[place.run];
  const Circumstances noticed = noticed_by(tool, circumstances);
  if (const auto found = done.find(noticed); found != done.end()) return found->second;
  if (tool == Tool::fwupdlcl) {
    if (const auto less = noticed_less(place, circumstances))
      return done.emplace(noticed, replay_run(place, *less)).first->second;
  }
  return done.emplace(noticed, play(place, both(circumstances, on_a_small_board()), Timeline::none))
      .first->second;
}

}  // namespace scenarios::field
