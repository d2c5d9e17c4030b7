// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/advice_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace scenarios::field {
namespace {

using Looks = std::vector<BoardLook>;  // by world

struct Node {
  std::vector<std::size_t> actions;
  Looks looks;
};

class AdviceSearch {
 public:
  AdviceSearch(const FieldBench& bench, std::vector<OpenedWorld>& worlds,
               const std::set<Tried>& tried)
      : bench_(bench), worlds_(worlds), tried_(tried) {}

  Searched run() {
    Looks looks;
    for (const OpenedWorld& each : worlds_) looks.push_back(each.world.look());
    seen_.insert(looks);
    std::vector<Node> nodes = {{{}, std::move(looks)}};
    for (std::size_t length = 0; !nodes.empty(); ++length) {
      for (const Node& node : nodes) try_here(node);
      if (found_without_password_ || length == kMostActions) break;
      nodes = longer(nodes);
    }
    return std::move(result_);
  }

 private:
  std::vector<Node> longer(const std::vector<Node>& nodes) {
    std::vector<Node> next;
    for (const Node& node : nodes) {
      if (found_without_evidence_ && destroys_on_the_way(node)) continue;
      const bool alone = !node.actions.empty() && !person_actions()[node.actions.back()].mixes;
      for (std::size_t action = 0; !alone && action < person_actions().size(); ++action) {
        const PersonAction& done = person_actions()[action];
        if (!done.mixes && !node.actions.empty()) continue;
        if (found_without_evidence_ && what_it_destroys(done) != nullptr) continue;
        Node behind = node;
        behind.actions.push_back(action);
        for (BoardLook& look : behind.looks) look = look_after(done, look);
        if (seen_.insert(behind.looks).second) next.push_back(std::move(behind));
      }
    }
    return next;
  }

  void try_here(const Node& node) {
    for (std::size_t way = 0; way < update_ways().size(); ++way) {
      if (update_ways()[way].needs_update_password && !some_board_asks_for_it()) continue;
      Candidate candidate{node.actions, way, {}, {}};
      for (OpenedWorld& each : worlds_) {
        const UpdateWay& update = update_ways()[way];
        candidate.works.push_back(each.world.ends_well(node.actions, update));
        candidate.tried.push_back(was_tried(each.world, node.actions, update, tried_));
      }
      count(candidate);
      if (candidate.worth() == worlds_.size() && !update_ways()[way].needs_secret)
        (is_backed(node) ? found_without_password_ : found_without_evidence_) = true;
      const auto& works = candidate.works;
      if (std::find(works.begin(), works.end(), true) != works.end())
        result_.candidates.push_back(std::move(candidate));
    }
  }

  static bool destroys_on_the_way(const Node& node) {
    return std::any_of(node.actions.begin(), node.actions.end(), [](std::size_t action) {
      return what_it_destroys(person_actions()[action]) != nullptr;
    });
  }

  bool is_backed(const Node& node) const {
    return std::all_of(worlds_.begin(), worlds_.end(),
                       [&](const OpenedWorld& each) { return each.backs(node.actions); });
  }

  bool some_board_asks_for_it() const {
    return std::any_of(worlds_.begin(), worlds_.end(), [](const OpenedWorld& each) {
      return each.world.asks_for_update_password();
    });
  }

  void count(const Candidate& candidate) {
    const auto& tried = candidate.tried;
    const bool pruned = std::find(tried.begin(), tried.end(), false) == tried.end();
    ++(pruned ? result_.pruned : result_.played);
    bench_.say(fmt::format("advice: {} sequences of actions tried, {} end in an update",
                           result_.played, result_.candidates.size()));
  }

  const FieldBench& bench_;
  std::vector<OpenedWorld>& worlds_;
  const std::set<Tried>& tried_;
  std::set<Looks> seen_;
  bool found_without_password_ = false;  ///< for all worlds
  /// For all worlds, but it would destroy something that no line of the logs speaks for: a longer
  /// sequence may do without.
  bool found_without_evidence_ = false;
  Searched result_;
};

}  // namespace

std::size_t Candidate::worth() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < works.size(); ++i) count += works[i] && !tried[i] ? 1 : 0;
  return count;
}

bool was_tried(const AdviceWorld& world, AdviceWorld::Actions actions, const UpdateWay& way,
               const std::set<Tried>& tried) {
  if (actions.empty() || world.had_wrong_image()) return false;
  if (way.needs_secret && !world.password_was_given()) return false;
  return std::all_of(actions.begin(), actions.end(), [&](std::size_t action) {
    const auto& known = person_actions()[action].tried;
    return known && tried.contains(*known);
  });
}

Searched search_advice(const FieldBench& bench, std::vector<OpenedWorld>& worlds,
                       const std::set<Tried>& tried) {
  return AdviceSearch(bench, worlds, tried).run();
}

}  // namespace scenarios::field
