// SPDX-License-Identifier: BSD-3-Clause
// The reproduction as one page: style inside, no script, nothing loaded.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/engine/exit_status.h"
#include "scenarios/field/explain/tell_apart.h"
#include "scenarios/field/reading/error_words.h"
#include "scenarios/field/report/case_of_run.h"
#include "scenarios/field/report/html_text.h"
#include "scenarios/field/report/kernel_report.h"
#include "scenarios/field/report/later_report.h"
#include "scenarios/field/report/page_parts.h"
#include "scenarios/field/report/replay_sequence.h"
#include "scenarios/field/report/report_advice.h"
#include "scenarios/field/report/reproduction.h"
#include "scenarios/field/report/summary.h"
#include "scenarios/page/page_head.h"
#include "scenarios/page/sequence.h"

namespace scenarios::field {
namespace {

std::string rows(const std::vector<std::string>& cells, const char* tag) {
  std::string text = "<tr>";
  for (const std::string& cell : cells) text += element(tag, cell);
  return text + "</tr>\n";
}

std::string verdict_html(const ReplayedRun& run) {
  const bool prefix = run.comparison.verdict == LogVerdict::prefix;
  const std::string aside = set_aside_words(run.comparison);
  const std::string lost = aside.empty() ? "" : " but for " + aside;
  if (run.reproduced())
    return element("span",
                   "reproduced" + lost + (prefix ? "; the log ends there, ours goes on" : ""),
                   " class=good");
  if (run.is_not_understood()) return element("span", "not understood", " class=bad");
  return element("span", run.failure.empty() ? "differs" : "could not be run: " + run.failure,
                 " class=bad");
}

std::string error_html(const ToolRun& run) {
  const std::string words = error_words(run);
  return words.empty() ? "" : element("p", "Its error is " + words, " class=note");
}

std::string unread_html(const ToolRun& log) {
  if (!log.unread) return {};
  const std::string guess = guess_words(*log.unread);
  return element("p", "Not understood: " + line_words(log.unread->line), " class=bad") +
         (guess.empty() ? "" : element("p", "A guess: " + guess, " class=note"));
}

std::string side_by_side_html(const ReplayedRun& run, const FieldReport& report) {
  const ToolRun& log = report.runs[run.run];
  std::string text =
      fmt::format("<details{}><summary>{} - {}: {}</summary>\n", run.reproduced() ? "" : " open",
                  element("b", log.place()), escaped(log.title()), verdict_html(run));
  text += element("p", "Here: " + run.command.text(), " class=note") + error_html(log);
  if (run.is_not_understood()) text += unread_html(log);
  return text + compared_lines_html(run.comparison) + "</details>\n";
}

std::string machine_card(const ReportedBoard& state, const std::vector<ProfileValue>& profile) {
  std::string text = fmt::format("<details><summary>{} (board {})</summary>\n<table>\n",
                                 element("b", state.name), state.board);
  for (const ProfileValue& value : profile) {
    text +=
        "<tr>" + element("td", value.table + "." + value.key) + element("td", value.toml) +
        element("td", name(value.provenance), fmt::format(" class={}", name(value.provenance))) +
        element("td", value.place.empty() ? value.note : value.place + ": " + value.note) +
        "</tr>\n";
  }
  return text + "</table></details>\n";
}

std::string explanation_html(const Explanation& each, std::size_t number) {
  std::string text = "<li>" + element("span", each.text);
  text +=
      element("span", fmt::format(" [{} assumptions, weight {}]", each.departures(), each.weight),
              " class=note");
  if (!each.leans_on().empty())
    text += element("div",
                    fmt::format("leans on docs/fidelity.md: {}", fmt::join(each.leans_on(), ", ")),
                    " class=note");
  if (!each.doubt.empty()) text += element("div", each.doubt, " class=bad");
  for (std::size_t k = 0; k < each.also.size(); ++k)
    text +=
        element("div",
                fmt::format("{} foretells the same lines: {} [weight {}]",
                            alternative_number(number, k), each.also[k].text, each.also[k].weight),
                " class=note");
  return text + "</li>\n";
}

std::string distinction_html(const Distinction& each) {
  std::string text =
      element("p", "To tell them apart, run " + each.command + " and look for:") + "<ol>\n";
  for (const Distinction::Line& line : lines_once(each)) {
    const char* words = line.in_our_words ? " (in our words: the number counts)" : "";
    text += "<li>" + element("code", line.line) +
            element("span", words + (" - " + line.means), " class=note") + "</li>\n";
  }
  return text + "</ol>\n";
}

std::string explanations_html(const Reproduction& all) {
  const Explained& explained = all.explained;
  std::string text =
      element("p", fmt::format("{} of {} tried reproduce every log{}.", explained.survivors.size(),
                               explained.tried, all.not_understood_words()));
  text += "<ol>\n";
  for (std::size_t i = 0; i < explained.survivors.size(); ++i)
    text += explanation_html(explained.survivors[i], i);
  text += "</ol>\n";
  if (explained.survivors.empty())
    text += element("p", "Nearest: " + explained.best.text);
  else if (!all.has_unread_update())
    text += element("p", not_looked_for(explained));
  for (const Distinction& each : explained.distinctions) text += distinction_html(each);
  for (const std::string& names : explained.not_told_apart)
    text += element("p", "No command we know tells these apart: " + names);
  return text;
}

std::string contradictions_html(const std::vector<Contradiction>& all) {
  if (all.empty()) return {};
  std::string text = "<table>\n";
  for (const Contradiction& each : all) {
    text += rows({name(each.fact), each.first.value + " (" + place_of(each.first.line) + ")",
                  each.second.value + " (" + place_of(each.second.line) + ")",
                  each.misread.empty() ? "two states" : "read wrongly at " + each.misread},
                 "td");
  }
  return text + "</table>\n";
}

/// The last update that goes on beyond its log, else the last update, else the first run.
const ReplayedRun& chosen_run(const Reproduction& all) {
  const ReplayedRun* chosen = &all.runs.front();
  for (const ReplayedRun& run : all.runs) {
    if (all.report.runs[run.run].tool == Tool::fwupdlcl) chosen = &run;
  }
  for (const ReplayedRun& run : all.runs) {
    const bool update = all.report.runs[run.run].tool == Tool::fwupdlcl;
    if (update && run.comparison.verdict == LogVerdict::prefix) chosen = &run;
  }
  return *chosen;
}

std::string sequence_part(const Reproduction& all) {
  if (all.runs.empty()) return {};
  const ReplayedRun& run = chosen_run(all);
  const std::string picture = page::sequence_html(sequence_of(run.replay.timeline));
  if (picture.empty()) return {};
  return element("p", "Of " + all.report.runs[run.run].place() + ", replayed; virtual time.") +
         picture;
}

std::string answer_html(const Reproduction& all) {
  const Summary answer = summary_of(all);
  return "<dl class=answer>\n" + element("dt", "What is wrong") + element("dd", answer.wrong) +
         element("dt", "What to do") + element("dd", answer.what_to_do) +
         element("dt", "How sure") + element("dd", answer.how_sure) + "</dl>\n";
}

struct PageSection {
  const char* id;
  const char* title;
  std::string body;  ///< empty: there is none
};

std::string contents_html(const std::vector<PageSection>& sections) {
  std::string entries;
  for (const PageSection& each : sections) {
    if (!each.body.empty())
      entries += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", each.id, each.title);
  }
  return entries.empty() ? "" : "<nav><ul>\n" + entries + "</ul></nav>\n";
}

std::string section_html(const PageSection& section) {
  if (section.body.empty()) return {};
  return fmt::format("<h2 id=\"{}\">{}</h2>\n", section.id, section.title) + section.body;
}

std::string verdict_html(const Reproduction& all) {
  return element("p", all.verdict(), all.exit_status() == kDone ? " class=good" : " class=bad");
}

std::string leftovers_html(const Reproduction& all) {
  std::string text;
  for (const ToolRun* run : all.bare())
    text +=
        element("p",
                run->place() + ": " + run->title() + " shows too little of its board to build one",
                " class=bad") +
        error_html(*run) + unread_html(*run) + element("p", kGiveMore, " class=note");
  for (const ToolRun* run : all.uncovered())
    text += element("p",
                    run->place() + ": " + run->title() + generation_words(*run) +
                        " is not covered by the model",
                    " class=bad") +
            case_html(case_of(all.report, *run));
  if (const CaseOfRun beside = case_beside(all.report); !beside.known.empty())
    text += element("p", "Beside the logs the text tells:") + case_html(beside);
  if (all.has_later_boards() && all.later.logs.empty())
    text += element("p", kOfLaterBoards, " class=note");
  if (all.has_earlier_boards()) text += element("p", kOfEarlierBoards, " class=note");
  if (all.left_out > 0) text += element("p", all.left_out_words(), " class=bad");
  for (const UnusableFile& file : all.report.unusable)
    text += element("p", file.file + " " + file.why, " class=bad");
  return text;
}

std::string unknown_html(const Reproduction& all) {
  const auto unknown = all.unknown_lines();
  if (unknown.empty()) return {};
  std::string text = "<table>\n";
  for (const LogLine* line : unknown) text += rows({place_of(*line), line->text}, "td");
  return text + "</table>\n";
}

std::string tried_html(const FieldReport& report) {
  if (report.tried.empty()) return {};
  std::string text = "<table>\n";
  for (const TriedLine& each : report.tried)
    text += rows({name(each.what), place_of(each.line), each.line.text}, "td");
  return text + "</table>\n";
}

std::string logs_html(const Reproduction& all) {
  std::string text;
  for (const ReplayedRun& run : all.runs) text += side_by_side_html(run, all.report);
  return text;
}

std::string machines_html(const Reproduction& all) {
  std::string text;
  if (all.runs.empty()) return text;
  for (std::size_t i = 0; i < all.states.size(); ++i)
    text += machine_card(all.states[i], all.profiles[i]);
  return text;
}

}  // namespace

std::string report_html(const Reproduction& all) {
  std::string body =
      element("h1", "Field report, reproduced") + answer_html(all) + verdict_html(all);
  const std::vector<PageSection> sections = {
      {"advice", "What to do", is_advised_on(all) ? advice_html(all.advice) : ""},
      {"others", "Not simulated, or not read", leftovers_html(all)},
      {"sequence", "What happened", sequence_part(all)},
      {"explanations", "Explanations",
       all.explained.questions.empty() ? "" : explanations_html(all)},
      {"logs", "Logs", logs_html(all)},
      {"later", "Boards of firmware 6 and later", later_html(all)},
      {"kernels", "Kernel logs", boots_html(all)},
      {"machines", "Machines", machines_html(all)},
      {"contradictions", "Told differently by logs of one board",
       contradictions_html(all.contradictions)},
      {"unknown", "Lines that belong to no tool we know", unknown_html(all)},
      {"tried", "Tried already, says the report", tried_html(all.report)},
  };
  body += contents_html(sections);
  for (const PageSection& section : sections) body += section_html(section);
  return without_folders(
      page::page_head("Field report, reproduced") + body + std::string(page::kPageEnd), all.report);
}

}  // namespace scenarios::field
