// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/advice_worlds.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <compare>
#include <map>

namespace scenarios::field {
namespace {

bool went_through(const ToolRun& run) {
  const Observation* error = run.find(Fact::error);
  return error != nullptr && is_error(*error, protocol::update::ToolError::success);
}

/// What a person finds, and where: what the profile has anyway is no difference.
struct FoundThere {
  std::size_t state = 0;
  Circumstances board;

  auto operator<=>(const FoundThere&) const = default;
};

FoundThere found_at(const FieldBench& bench, std::size_t place,
                    const Circumstances& circumstances) {
  FoundThere found{bench.covered()[place].state, without_what_was_typed(circumstances)};
  found.board.set = what_changes(circumstances.set, bench.profile(found.state));
  found.board.passing.clear();
  return found;
}

/// What one world stands for, before it is opened.
struct Wanted {
  std::size_t place = 0;
  Circumstances circumstances;
  std::string when;  ///< ", as MEInfo shows it"
  std::vector<std::string> explanations;
};

class Wishes {
 public:
  explicit Wishes(const FieldBench& bench) : bench_(bench), stuck_(stuck_places(bench)) {}

  void add(const std::string& explanation, const std::vector<Circumstances>& by_place) {
    for (const std::size_t place : stuck_) {
      const Circumstances& then = by_place[place];
      add(explanation, place, then, "");
      if (!then.passing.empty()) add(explanation, place, of_today(then), ", as MEInfo shows it");
    }
  }
  const std::vector<Wanted>& all() const { return all_; }

 private:
  void add(const std::string& explanation, std::size_t place, const Circumstances& circumstances,
           const char* when) {
    const auto [known, is_new] =
        known_.emplace(found_at(bench_, place, circumstances), all_.size());
    if (is_new) all_.push_back({place, circumstances, when, {}});
    auto& named = all_[known->second].explanations;
    if (std::find(named.begin(), named.end(), explanation) == named.end())
      named.push_back(explanation);
  }

  const FieldBench& bench_;
  std::vector<std::size_t> stuck_;
  std::map<FoundThere, std::size_t> known_;
  std::vector<Wanted> all_;
};

}  // namespace

std::vector<std::size_t> stuck_places(const FieldBench& bench) {
  const auto& places = bench.covered();
  std::vector<std::size_t> stuck;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ToolRun& run = bench.report().runs[places[i].run];
    if (run.tool != Tool::fwupdlcl) continue;
    const bool updated = went_through(run);
    const ReportedBoard& state = bench.states()[places[i].state];
    std::erase_if(stuck, [&](std::size_t other) {
      const ReportedBoard& before = bench.states()[places[other].state];
      return updated ? before.board == state.board
                     : &before == &state || comes_after(state, before);
    });
    if (!updated) stuck.push_back(i);
  }
  return stuck;
}

bool OpenedWorld::backs(AdviceWorld::Actions actions) const {
  return std::all_of(actions.begin(), actions.end(), [this](std::size_t action) {
    return evidence(person_actions()[action]).is_enough;
  });
}

AdviceWorld advice_world(FieldBench& bench, std::size_t place, const Circumstances& circumstances) {
  const FieldBench::Place at = bench.covered()[place];
  return {command_for(bench.report().runs[at.run], bench.states()[at.state]), circumstances,
          bench.profile(at.state), bench.profile_file(at.state), bench};
}

OpenedWorlds open_worlds(FieldBench& bench, const std::vector<Explanation>& survivors,
                         std::size_t most) {
  Wishes wishes(bench);
  for (std::size_t i = 0; i < survivors.size(); ++i)
    wishes.add(explanation_number(i), survivors[i].circumstances);
  for (std::size_t i = 0; i < survivors.size(); ++i) {
    for (std::size_t k = 0; k < survivors[i].also.size(); ++k)
      wishes.add(alternative_number(i, k), survivors[i].also[k].circumstances);
  }
  OpenedWorlds worlds;
  for (const Wanted& each : wishes.all()) {
    AdviceWorld world = advice_world(bench, each.place, each.circumstances);
    if (worlds.opened.size() >= most || !world.begin()) {
      ++worlds.not_tried;
      continue;
    }
    const ReportedBoard& state = bench.states()[bench.covered()[each.place].state];
    worlds.opened.push_back(
        {std::move(world),
         fmt::format("{}: {}{}", fmt::join(each.explanations, ", "), state.name, each.when),
         BoardEvidence(bench, state.board)});
  }
  return worlds;
}

}  // namespace scenarios::field
