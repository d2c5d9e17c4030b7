// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/field/advise/advise_real_board.h"
#include "scenarios/field/report/html_text.h"
#include "scenarios/field/report/report_advice.h"

namespace scenarios::field {
namespace {

std::string note(const std::string& text) {
  return element("div", text, " class=note");
}

std::string destroys_html(const AdvisedStep& step) {
  if (step.destroys == nullptr) return {};
  std::string text =
      element("div", std::string("Destroys ") + step.destroys->destroys + ".", " class=bad");
  for (const Observation& seen : step.rests_on) text += note("Rests on " + line_words(seen.line));
  text += note(std::string("Before it: ") + step.destroys->save_before + ".");
  return text + note(std::string("Only if ") + step.destroys->only_if + ".");
}

std::string step_html(const AdvisedStep& step) {
  const std::string where = step.only_for.empty() ? "" : " (" + world_numbers(step.only_for) + ")";
  std::string text = "<li>" + element("span", step.what) +
                     element("span", " - because " + step.why + where, " class=note");
  text += destroys_html(step);
  if (!step.command.empty()) text += "<br>Model: " + element("code", step.command);
  if (!step.on_a_real_board.empty()) text += element("div", "Real board: " + step.on_a_real_board);
  return text + "</li>\n";
}

std::string plan_html(const AdvisedPlan& plan, std::size_t worlds) {
  std::string text = element(
      "p", fmt::format("Works in {} of {} worlds ({}){}{}.", plan.works_in.size(), worlds,
                       world_numbers(plan.works_in),
                       plan.needs_secret ? "; needs the TPM owner's password" : "",
                       plan.destroys() ? "; destroys something: read all of it first" : ""));
  text += "<ol>\n";
  for (const AdvisedStep& step : plan.steps) text += step_html(step);
  text += "</ol>\n";
  return text +
         element("p", fmt::format("Leans on docs/fidelity.md: {}", fmt::join(plan.leans_on, ", ")),
                 " class=note");
}

std::string worlds_html(const Advice& advice) {
  if (advice.worlds.empty()) return {};
  std::string text =
      element("p", fmt::format("{} sequences of up to {} actions tried on the model, in "
                               "these worlds (boards as the explanations have them):",
                               advice.tried, kMostActions)) +
      "<ol>\n";
  for (const std::string& world : advice.worlds) text += element("li", world) + "\n";
  return text + "</ol>\n";
}

}  // namespace

std::string advice_html(const Advice& advice) {
  std::string text;
  if (advice.worlds_not_tried > 0)
    text += element("p", fmt::format("{} more world{} not tried.", advice.worlds_not_tried,
                                     advice.worlds_not_tried == 1 ? " was" : "s were"));
  if (!advice.why_none.empty()) text += element("p", advice.why_none);
  for (const std::string& words : advice.not_understood) text += element("p", words, " class=bad");
  for (const AdvisedPlan& plan : advice.plans) text += plan_html(plan, advice.worlds.size());
  for (const WithheldStep& each : advice.withheld)
    text += element("p", fmt::format("Not advised, though it helps on the model ({}): {}. It would "
                                     "destroy {}; {}.",
                                     world_numbers(each.worlds), each.step->what,
                                     each.step->destroys, each.why));
  if (!advice.plans.empty()) text += element("p", kOfRealBoards, " class=note");
  return text + worlds_html(advice);
}

}  // namespace scenarios::field
