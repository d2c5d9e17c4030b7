// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/advise_real_board.h"
#include "scenarios/field/report/report_advice.h"

namespace scenarios::field {
namespace {

using AdviceJson = nlohmann::ordered_json;

AdviceJson or_null(const std::string& text) {
  return text.empty() ? AdviceJson() : AdviceJson(text);
}

AdviceJson destroys_json(const AdvisedStep& step) {
  if (step.destroys == nullptr) return {};
  AdviceJson lines = AdviceJson::array();
  for (const Observation& seen : step.rests_on)
    lines.push_back({{"place", place_of(seen.line)}, {"text", seen.line.text}});
  return {{"what", step.destroys->destroys},
          {"rests_on", lines},
          {"save_before", step.destroys->save_before},
          {"only_if", step.destroys->only_if}};
}

AdviceJson plan_json(const AdvisedPlan& plan, std::size_t worlds) {
  AdviceJson steps = AdviceJson::array();
  for (const AdvisedStep& step : plan.steps)
    steps.push_back({{"do", step.what},
                     {"because", step.why},
                     {"type", or_null(step.command)},
                     {"on_a_real_board", or_null(step.on_a_real_board)},
                     {"destroys", destroys_json(step)},
                     {"only_for_worlds", step.only_for}});
  return {{"steps", steps},
          {"works_in", plan.works_in.size()},
          {"works_in_worlds", plan.works_in},
          {"of", worlds},
          {"needs_owner_secret", plan.needs_secret},
          {"destroys", plan.destroys()},
          {"leans_on", plan.leans_on}};
}

}  // namespace

nlohmann::ordered_json advice_json(const Advice& advice) {
  AdviceJson plans = AdviceJson::array();
  for (const AdvisedPlan& plan : advice.plans)
    plans.push_back(plan_json(plan, advice.worlds.size()));
  AdviceJson withheld = AdviceJson::array();
  for (const WithheldStep& each : advice.withheld)
    withheld.push_back({{"do", each.step->what},
                        {"would_destroy", each.step->destroys},
                        {"because", each.why},
                        {"would_help_in_worlds", each.worlds}});
  return {{"tried_on_the_model", advice.tried},
          {"already_tried_by_the_owner", advice.pruned},
          {"longest_sequence", kMostActions},
          {"worlds", advice.worlds},
          {"worlds_not_tried", advice.worlds_not_tried},
          {"why_none", or_null(advice.why_none)},
          {"not_understood", advice.not_understood},
          {"plans", plans},
          {"withheld", withheld},
          {"of_real_boards", advice.plans.empty() ? AdviceJson() : AdviceJson(kOfRealBoards)}};
}

}  // namespace scenarios::field
