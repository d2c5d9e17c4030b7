// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/doubt.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "scenarios/field/advise/advice_search.h"

namespace scenarios::field {
namespace {

using Sequence = std::vector<std::size_t>;

std::string words_for(const Sequence& actions) {
  std::vector<std::string> names;
  for (const std::size_t action : actions)
    names.emplace_back(name(*person_actions()[action].tried));
  return fmt::format(
      "doubtful: on the model an update goes through after this: {}; the report says it did not",
      fmt::join(names, ", "));
}

bool helps(AdviceWorld& world, const Sequence& actions, const std::set<Tried>& tried) {
  const auto ways = update_ways();
  return std::any_of(ways.begin(), ways.end(), [&](const UpdateWay& way) {
    return was_tried(world, actions, way, tried) && world.ends_well(actions, way);
  });
}

/// Breadth first through all that the tried actions lead to; empty: an update never goes through.
Sequence what_helps(AdviceWorld& world, const std::set<Tried>& tried) {
  std::vector<std::pair<Sequence, BoardLook>> nodes = {{{}, world.look()}};
  std::set<BoardLook> seen = {world.look()};
  for (std::size_t at = 0; at < nodes.size(); ++at) {
    const auto [actions, look] = nodes[at];
    if (helps(world, actions, tried)) return actions;
    for (std::size_t action = 0; action < person_actions().size(); ++action) {
      const PersonAction& done = person_actions()[action];
      if (!done.tried || !tried.contains(*done.tried)) continue;
      const BoardLook behind = look_after(done, look);
      if (!seen.insert(behind).second) continue;
      nodes.push_back({actions, behind});
      nodes.back().first.push_back(action);
    }
  }
  return {};
}

}  // namespace

void doubt_what_was_tried(FieldBench& bench, Explained& explained) {
  std::set<Tried> tried;
  for (const TriedLine& each : bench.report().tried) tried.insert(each.what);
  if (tried.empty()) return;
  auto& survivors = explained.survivors;
  for (Explanation& survivor : survivors) {
    for (const std::size_t place : stuck_places(bench)) {
      AdviceWorld world = advice_world(bench, place, survivor.circumstances[place]);
      if (!survivor.doubt.empty() || !world.begin()) continue;
      const Sequence found = what_helps(world, tried);
      if (!found.empty()) survivor.doubt = words_for(found);
    }
  }
  std::stable_partition(survivors.begin(), survivors.end(),
                        [](const Explanation& each) { return each.doubt.empty(); });
  if (!survivors.empty()) explained.best = survivors.front();
}

}  // namespace scenarios::field
