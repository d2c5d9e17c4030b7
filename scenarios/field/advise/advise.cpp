// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/advise.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "scenarios/field/advise/advise_evidence.h"
#include "scenarios/field/advise/advise_real_board.h"

namespace scenarios::field {
namespace {

/// More are not played through: they cost a second each.
constexpr std::size_t kMostWorlds = 6;
/// With the owner's password, and as many without.
constexpr std::size_t kMostPlans = 3;

bool needs_secret(const Candidate& candidate) {
  return update_ways()[candidate.way].needs_secret;
}

bool destroys_something(const Candidate& candidate) {
  return std::any_of(candidate.actions.begin(), candidate.actions.end(), [](std::size_t action) {
    return what_it_destroys(person_actions()[action]) != nullptr;
  });
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
      return std::tuple(destroys_something(a), b.worth(), a.actions.size()) <
             std::tuple(destroys_something(b), a.worth(), b.actions.size());
    });
    std::vector<AdvisedPlan> plans;
    std::map<bool, Listed> listed;
    for (const Candidate& each : kept) {
      Listed& alike = listed[needs_secret(each)];
      if (alike.count == kMostPlans) continue;
      AdvisedPlan plan = plan_of(each);
      const bool everywhere = plan.works_in.size() == worlds_.size();
      const bool of_no_use = alike.everywhere && (!everywhere || plan.destroys());
      if (plan.works_in.empty() || of_no_use) continue;
      ++alike.count;
      alike.everywhere = alike.everywhere || everywhere;
      plans.push_back(std::move(plan));
    }
    return plans;
  }

  /// What plans() left out for want of a line that speaks for it.
  const std::vector<WithheldStep>& withheld() const { return withheld_; }

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
      const bool helps = candidate.works[i] && !candidate.tried[i];
      if (!helps || withholds(candidate, i)) continue;
      if (worlds_[i].world.ends_well_step_by_step(candidate.actions, way))
        plan.works_in.push_back(i + 1);
    }
    if (const char* why = why_another_image())
      plan.steps.push_back(
          {.what = "Use the image that the board's maker offers for this very model", .why = why});
    for (std::size_t i = 0; i < candidate.actions.size(); ++i) {
      const PersonAction& action = person_actions()[candidate.actions[i]];
      plan.steps.push_back({.what = action.what,
                            .why = action.why,
                            .only_for = needed_in(candidate, i, plan.works_in),
                            .on_a_real_board = on_a_real_board(action.id),
                            .destroys = what_it_destroys(action),
                            .rests_on = evidence_in(plan.works_in, action)});
      lean(plan, action.leans_on);
    }
    plan.steps.push_back({.what = way.what,
                          .why = way.why,
                          .command = way.command,
                          .on_a_real_board = on_a_real_board(way.id)});
    lean(plan, way.leans_on);
    return plan;
  }

  /// Whether a step of it has no line that speaks for it in that world; notes why.
  bool withholds(const Candidate& candidate, std::size_t world) {
    bool any = false;
    for (const std::size_t index : candidate.actions) {
      const PersonAction& action = person_actions()[index];
      const Evidence evidence = worlds_[world].evidence(action);
      if (evidence.is_enough) continue;
      any = true;
      note_withheld(*what_it_destroys(action), evidence.why_not, world + 1);
    }
    return any;
  }

  void note_withheld(const updater::update::DestroyingStep& step, const std::string& why,
                     std::size_t world) {
    auto known = std::find_if(withheld_.begin(), withheld_.end(), [&](const WithheldStep& each) {
      return each.step == &step && each.why == why;
    });
    if (known == withheld_.end()) known = withheld_.insert(known, {&step, why, {}});
    auto& worlds = known->worlds;
    if (std::find(worlds.begin(), worlds.end(), world) == worlds.end()) worlds.push_back(world);
    std::sort(worlds.begin(), worlds.end());
  }

  /// Each line once.
  std::vector<Observation> evidence_in(const std::vector<std::size_t>& worlds,
                                       const PersonAction& action) const {
    std::vector<Observation> found;
    std::set<std::string> places;
    for (const std::size_t world : worlds) {
      for (const Observation& seen : worlds_[world - 1].evidence(action).lines) {
        if (places.insert(place_of(seen.line)).second) found.push_back(seen);
      }
    }
    return found;
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
  std::vector<WithheldStep> withheld_;
};

/// Why there is nothing to advise, and what to look at.
std::string why_none(const Searched& searched, const std::vector<OpenedWorld>& worlds,
                     bool withheld) {
  if (withheld)
    return "None that rests on what the logs show: what helps on the model would destroy something "
           "that no line speaks for.";
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

bool AdvisedPlan::destroys() const {
  return std::any_of(steps.begin(), steps.end(),
                     [](const AdvisedStep& step) { return step.destroys != nullptr; });
}

std::string world_numbers(const std::vector<std::size_t>& worlds) {
  return fmt::format("world{} {}", worlds.size() == 1 ? "" : "s", fmt::join(worlds, ", "));
}

Advice advise(FieldBench& bench, const Explained& explained) {
  Advice advice;
  for (const FieldBench::Place& place : boards_left_open(bench))
    advice.not_understood.push_back(not_understood_words(bench, place));
  if (stuck_places(bench).empty() && !advice.not_understood.empty()) {
    advice.why_none = "None: nobody knows how the last update ended.";
    return advice;
  }
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
  Planner planner(worlds.opened, searched.candidates);
  advice.plans = planner.plans();
  advice.withheld = planner.withheld();
  if (advice.plans.empty())
    advice.why_none = why_none(searched, worlds.opened, !advice.withheld.empty());
  return advice;
}

}  // namespace scenarios::field
