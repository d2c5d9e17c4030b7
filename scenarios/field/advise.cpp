// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace scenarios::field {
namespace {

/// More are not played through: they cost a second each.
constexpr std::size_t kMostWorlds = 6;
/// With the owner's password, and as many without.
constexpr std::size_t kMostPlans = 3;

bool needs_secret(const Candidate& candidate) {
  return update_ways()[candidate.way].needs_secret;
}

/// Whether `one` helps wherever `other` does.
bool works_wherever(const Candidate& one, const Candidate& other) {
  for (std::size_t i = 0; i < one.works.size(); ++i) {
    if (other.works[i] && !one.works[i]) return false;
  }
  return true;
}

bool has_all_of(const Candidate& candidate, const std::vector<std::size_t>& actions) {
  return std::all_of(actions.begin(), actions.end(), [&](std::size_t action) {
    return std::count(candidate.actions.begin(), candidate.actions.end(), action) > 0;
  });
}

/// Whether a part of its actions does as much, be it one that the report says did not help: then
/// the rest does nothing.
bool is_longer_form(const Candidate& candidate, const std::vector<Candidate>& all) {
  return std::any_of(all.begin(), all.end(), [&](const Candidate& other) {
    return other.way == candidate.way && other.actions.size() < candidate.actions.size() &&
           has_all_of(candidate, other.actions) && works_wherever(other, candidate);
  });
}

/// Where a sequence works and holds one that did not help, whatever the way of the update was, it
/// rests on that: there it counts as tried.
void distrust_what_rests_on_tried(std::vector<Candidate>& all) {
  for (Candidate& each : all) {
    for (const Candidate& other : all) {
      for (std::size_t world = 0; world < each.works.size(); ++world) {
        const bool did_not_help = other.works[world] && other.tried[world];
        if (did_not_help && has_all_of(each, other.actions)) each.tried[world] = true;
      }
    }
  }
}

class Planner {
 public:
  Planner(std::vector<OpenedWorld>& worlds, std::vector<Candidate> candidates)
      : worlds_(worlds), candidates_(std::move(candidates)) {
    distrust_what_rests_on_tried(candidates_);
  }

  std::vector<AdvisedPlan> plans() {
    std::vector<Candidate> kept;
    for (const Candidate& each : candidates_) {
      if (each.worth() > 0 && !is_longer_form(each, candidates_)) kept.push_back(each);
    }
    std::stable_sort(kept.begin(), kept.end(), [](const Candidate& a, const Candidate& b) {
      return std::pair(b.worth(), a.actions.size()) < std::pair(a.worth(), b.actions.size());
    });
    std::vector<AdvisedPlan> plans;
    std::map<bool, Listed> listed;
    for (const Candidate& each : kept) {
      Listed& alike = listed[needs_secret(each)];
      if (alike.count == kMostPlans) continue;
      AdvisedPlan plan = plan_of(each);
      const bool everywhere = plan.works_in.size() == worlds_.size();
      if (plan.works_in.empty() || (alike.everywhere && !everywhere)) continue;
      ++alike.count;
      alike.everywhere = alike.everywhere || everywhere;
      plans.push_back(std::move(plan));
    }
    return plans;
  }

 private:
  /// Of plans that need the owner's password, or do not.
  struct Listed {
    std::size_t count = 0;
    bool everywhere = false;  ///< one updates the board in every world: no other is of use
  };

  AdvisedPlan plan_of(const Candidate& candidate) {
    AdvisedPlan plan;
    const UpdateWay& way = update_ways()[candidate.way];
    plan.needs_secret = way.needs_secret;
    for (std::size_t i = 0; i < worlds_.size(); ++i) {
      if (!candidate.tried[i] && worlds_[i].world.ends_well_step_by_step(candidate.actions, way))
        plan.works_in.push_back(i + 1);
    }
    if (const char* why = why_another_image())
      plan.steps.push_back(
          {"Use the image that the board's maker offers for this very model", why, "", {}});
    for (std::size_t i = 0; i < candidate.actions.size(); ++i) {
      const PersonAction& action = person_actions()[candidate.actions[i]];
      plan.steps.push_back({action.what, action.why, "", needed_in(candidate, i, plan.works_in)});
      lean(plan, action.leans_on);
    }
    plan.steps.push_back({way.what, way.why, way.command, {}});
    lean(plan, way.leans_on);
    return plan;
  }

  /// Null: the image was the right one.
  const char* why_another_image() const {
    const auto any = [this](bool (AdviceWorld::*said)() const) {
      return std::any_of(worlds_.begin(), worlds_.end(),
                         [said](const OpenedWorld& each) { return (each.world.*said)(); });
    };
    if (any(&AdviceWorld::log_shows_wrong_image))
      return "the log's image is not for this board, or not newer than its firmware";
    return any(&AdviceWorld::had_wrong_image) ? "in one explanation the image was not the right one"
                                              : nullptr;
  }

  /// The worlds in which it goes wrong without that action; empty: all of them, or none.
  std::vector<std::size_t> needed_in(const Candidate& candidate, std::size_t action,
                                     const std::vector<std::size_t>& works_in) {
    std::vector<std::size_t> without = candidate.actions;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(action));
    std::vector<std::size_t> needed;
    for (const std::size_t world : works_in) {
      if (!worlds_[world - 1].world.ends_well(without, update_ways()[candidate.way]))
        needed.push_back(world);
    }
    return needed == works_in ? std::vector<std::size_t>{} : needed;
  }

  static void lean(AdvisedPlan& plan, const std::vector<const char*>& rows) {
    for (const char* row : rows) {
      if (std::find(plan.leans_on.begin(), plan.leans_on.end(), row) == plan.leans_on.end())
        plan.leans_on.emplace_back(row);
    }
  }

  std::vector<OpenedWorld>& worlds_;
  std::vector<Candidate> candidates_;
};

/// Why there is nothing to advise, and what to look at.
std::string why_none(const Searched& searched, const std::vector<OpenedWorld>& worlds) {
  if (!searched.candidates.empty())
    return "What helps on the model is what the report says did not help, or rests on it: doubt "
           "the explanations, and look for a run whose log has an outcome.";
  const UpdateWay& way = worlds.front().world.way_of_the_report();
  return fmt::format(
      "None of the {} sequences ends in a verified update. Without any of them `{}` ends, in world "
      "1, with: {}",
      searched.played, way.command, worlds.front().world.last_words(way));
}

}  // namespace

std::string world_numbers(const std::vector<std::size_t>& worlds) {
  return fmt::format("world{} {}", worlds.size() == 1 ? "" : "s", fmt::join(worlds, ", "));
}

Advice advise(FieldBench& bench, const Explained& explained) {
  Advice advice;
  if (explained.survivors.empty()) {
    advice.why_none = "None, for no explanation fits the logs.";
    return advice;
  }
  if (stuck_places(bench).empty()) {
    advice.why_none = "None is needed: the last update of each board went through.";
    return advice;
  }
  OpenedWorlds worlds = open_worlds(bench, explained.survivors, kMostWorlds);
  advice.worlds_not_tried = worlds.not_tried;
  if (worlds.opened.empty()) {
    advice.why_none = "None: not one of the boards that the explanations speak of can be made.";
    return advice;
  }
  std::set<Tried> tried;
  for (const TriedLine& each : bench.report().tried) tried.insert(each.what);
  Searched searched = search_advice(bench, worlds.opened, tried);
  for (const OpenedWorld& each : worlds.opened) advice.worlds.push_back(each.name);
  advice.tried = searched.played;
  advice.pruned = searched.pruned;
  advice.plans = Planner(worlds.opened, searched.candidates).plans();
  if (advice.plans.empty()) advice.why_none = why_none(searched, worlds.opened);
  return advice;
}

}  // namespace scenarios::field
