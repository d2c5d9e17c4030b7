// SPDX-License-Identifier: BSD-3-Clause
// The page a person reads on the terminal. Everything from a log is safe to print since it was read
// (log_line.h).
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "scenarios/field/explain/tell_apart.h"
#include "scenarios/field/reading/error_words.h"
#include "scenarios/field/report/case_of_run.h"
#include "scenarios/field/report/comparison_text.h"
#include "scenarios/field/report/kernel_report.h"
#include "scenarios/field/report/later_report.h"
#include "scenarios/field/report/report_advice.h"
#include "scenarios/field/report/reproduction.h"
#include "scenarios/field/report/summary.h"

namespace scenarios::field {
namespace {

constexpr std::size_t kMostInText = 12;
constexpr const char* kOurWords = "  (in our words: the number counts)";

std::string head(const std::string& text) {
  return "\n" + text + "\n";
}

std::string short_file(const ToolRun& run) {
  const std::string place = run.place();
  return place.substr(place.find_last_of('/') + 1);
}

std::string verdict_words(const ReplayedRun& run, const ToolRun& log) {
  const Comparison& c = run.comparison;
  switch (c.verdict) {
    case LogVerdict::reproduced:
      return reproduced_words(c) + ", " + line_count(c);
    case LogVerdict::prefix:
      if (run.succeeds_beyond()) return "DIFFERS: the log ends without an outcome, ours succeeds";
      return reproduced_words(c) + ", " + line_count(c) + "; the log ends there, ours goes on";
    case LogVerdict::not_understood:
      return "NOT UNDERSTOOD at " + place_of(log.unread->line);
    case LogVerdict::empty:
      return "nothing of the tool in it to compare";
    case LogVerdict::differs:
      break;
  }
  if (!run.failure.empty()) return "could not be run: " + run.failure;
  const ComparedLine* first = c.first_difference();
  if (first != nullptr) return fmt::format("DIFFERS at {}", place_of(first->log));
  return "DIFFERS: the log ends with an outcome, ours goes on";
}

std::string details(const ReplayedRun& run) {
  const Comparison& c = run.comparison;
  std::string text = missing_lines(c);
  if (const ComparedLine* first = c.first_difference()) {
    const bool missing =
        first->verdict == LineVerdict::missing || first->verdict == LineVerdict::theirs;
    const bool added = first->verdict == LineVerdict::added;
    text +=
        fmt::format("      log:  {}\n      ours: {}\n", added ? "(no such line)" : first->log.text,
                    missing ? "(no such line)" : first->ours);
  }
  const bool goes_on =
      c.verdict == LogVerdict::prefix || c.verdict == LogVerdict::not_understood ||
      (run.failure.empty() && c.verdict == LogVerdict::differs && c.first_difference() == nullptr);
  if (!goes_on) return text;
  const std::size_t shown = std::min<std::size_t>(c.beyond.size(), 4);
  for (std::size_t i = 0; i < shown; ++i)
    text += fmt::format("      ours goes on: {}\n", c.beyond[i]);
  if (shown < c.beyond.size())
    text += fmt::format("      ... and {} more lines\n", c.beyond.size() - shown);
  return text;
}

std::string unread_words(const ReplayedRun& run, const ToolRun& log) {
  if (!run.is_not_understood()) return {};
  const std::string guess = guess_words(*log.unread);
  return fmt::format("      log:  {}\n{}", log.unread->line.text,
                     guess.empty() ? "" : "      a guess: " + guess + "\n");
}

std::string bare_runs(const Reproduction& all) {
  std::string text;
  for (const ToolRun* run : all.bare()) {
    text += fmt::format("  {:<42} {}: shows too little of its board to build one\n",
                        short_file(*run), run->title());
    if (const std::string words = error_words(*run); !words.empty())
      text += fmt::format("      its error is {}\n", words);
    if (run->unread)
      text += fmt::format("      not understood: {}\n", line_words(run->unread->line));
    text += std::string("      ") + kGiveMore + "\n";
  }
  if (all.left_out > 0) text += "  " + all.left_out_words() + "\n";
  return text;
}

std::string logs_part(const Reproduction& all) {
  std::string text = head("Logs: " + all.verdict());
  for (const ReplayedRun& run : all.runs) {
    const ToolRun& log = all.report.runs[run.run];
    text += fmt::format("  {:<42} {}\n", short_file(log), verdict_words(run, log));
    text += fmt::format("      {}, here: {}\n", log.title(), run.command.text());
    text += unread_words(run, log) + details(run);
    if (const std::string words = error_words(log); !words.empty())
      text += fmt::format("      its error is {}\n", words);
  }
  for (const LaterLog& log : all.later.logs) {
    const ToolRun& run = all.report.runs[log.run];
    text += fmt::format("  {:<42} {}\n", short_file(run), later_verdict_words(log));
    text += later_log_text(all, log) + case_text(case_of(all.report, run));
  }
  text += bare_runs(all);
  for (const ToolRun* run : all.uncovered()) {
    text += fmt::format(
        "  {:<42} not covered: {}{}; the model knows MEInfo and FWUpdLcl of {} to {}\n",
        short_file(*run), run->title(), generation_words(*run), kFirstGeneration, kLastGeneration);
    text += case_text(case_of(all.report, *run));
    if (const BootedLog* boot = all.boot_of(*run)) text += boot_text(*boot);
  }
  for (const BootedLog* boot : all.booted()) {
    const ToolRun& log = all.report.runs[boot->run];
    text += fmt::format("  {:<42} {}\n", short_file(log), kernel_verdict_words(*boot));
    text += boot_text(*boot) + case_text(case_of(all.report, log));
  }
  if (const CaseOfRun beside = case_beside(all.report); !beside.known.empty())
    text += "  Beside the logs the text tells\n" + case_text(beside);
  if (all.has_later_boards()) text += std::string("  ") + kOfLaterBoards + "\n";
  if (all.has_earlier_boards()) text += std::string("  ") + kOfEarlierBoards + "\n";
  for (const UnusableFile& file : all.report.unusable)
    text += fmt::format("  {:<42} not used: {}\n",
                        file.file.substr(file.file.find_last_of('/') + 1), file.why);
  return text;
}

std::string unknown_part(const Reproduction& all) {
  const auto unknown = all.unknown_lines();
  if (unknown.empty()) return {};
  std::string text = head(fmt::format("Lines that belong to no tool we know ({})", unknown.size()));
  for (std::size_t i = 0; i < std::min(unknown.size(), kMostInText); ++i)
    text += fmt::format("  {}: {}\n", place_of(*unknown[i]), unknown[i]->text);
  if (unknown.size() > kMostInText)
    text += fmt::format("  ... and {} more\n", unknown.size() - kMostInText);
  return text;
}

std::string guesses_part(const Reproduction& all) {
  std::string text;
  for (const ToolRun& run : all.report.runs) {
    for (const LogLine* line : run.guessed())
      text +=
          fmt::format("  {}: {}\n      read as: {}\n", place_of(*line), line->stood, line->text);
  }
  for (const ReportedBoard& state : all.states) {
    for (const std::size_t run : state.guessed)
      text += fmt::format("  {}: taken for one of board {}, as it stands nearest to it\n",
                          all.report.runs[run].place(), state.board);
  }
  return text.empty() ? text : head("Guesses: look whether they are right") + text;
}

std::string contradictions_part(const Reproduction& all) {
  std::string changed;
  std::string misread;
  for (const Contradiction& each : all.contradictions) {
    const std::string both = fmt::format("  {}\n      {}: {}\n      {}: {}\n", name(each.fact),
                                         place_of(each.first.line), each.first.value,
                                         place_of(each.second.line), each.second.value);
    if (each.misread.empty())
      changed += both;
    else
      misread += both + "      read wrongly at " + each.misread + "\n";
  }
  std::string text;
  if (!changed.empty())
    text += head("Told differently by logs of one board: states of it, not errors") + changed;
  if (!misread.empty())
    text += head("Told differently, and read wrongly in one of the two logs") + misread;
  return text;
}

std::string explanation_text(const Explanation& each, std::size_t number) {
  std::string text = fmt::format("  {}. {} [{} assumption{}, weight {}]\n", number, each.text,
                                 each.departures(), each.departures() == 1 ? "" : "s", each.weight);
  const auto rows = each.leans_on();
  if (!rows.empty())
    text += fmt::format("      leans on docs/fidelity.md: {}\n", fmt::join(rows, ", "));
  if (!each.doubt.empty()) text += fmt::format("      {}\n", each.doubt);
  if (!each.also.empty()) text += "      others foretell the same lines:\n";
  for (std::size_t i = 0; i < std::min(each.also.size(), kMostInText); ++i)
    text += fmt::format("      {}: {} [weight {}]\n", alternative_number(number - 1, i),
                        each.also[i].text, each.also[i].weight);
  if (each.also.size() > kMostInText)
    text += fmt::format("      ... and {} more\n", each.also.size() - kMostInText);
  return text;
}

std::string explanations_part(const Reproduction& all) {
  const Explained& explained = all.explained;
  if (explained.questions.empty()) return {};
  std::string text =
      head(fmt::format("Explanations: {} of {} tried reproduce every log{}",
                       explained.survivors.size(), explained.tried, all.not_understood_words()));
  if (explained.survivors.empty()) {
    return text + fmt::format("  None. Nearest: {} ({} of {} logs).\n", explained.best.text,
                              explained.best.reproduced(), explained.best.runs.size());
  }
  const std::size_t shown = std::min(explained.survivors.size(), kMostInText);
  for (std::size_t i = 0; i < shown; ++i) text += explanation_text(explained.survivors[i], i + 1);
  if (shown < explained.survivors.size())
    text += fmt::format("  ... and {} more\n", explained.survivors.size() - shown);
  if (!all.has_unread_update()) text += "  " + not_looked_for(explained) + "\n";
  for (const Distinction& each : explained.distinctions) {
    text += fmt::format("  To tell them apart, run {} and look for:\n", each.command);
    const auto lines = lines_once(each);
    for (std::size_t i = 0; i < std::min(lines.size(), kMostInText); ++i)
      text += fmt::format("      {}{}\n          {}\n", lines[i].line,
                          lines[i].in_our_words ? kOurWords : "", lines[i].means);
  }
  for (const std::string& names : explained.not_told_apart)
    text += fmt::format("  No command we know tells these apart: {}\n", names);
  return text;
}

std::string tried_part(const Reproduction& all) {
  if (all.report.tried.empty()) return {};
  std::string text = head("Tried already, says the report");
  for (const TriedLine& each : all.report.tried)
    text += fmt::format("  {} ({})\n", name(each.what), place_of(each.line));
  return text;
}

std::string machine_line(const ReportedBoard& state, const std::vector<ProfileValue>& profile) {
  const auto count = [&](Provenance p) {
    return std::count_if(profile.begin(), profile.end(),
                         [&](const ProfileValue& value) { return value.provenance == p; });
  };
  std::string text =
      fmt::format("  {:<32} firmware {}; {} values observed, {} derived, {} assumed\n", state.name,
                  find(profile, "firmware.version")->toml, count(Provenance::observed),
                  count(Provenance::derived), count(Provenance::assumed));
  for (const ProfileValue& value : profile) {
    if (!value.not_taken.empty())
      text += fmt::format("      {}.{} is {}; not taken: {}\n", value.table, value.key, value.toml,
                          value.not_taken);
  }
  return text;
}

}  // namespace

std::string found_text(const Reproduction& all) {
  if (all.states.empty() && all.later.boards.empty()) return {};
  std::string text = "Machines, one for every state a log shows\n" + later_machines_text(all);
  for (std::size_t i = 0; i < all.states.size(); ++i) {
    text += machine_line(all.states[i], all.profiles[i]);
    for (const std::size_t run : all.states[i].runs) {
      const ToolRun& log = all.report.runs[run];
      text += fmt::format("      {:<38} {}\n", short_file(log), log.title());
    }
  }
  return text + "\n";
}

std::string report_text(const Reproduction& all) {
  if (all.report.runs.empty()) {
    const CaseOfRun words = case_of_words(all.report);
    std::string text = words.known.empty() ? "" : summary_text(summary_of(all)) + "\n";
    text += all.verdict() + "\n" + case_text(words);
    for (const UnusableFile& file : all.report.unusable)
      text += fmt::format("  {} {}\n", file.file, file.why);
    return text;
  }
  std::string text = logs_part(all) + contradictions_part(all) + unknown_part(all) +
                     guesses_part(all) + tried_part(all) + explanations_part(all) +
                     advice_text(all);
  return summary_text(summary_of(all)) + text;
}

}  // namespace scenarios::field
