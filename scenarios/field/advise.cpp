// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "scenarios/field/advice_world.h"

namespace scenarios::field {
namespace {

using Sequence = std::vector<std::size_t>;

/// A sequence and the way of its update.
struct Candidate {
  Sequence actions;
  std::size_t way = 0;
  auto operator<=>(const Candidate&) const = default;
};

/// More explanations than these are not played through: they cost seconds each.
constexpr std::size_t kMostWorlds = 4;
/// With the owner's password, and as many without.
constexpr std::size_t kMostPlans = 3;

/// Where an update was tried and did not go through: the last such run of each state of those
/// boards that did not become another. Indices into covered().
std::vector<std::size_t> stuck_places(const FieldBench& bench) {
  const auto& places = bench.covered();
  std::vector<std::size_t> updates;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const ToolRun& run = bench.report().runs[places[i].run];
    const Observation* error = run.find(Fact::error);
    if (run.tool != Tool::fwupdlcl || (error != nullptr && error->value == "0")) continue;
    const BoardState& state = bench.states()[places[i].state];
    std::erase_if(updates, [&](std::size_t other) {
      const BoardState& before = bench.states()[places[other].state];
      return &before == &state || comes_after(state, before);
    });
    updates.push_back(i);
  }
  return updates;
}

/// Explanations that differ only in what was typed share a world.
std::string world_key(const FieldBench::Place& place, const Circumstances& circumstances) {
  std::string key = fmt::format("{}|{}|{}", place.state, static_cast<int>(circumstances.image),
                                static_cast<int>(circumstances.board));
  for (const auto& change : circumstances.set) key += "|" + change.key + "=" + change.value;
  for (const auto& fault : circumstances.faults)
    key += fmt::format("|{}/{}", static_cast<int>(fault.point), fault.occurrence);
  return key;
}

class Search {
 public:
  Search(FieldBench& bench, const Explained& explained) : bench_(bench) {
    for (const TriedLine& each : bench.report().tried) tried_.insert(each.what);
    open_worlds(explained);
  }

  Advice run() {
    for (const auto& world : worlds_) search(*world);
    Advice advice;
    for (const Candidate& candidate : candidates_) {
      if (!is_longer_form(candidate)) add_plan(candidate, advice);
    }
    rank(advice);
    advice.tried = tried_sequences_;
    advice.pruned = pruned_;
    advice.worlds_not_tried = not_tried_;
    return advice;
  }

 private:
  void open_worlds(const Explained& explained) {
    const std::vector<std::size_t> stuck = stuck_places(bench_);
    std::set<std::string> known;
    const auto is_new = [&](std::size_t index, const std::vector<Circumstances>& each) {
      return known.insert(world_key(bench_.covered()[index], each[index])).second;
    };
    for (const Explanation& each : explained.survivors) {
      for (const std::size_t index : stuck) {
        if (is_new(index, each.circumstances) && !open_world(index, each.circumstances[index]))
          ++not_tried_;
      }
    }
    // They foretell the same lines, but an action need not do the same in them.
    for (const Explanation& each : explained.survivors) {
      for (const Alternative& other : each.also) {
        for (const std::size_t index : stuck) not_tried_ += is_new(index, other.circumstances);
      }
    }
  }

  bool open_world(std::size_t index, const Circumstances& circumstances) {
    if (worlds_.size() >= kMostWorlds) return false;
    const FieldBench::Place place = bench_.covered()[index];
    auto world = std::make_unique<AdviceWorld>(
        command_for(bench_.report().runs[place.run], bench_.states()[place.state]), circumstances,
        bench_.profile_file(place.state), bench_.maker(), bench_.scratch());
    if (!world->begin()) return false;
    worlds_.push_back(std::move(world));
    return true;
  }

  /// Nothing but what the owner says he has tried: known to fail.
  bool was_tried(const Candidate& candidate) const {
    if (candidate.actions.empty() || update_ways()[candidate.way].needs_secret) return false;
    return std::all_of(candidate.actions.begin(), candidate.actions.end(), [&](std::size_t action) {
      const auto& tried = person_actions()[action].tried;
      return tried && tried_.contains(*tried);
    });
  }

  /// Ways of a kind for which a shorter sequence was found are left out.
  void try_here(AdviceWorld& world, const Sequence& actions, const std::set<bool>& found_before,
                std::set<bool>& found) {
    for (std::size_t way = 0; way < update_ways().size(); ++way) {
      if (found_before.contains(update_ways()[way].needs_secret)) continue;
      const Candidate candidate{actions, way};
      if (was_tried(candidate)) {
        ++pruned_;
        continue;
      }
      ++tried_sequences_;
      bench_.say(fmt::format("advice: {} sequences of actions tried, {} end in an update",
                             tried_sequences_, candidates_.size()));
      if (!world.ends_well(actions, update_ways()[way])) continue;
      candidates_.insert(candidate);
      found.insert(update_ways()[way].needs_secret);
    }
  }

  /// Breadth first, until a length brings plans both with and without the owner's password.
  void search(AdviceWorld& world) {
    std::vector<std::pair<Sequence, BoardLook>> frontier = {{{}, world.look()}};
    std::set<BoardLook> seen = {world.look()};
    std::set<bool> found;
    try_here(world, {}, {}, found);
    for (std::size_t length = 1; length <= kMostActions && found.size() < 2; ++length) {
      const auto before = std::exchange(frontier, {});
      const std::set<bool> found_before = found;
      for (const auto& [actions, look] : before) {
        for (std::size_t action = 0; action < person_actions().size(); ++action) {
          const bool mixes = person_actions()[action].mixes;
          if (!mixes && !actions.empty()) continue;
          const BoardLook after = look_after(person_actions()[action], look);
          if (!seen.insert(after).second) continue;
          Sequence longer = actions;
          longer.push_back(action);
          try_here(world, longer, found_before, found);
          if (mixes) frontier.emplace_back(std::move(longer), after);
        }
      }
    }
  }

  std::size_t worlds_where(const Candidate& candidate) {
    return static_cast<std::size_t>(
        std::count_if(worlds_.begin(), worlds_.end(), [&](const auto& world) {
          return world->ends_well(candidate.actions, update_ways()[candidate.way]);
        }));
  }

  bool works_wherever(const Candidate& one, const Candidate& other) {
    return std::all_of(worlds_.begin(), worlds_.end(), [&](const auto& world) {
      return !world->ends_well(other.actions, update_ways()[other.way]) ||
             world->ends_well(one.actions, update_ways()[one.way]);
    });
  }

  /// Whether a part of its actions does as much.
  bool is_longer_form(const Candidate& candidate) {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& other) {
      return other.way == candidate.way && other.actions.size() < candidate.actions.size() &&
             std::all_of(other.actions.begin(), other.actions.end(),
                         [&](std::size_t action) {
                           return std::find(candidate.actions.begin(), candidate.actions.end(),
                                            action) != candidate.actions.end();
                         }) &&
             works_wherever(other, candidate);
    });
  }

  void add_plan(const Candidate& candidate, Advice& advice) {
    AdvisedPlan plan{.of = worlds_.size()};
    const UpdateWay& way = update_ways()[candidate.way];
    const auto lean = [&plan](const std::vector<const char*>& rows) {
      for (const char* row : rows) {
        if (std::find(plan.leans_on.begin(), plan.leans_on.end(), row) == plan.leans_on.end())
          plan.leans_on.emplace_back(row);
      }
    };
    const bool other_image = std::any_of(
        worlds_.begin(), worlds_.end(), [](const auto& world) { return world->had_wrong_image(); });
    if (other_image)
      plan.steps.push_back({"Use the image that the board's maker offers for this very model",
                            "in one explanation the image was not the right one"});
    for (const std::size_t action : candidate.actions) {
      plan.steps.push_back({person_actions()[action].what, person_actions()[action].why});
      lean(person_actions()[action].leans_on);
    }
    plan.steps.push_back({way.what, way.why});
    lean(way.leans_on);
    plan.needs_secret = way.needs_secret;
    plan.works_in = worlds_where(candidate);
    advice.plans.push_back(std::move(plan));
  }

  static void rank(Advice& advice) {
    std::stable_sort(advice.plans.begin(), advice.plans.end(), [](const auto& a, const auto& b) {
      return std::pair(b.works_in, a.steps.size()) < std::pair(a.works_in, b.steps.size());
    });
    std::map<bool, std::size_t> kept;
    std::erase_if(advice.plans, [&](const AdvisedPlan& plan) {
      return plan.works_in == 0 || kept[plan.needs_secret]++ >= kMostPlans;
    });
  }

  FieldBench& bench_;
  std::set<Tried> tried_;
  std::vector<std::unique_ptr<AdviceWorld>> worlds_;
  std::set<Candidate> candidates_;
  std::size_t tried_sequences_ = 0;
  std::size_t pruned_ = 0;
  std::size_t not_tried_ = 0;
};

}  // namespace

Advice advise(FieldBench& bench, const Explained& explained) {
  return Search(bench, explained).run();
}

}  // namespace scenarios::field
