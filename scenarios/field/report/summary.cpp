// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "scenarios/field/reading/update_stage.h"
#include "scenarios/field/report/case_of_run.h"
#include "scenarios/field/report/later_report.h"
#include "updater/report/status_text.h"

namespace scenarios::field {
namespace {

/// The run that its owner asks about: the last one that failed, an update before another tool's.
const ToolRun* asked_about(const std::vector<const ToolRun*>& runs) {
  const ToolRun* chosen = nullptr;
  for (const ToolRun* run : runs) {
    const bool update = run->tool == Tool::fwupdlcl;
    const bool better = chosen == nullptr || update || chosen->tool != Tool::fwupdlcl;
    const bool ended_badly = run->has_outcome() || !last_stage(*run).empty();
    if (ended_badly && better) chosen = run;
  }
  return chosen == nullptr && !runs.empty() ? runs.back() : chosen;
}

std::vector<const ToolRun*> replayed(const Reproduction& all) {
  std::vector<const ToolRun*> runs;
  for (const ReplayedRun& run : all.runs) runs.push_back(&all.report.runs[run.run]);
  return runs;
}

/// Of a run: what its log means, from its errors or from what others met.
std::string meaning_of(const CaseOfRun& told) {
  if (!told.stopped_at.empty())
    return "The log ends in the middle of an update, at " + told.stopped_at +
           ": how it ended is not told.";
  if (!told.known.cases.empty()) return told.known.cases.front()->means;
  if (!told.cause.empty()) return "The tool says \"" + told.cause + "\", and that it failed.";
  if (!told.known.rows.empty()) {
    const auto* row = told.known.rows.front();
    return fmt::format("Error {} ({}): {}", row->number, row->title, row->meaning);
  }
  if (!told.errors.empty()) {
    const std::string& line = told.errors.front();
    const bool has_words = line.find(": ") != line.npos;
    return "The tool says \"" + line + "\"; " +
           (has_words ? "more about it is not public." : "what that means is not public.");
  }
  if (told.went_through) return "No fault is seen: the tool calls the update complete.";
  if (told.runs)
    return "No fault is seen: the engine runs" +
           (told.shows.empty() ? std::string(".") : "; " + told.shows + ".");
  if (told.known.status && told.known.status->documented())
    return updater::report::status_summary(*told.known.status);
  if (!told.shows.empty()) return "No fault is seen: " + told.shows + ".";
  return "The log shows no fault.";
}

std::string steps_of(const AdvisedPlan& plan) {
  std::string text;
  for (const AdvisedStep& step : plan.steps) {
    if (!step.only_for.empty()) continue;
    text += (text.empty() ? "" : "; then: ") + step.what;
  }
  if (text.empty() && !plan.steps.empty()) text = plan.steps.front().what;
  return text + (plan.destroys() ? ". It destroys something: read the whole plan first." : ".");
}

std::string count_of_reproduced(const Reproduction& all) {
  const auto reproduced = std::count_if(all.runs.begin(), all.runs.end(),
                                        [](const ReplayedRun& run) { return run.reproduced(); });
  return fmt::format("{} of {} log{} come{} out line for line on a simulated board", reproduced,
                     all.runs.size(), all.runs.size() == 1 ? "" : "s",
                     all.runs.size() == 1 ? "s" : "");
}

Summary of_simulated_board(const Reproduction& all) {
  const ToolRun& run = *asked_about(replayed(all));
  Summary summary;
  summary.wrong = meaning_of(case_of(all.report, run));
  const auto& survivors = all.explained.survivors;
  if (!survivors.empty() && survivors.front().weight > 0)
    summary.wrong += " Why, most likely: " + survivors.front().text + ".";
  const Advice& advice = all.advice;
  if (!advice.plans.empty())
    summary.what_to_do = steps_of(advice.plans.front());
  else if (!advice.why_none.empty())
    summary.what_to_do = advice.why_none;
  else
    summary.what_to_do = case_of(all.report, run).look_next.front();
  summary.how_sure = count_of_reproduced(all);
  if (survivors.empty()) {
    summary.how_sure += "; nothing that was tried explains them all: take this as a guess.";
  } else {
    summary.how_sure +=
        fmt::format("; {} explanation{} fit{}, the best with {} assumption{}.", survivors.size(),
                    survivors.size() == 1 ? "" : "s", survivors.size() == 1 ? "s" : "",
                    survivors.front().departures(), survivors.front().departures() == 1 ? "" : "s");
  }
  return summary;
}

std::string others_who_met_it(const CaseOfRun& told) {
  if (told.known.cases.empty()) return {};
  const auto& seen = *told.known.cases.front();
  return fmt::format(", and what others met ({}; {})", seen.source, words(seen.ended));
}

/// Nothing of a tool was read.
Summary of_words(const Reproduction& all) {
  const CaseOfRun told = case_of_words(all.report);
  if (told.known.empty()) {
    return {.wrong = all.verdict(),
            .what_to_do = kGiveMore,
            .how_sure = "Nothing of a tool was read: this says nothing about the board."};
  }
  const bool status_alone = told.known.cases.empty() && told.known.rows.empty();
  return {.wrong =
              status_alone ? updater::report::status_summary(*told.known.status) : meaning_of(told),
          .what_to_do = told.look_next.front(),
          .how_sure = "No tool's output stands here: it is what the words say" +
                      others_who_met_it(told) + ". MEInfo's output would tell more."};
}

/// How sure a boot makes it; nothing: the log was not booted.
std::optional<std::string> sure_by_boot(const BootedLog* boot) {
  if (boot == nullptr || !boot->is_booted()) return std::nullopt;
  const std::string board = boot->plan.machine + " (" + boot->plan.machine_because + ")";
  if (!boot->reproduced())
    return "A stock Linux on a simulated " + board +
           " says something else: it is what the log itself says";
  return "A stock Linux on a simulated " + board + " says the same where " +
         boot->plan.because.front().means;
}

/// The first update of the file that failed before `last`; null: it was the first.
const ToolRun* first_that_failed(const std::vector<const ToolRun*>& runs, const ToolRun& last) {
  const auto found = std::find_if(runs.begin(), runs.end(), [&](const ToolRun* run) {
    return run->tool == Tool::fwupdlcl && run->has_outcome() && run->file() == last.file();
  });
  return found == runs.end() || *found == &last ? nullptr : *found;
}

/// What went wrong, the first cause first: what fails behind it may only follow from it.
std::string meanings_of(const Reproduction& all, const std::vector<const ToolRun*>& runs,
                        const ToolRun& last) {
  const std::string meaning = meaning_of(case_of(all.report, last));
  const ToolRun* first = last.tool == Tool::fwupdlcl ? first_that_failed(runs, last) : nullptr;
  if (first == nullptr) return meaning;
  const std::string cause = meaning_of(case_of(all.report, *first));
  return cause == meaning ? meaning : "First: " + cause + " Then: " + meaning;
}

Summary of_other_board(const Reproduction& all, const std::vector<const ToolRun*>& runs) {
  const ToolRun& run = *asked_about(runs);
  const CaseOfRun told = case_of(all.report, run);
  const auto index = static_cast<std::size_t>(&run - all.report.runs.data());
  const LaterLog* later = all.later.log_of(index);
  const std::string otherwise = later == nullptr
                                    ? "This board is not simulated: it is what the log itself says"
                                    : sure_by_board(all.later, *later);
  const std::string sure =
      sure_by_boot(all.boot_of(run)).value_or(otherwise) + others_who_met_it(told);
  Summary summary{.wrong = meanings_of(all, runs, run),
                  .what_to_do = told.look_next.front(),
                  .how_sure = sure + "."};
  if (later == nullptr || later->explanations.empty()) return summary;
  const LaterExplanation& best = later->explanations.front();
  if (run.tool == Tool::fwupdlcl) summary.wrong += " Why, most likely: " + best.text + ".";
  if (best.remedied)
    summary.what_to_do += fmt::format(" On the simulated board it then goes through with this: {}.",
                                      words(best.remedy));
  return summary;
}

}  // namespace

Summary summary_of(const Reproduction& all) {
  if (!all.runs.empty()) return of_simulated_board(all);
  auto others = all.uncovered();
  for (const BootedLog* boot : all.booted()) others.push_back(&all.report.runs[boot->run]);
  for (const LaterLog& log : all.later.logs) others.push_back(&all.report.runs[log.run]);
  std::sort(others.begin(), others.end());  // as they stand in the report
  if (!others.empty()) return of_other_board(all, others);
  const auto bare = all.bare();
  if (!bare.empty()) {
    Summary summary = of_other_board(all, bare);
    summary.how_sure =
        "The log shows too little of its board to build one: it is what its lines say.";
    return summary;
  }
  return of_words(all);
}

std::string summary_text(const Summary& summary) {
  return fmt::format("What is wrong:  {}\nWhat to do:     {}\nHow sure:       {}\n", summary.wrong,
                     summary.what_to_do, summary.how_sure);
}

}  // namespace scenarios::field
