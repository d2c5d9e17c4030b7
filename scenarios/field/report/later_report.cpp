// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/later_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/field/boards/build_profile.h"
#include "scenarios/field/report/case_of_run.h"
#include "scenarios/field/report/comparison_json.h"
#include "scenarios/field/report/comparison_text.h"
#include "scenarios/field/report/html_text.h"
#include "scenarios/field/report/page_parts.h"

namespace scenarios::field {
namespace {

using LaterJson = nlohmann::ordered_json;

const LaterBoard& board_of_log(const Reproduction& all, const LaterLog& log) {
  return all.later.boards[log.board];
}

std::string engine_words(const LaterBoard& board) {
  const auto& row = protocol::nearest_generation(board.make.generation);
  return fmt::format("{} {}", row.engine, board.make.generation);
}

std::string base_words(const LaterBoard& board) {
  const std::string_view base = base_profile(board.make, board.state);
  return fmt::format("{}: {}", base, board.make.base->why);
}

std::string words_text(const std::vector<std::uint32_t>& words) {
  std::string text;
  for (const std::uint32_t word : words)
    text += fmt::format("{}{:08X}", text.empty() ? "" : " ", word);
  return text;
}

const ComparedFact* first_other(const LaterLog& log) {
  const auto found = std::find_if(log.facts.begin(), log.facts.end(),
                                  [](const ComparedFact& fact) { return !fact.same(); });
  return found == log.facts.end() ? nullptr : &*found;
}

std::string tried_words(const LaterExplanation& each) {
  if (each.remedy == Remedy::none) return {};
  return fmt::format("{}{}", words(each.remedy),
                     each.remedied ? "; tried here: the update then goes through" : "");
}

std::string explanation_lines(const LaterLog& log) {
  std::string text;
  for (std::size_t i = 0; i < log.explanations.size(); ++i) {
    const LaterExplanation& each = log.explanations[i];
    text += fmt::format("      {}: {} [{}]\n", i == 0 ? "because" : "or", each.text,
                        each.seen.empty() ? "assumed: no line says it" : "seen: " + each.seen);
    if (!each.leans_on.empty())
      text += fmt::format("      leans on docs/fidelity.md: {}\n", each.leans_on);
    if (const std::string tried = tried_words(each); !tried.empty())
      text += fmt::format("      what helps: {}\n", tried);
  }
  return text;
}

std::string difference_lines(const LaterLog& log) {
  if (log.reproduced()) return {};
  if (const ComparedFact* other = first_other(log))
    return fmt::format("      log:  {} {}\n      ours: {}\n", name(other->fact), other->log,
                       other->ours);
  const ComparedLine* first = log.comparison.first_difference();
  if (first == nullptr) return {};
  return fmt::format("      log:  {}\n      ours: {}\n",
                     first->log.text.empty() ? "(no such line)" : first->log.text,
                     first->ours.empty() ? "(no such line)" : first->ours);
}

LaterJson value_json(const ProfileValue& value) {
  const std::string key = value.table.empty() ? value.key : value.table + "." + value.key;
  return {{"key", key},
          {"value", value.toml},
          {"known", name(value.provenance)},
          {"place", value.place.empty() ? LaterJson() : LaterJson(value.place)},
          {"note", value.note}};
}

LaterJson later_board_json(const LaterBoard& board) {
  LaterJson values = LaterJson::array();
  for (const ProfileValue& value : board.profile) values.push_back(value_json(value));
  return {{"name", board.state.name},
          {"board", board.state.board},
          {"generation", board.make.generation},
          {"generation_because", board.make.why_generation},
          {"base", base_profile(board.make, board.state)},
          {"base_because", board.make.base->why},
          {"condition", name(board.condition)},
          {"values", values}};
}

LaterJson explanations_json(const LaterLog& log) {
  LaterJson all = LaterJson::array();
  for (const LaterExplanation& each : log.explanations) {
    all.push_back(
        {{"id", each.id},
         {"text", each.text},
         {"seen", each.seen.empty() ? LaterJson() : LaterJson(each.seen)},
         {"leans_on", each.leans_on.empty() ? LaterJson() : LaterJson(each.leans_on)},
         {"what_helps", each.remedy == Remedy::none ? LaterJson() : LaterJson(words(each.remedy))},
         {"tried_and_helped", each.remedied}});
  }
  return all;
}

LaterJson later_log_json(const Reproduction& all, const LaterLog& log) {
  const ToolRun& run = all.report.runs[log.run];
  LaterJson facts = LaterJson::array();
  for (const ComparedFact& fact : log.facts)
    facts.push_back({{"place", place_of(fact.line)},
                     {"fact", name(fact.fact)},
                     {"log", fact.log},
                     {"ours", fact.ours},
                     {"same", fact.same()}});
  LaterJson shown = LaterJson::array();
  for (const std::uint32_t word : log.words) shown.push_back(fmt::format("{:08X}", word));
  return {{"place", run.place()},
          {"tool", run.title()},
          {"machine", board_of_log(all, log).state.name},
          {"status", name(log.status())},
          {"reproduced", log.reproduced()},
          {"here", log.command},
          {"comparison", comparison_json(log.comparison)},
          {"facts", facts},
          {"words", shown},
          {"runs", log.version.empty() ? LaterJson() : LaterJson(log.version)},
          {"explanations", explanations_json(log)},
          {"tried", log.tried},
          {"means", case_json(case_of(all.report, run))}};
}

std::string later_log_html(const Reproduction& all, const LaterLog& log) {
  const ToolRun& run = all.report.runs[log.run];
  const LaterBoard& board = board_of_log(all, log);
  std::string text = fmt::format(
      "<details{}><summary>{} - {}: {}</summary>\n", log.reproduced() ? "" : " open",
      element("b", run.place()), escaped(run.title()),
      element("span", later_verdict_words(log), log.reproduced() ? " class=good" : " class=bad"));
  text += element("p",
                  "Here: " + log.command + ", on " + board.state.name + ", built upon " +
                      base_words(board) + ".",
                  " class=note");
  for (const LaterExplanation& each : log.explanations) {
    text += element(
        "p", each.text + " [" + (each.seen.empty() ? "assumed" : "seen: " + each.seen) + "]");
    if (const std::string tried = tried_words(each); !tried.empty())
      text += element("p", "What helps: " + tried);
  }
  if (log.compares_lines()) text += compared_lines_html(log.comparison);
  for (const ComparedFact& fact : log.facts)
    text += element("p", fmt::format("{}: {} there, {} here", name(fact.fact), fact.log, fact.ours),
                    fact.same() ? " class=note" : " class=bad");
  return text + case_html(case_of(all.report, run)) + "</details>\n";
}

}  // namespace

std::string later_verdict_words(const LaterLog& log) {
  if (log.status() == LogStatus::not_understood) return "NOT UNDERSTOOD";
  if (!log.compares_lines()) {
    const auto same = std::count_if(log.facts.begin(), log.facts.end(),
                                    [](const ComparedFact& fact) { return fact.same(); });
    return fmt::format("{}, {} of {} facts come out", log.reproduced() ? "reproduced" : "DIFFERS",
                       same, log.facts.size());
  }
  const Comparison& c = log.comparison;
  if (log.reproduced()) {
    const bool goes_on = c.verdict == LogVerdict::prefix;
    const std::size_t elsewhere = c.count(LineVerdict::elsewhere);
    return reproduced_words(c) + ", " + line_count(c) +
           (elsewhere == 0 ? "" : fmt::format(", {} that no engine tells", elsewhere)) +
           (goes_on ? "; the log ends there, ours goes on" : "");
  }
  const ComparedLine* first = c.first_difference();
  return first == nullptr ? "DIFFERS" : "DIFFERS at " + place_of(first->log);
}

std::string sure_by_board(const LaterLogs& later, const LaterLog& log) {
  const LaterBoard& board = later.boards[log.board];
  std::string text =
      fmt::format("On a simulated board of {} ({}) ", engine_words(board), base_words(board));
  if (!log.reproduced()) return text + "something else comes out: take this as a guess";
  text += log.compares_lines() ? "the same lines come out" : "the same facts come out";
  const std::size_t seen = static_cast<std::size_t>(
      std::count_if(log.explanations.begin(), log.explanations.end(),
                    [](const LaterExplanation& each) { return !each.seen.empty(); }));
  return text + fmt::format("; {} explanation{} bring{} them about, {} of them seen in the log",
                            log.explanations.size(), log.explanations.size() == 1 ? "" : "s",
                            log.explanations.size() == 1 ? "s" : "", seen);
}

std::string later_machines_text(const Reproduction& all) {
  std::string text;
  for (const LaterBoard& board : all.later.boards) {
    const auto count = [&](Provenance p) {
      return std::count_if(board.profile.begin(), board.profile.end(),
                           [&](const ProfileValue& value) { return value.provenance == p; });
    };
    text += fmt::format("  {:<32} {}, firmware {}; {} values observed, {} derived, {} assumed\n",
                        board.state.name, engine_words(board),
                        find(board.profile, "firmware.version")->toml, count(Provenance::observed),
                        count(Provenance::derived), count(Provenance::assumed));
    text += fmt::format("      built upon {}\n", base_words(board));
    for (const std::size_t run : board.state.runs) {
      const ToolRun& log = all.report.runs[run];
      text += fmt::format("      {:<38} {}\n", log.place(), log.title());
    }
  }
  return text;
}

std::string later_log_text(const Reproduction& all, const LaterLog& log) {
  const LaterBoard& board = board_of_log(all, log);
  std::string text = fmt::format("      {}, here: {}, on {}\n", all.report.runs[log.run].title(),
                                 log.command, board.state.name);
  if (!log.words.empty())
    text +=
        fmt::format("      its words here: {}; it runs {}\n", words_text(log.words), log.version);
  if (log.compares_lines()) text += missing_lines(log.comparison);
  return text + difference_lines(log) + explanation_lines(log);
}

nlohmann::ordered_json later_json(const Reproduction& all) {
  LaterJson boards = LaterJson::array();
  for (const LaterBoard& board : all.later.boards) boards.push_back(later_board_json(board));
  LaterJson logs = LaterJson::array();
  for (const LaterLog& log : all.later.logs) logs.push_back(later_log_json(all, log));
  return {{"machines", boards}, {"logs", logs}};
}

std::string later_html(const Reproduction& all) {
  std::string text;
  for (const LaterLog& log : all.later.logs) text += later_log_html(all, log);
  for (const LaterBoard& board : all.later.boards) {
    text += fmt::format("<details><summary>{} ({})</summary>\n<table>\n",
                        element("b", board.state.name), escaped(engine_words(board)));
    for (const ProfileValue& value : board.profile) {
      text +=
          "<tr>" + element("td", value.table + "." + value.key) + element("td", value.toml) +
          element("td", name(value.provenance), fmt::format(" class={}", name(value.provenance))) +
          element("td", value.place.empty() ? value.note : value.place + ": " + value.note) +
          "</tr>\n";
    }
    text += "</table></details>\n";
  }
  if (!all.later.logs.empty()) text += element("p", kOfLaterBoards, " class=note");
  return text;
}

}  // namespace scenarios::field
