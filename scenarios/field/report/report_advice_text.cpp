// SPDX-License-Identifier: BSD-3-Clause
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/field/advise/advise_real_board.h"
#include "scenarios/field/report/report_advice.h"
#include "updater/report/explanations.h"
#include "updater/report/owner_steps.h"

namespace scenarios::field {
namespace {

std::string destroying_lines(const AdvisedStep& step) {
  if (step.destroys == nullptr) return {};
  std::string text = fmt::format("        destroys: {}\n", step.destroys->destroys);
  for (const Observation& seen : step.rests_on)
    text += fmt::format("        rests on: {}\n", line_words(seen.line));
  text += fmt::format("        before it: {}\n", step.destroys->save_before);
  return text + fmt::format("        only if: {}\n", step.destroys->only_if);
}

std::string step_text(const AdvisedStep& step) {
  std::string text =
      fmt::format("      - {}: {}{}\n", step.what, step.why,
                  step.only_for.empty() ? "" : fmt::format(" ({})", world_numbers(step.only_for)));
  text += destroying_lines(step);
  if (!step.command.empty()) text += fmt::format("        model: {}\n", step.command);
  if (!step.on_a_real_board.empty())
    text += fmt::format("        real board: {}\n", step.on_a_real_board);
  return text;
}

std::string plan_text(const AdvisedPlan& plan, const Advice& advice, std::size_t number) {
  const bool everywhere = plan.works_in.size() == advice.worlds.size();
  std::string text = fmt::format(
      "  {}. updates the board in {} of {} worlds{}{}{}\n", number, plan.works_in.size(),
      advice.worlds.size(), everywhere ? "" : fmt::format(" ({})", world_numbers(plan.works_in)),
      plan.needs_secret ? "; needs the TPM owner's password" : "",
      plan.destroys() ? "; DESTROYS something: read all of it first" : "");
  for (const AdvisedStep& step : plan.steps) text += step_text(step);
  return text +
         fmt::format("      leans on docs/fidelity.md: {}\n", fmt::join(plan.leans_on, ", "));
}

std::string worlds_text(const Advice& advice) {
  std::string text = "  Worlds, boards as the explanations have them:\n";
  for (std::size_t i = 0; i < advice.worlds.size(); ++i)
    text += fmt::format("      {}: {}\n", i + 1, advice.worlds[i]);
  if (advice.worlds_not_tried > 0)
    text += fmt::format("  {} more world{} not tried.\n", advice.worlds_not_tried,
                        advice.worlds_not_tried == 1 ? " was" : "s were");
  return text;
}

std::string withheld_text(const Advice& advice) {
  std::string text;
  for (const WithheldStep& each : advice.withheld)
    text += fmt::format(
        "  Not advised, though it helps on the model ({}): {}. It would destroy {}; "
        "{}.\n",
        world_numbers(each.worlds), each.step->what, each.step->destroys, each.why);
  return text;
}

}  // namespace

bool is_advised_on(const Reproduction& all) {
  return !all.explained.questions.empty() || !all.advice.not_understood.empty();
}

std::string line_words(const LogLine& line) {
  return place_of(line) + ": " + line.text;
}

std::string guess_words(const UnreadOutcome& unread) {
  std::string text;
  if (unread.speaks_of != UnreadOutcome::Speaks::unclear)
    text =
        fmt::format("it speaks of {}",
                    unread.speaks_of == UnreadOutcome::Speaks::success ? "success" : "a failure");
  if (!unread.resembles.empty())
    text += fmt::format("{}it comes near \"{}\"", text.empty() ? "" : ", ", unread.resembles);
  if (!unread.number) return text;
  text += fmt::format("{}perhaps of error {}", text.empty() ? "" : ", ", *unread.number);
  const auto* known = updater::report::find_tool_error(*unread.number);
  if (known == nullptr) return text;
  // Its last resort is none for a guess.
  const char* own = updater::report::step_on_a_real_board(*known);
  return text + fmt::format(" ({}): {} If so: {}", known->title, known->meaning,
                            own == nullptr ? known->next_step : own);
}

std::string advice_text(const Reproduction& all) {
  if (!is_advised_on(all)) return {};
  const Advice& advice = all.advice;
  std::string text = "\nAdvice";
  if (!advice.worlds.empty())
    text += fmt::format(
        ": {} sequences of up to {} actions tried on the model, {} left out that "
        "the report says failed",
        advice.tried, kMostActions, advice.pruned);
  text += "\n";
  if (!advice.worlds.empty()) text += worlds_text(advice);
  if (!advice.why_none.empty()) text += "  " + advice.why_none + "\n";
  for (const std::string& words : advice.not_understood) text += "  " + words + "\n";
  for (std::size_t i = 0; i < advice.plans.size(); ++i)
    text += plan_text(advice.plans[i], advice, i + 1);
  text += withheld_text(advice);
  return advice.plans.empty() ? text : text + "  " + kOfRealBoards + "\n";
}

}  // namespace scenarios::field
