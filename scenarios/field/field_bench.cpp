// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/field_bench.h"

#include <fmt/format.h>

#include "scenarios/engine/report_files.h"

namespace scenarios::field {
namespace {

std::string title_of(const BoardState& state, const FieldReport& report) {
  std::string text = fmt::format("Board {} as ", state.board);
  for (std::size_t i = 0; i < state.runs.size(); ++i)
    text += (i == 0 ? "" : ", ") + report.runs[state.runs[i]].place();
  return text + " saw it";
}

/// Tells two circumstances apart, as far as the tool can notice them.
std::string key_of(const FieldBench::Place& place, Tool tool, const Circumstances& circumstances) {
  std::string key = std::to_string(place.run);
  for (const auto& change : circumstances.set) key += "|" + change.key + "=" + change.value;
  if (tool != Tool::fwupdlcl) return key;
  key += fmt::format("|{}", static_cast<int>(circumstances.image));
  for (const auto& argument : circumstances.arguments) key += "|" + argument;
  for (const auto& file : circumstances.files) key += "|" + file.name + ":" + file.text;
  for (const auto& fault : circumstances.faults) {
    key += fmt::format("|{}/{}/{}", static_cast<int>(fault.point), static_cast<int>(fault.action),
                       fault.occurrence);
  }
  return key;
}

}  // namespace

base::Result<FieldBench> FieldBench::make(FieldReport report, std::string scratch) {
  FieldBench bench;
  bench.report_ = std::move(report);
  bench.scratch_ = std::move(scratch);
  bench.states_ = states_of(bench.report_);
  for (std::size_t i = 0; i < bench.states_.size(); ++i) {
    bench.profiles_.push_back(build_profile(bench.states_, i, bench.report_));
    bench.files_.push_back(fmt::format("{}/{}.toml", bench.scratch_, bench.states_[i].name));
    const auto written = engine::write_text(bench.files_.back(), bench.profile_text(i));
    if (!written) return written.error();
  }
  return bench;
}

std::string FieldBench::profile_text(std::size_t state) const {
  return profile_toml(profiles_[state], title_of(states_[state], report_));
}

std::vector<FieldBench::Place> FieldBench::covered() const {
  std::vector<Place> places;
  for (std::size_t run = 0; run < report_.runs.size(); ++run) {
    for (std::size_t state = 0; state < states_.size(); ++state) {
      for (const std::size_t each : states_[state].runs) {
        if (each == run) places.push_back({run, state});
      }
    }
  }
  return places;
}

ReplayedRun FieldBench::play(const Place& place, const Circumstances& circumstances,
                             Timeline timeline) const {
  ReplayedRun result{.run = place.run, .state = place.state};
  result.command = command_for(report_.runs[place.run], states_[place.state]);
  result.story = story_of(result.command, circumstances, files_[place.state]);
  auto replayed = replay(result.story, circumstances, scratch_, timeline);
  if (!replayed) {
    result.failure = visible(replayed.error().doing);
    result.comparison.verdict = LogVerdict::differs;
    return result;
  }
  result.replay = std::move(*replayed);
  result.comparison = compare(report_.runs[place.run], result.replay.printed);
  return result;
}

ReplayedRun FieldBench::replay_with_timeline(const Place& place,
                                             const Circumstances& circumstances) const {
  return play(place, circumstances, Timeline::kept);
}

ReplayedRun FieldBench::replay_run(const Place& place, const Circumstances& circumstances) {
  const std::string key = key_of(place, report_.runs[place.run].tool, circumstances);
  if (const auto found = done_.find(key); found != done_.end()) return found->second;
  return done_.emplace(key, play(place, both(circumstances, on_a_small_board()), Timeline::none))
      .first->second;
}

}  // namespace scenarios::field
