// SPDX-License-Identifier: BSD-3-Clause
// The reproduction for programs. Schema: docs/schema/reproduce.schema.json.
#include <nlohmann/json.hpp>

#include <algorithm>

#include "scenarios/field/reading/error_words.h"
#include "scenarios/field/report/case_of_run.h"
#include "scenarios/field/report/comparison_json.h"
#include "scenarios/field/report/kernel_report.h"
#include "scenarios/field/report/later_report.h"
#include "scenarios/field/report/replay_sequence.h"
#include "scenarios/field/report/report_advice.h"
#include "scenarios/field/report/reproduction.h"
#include "scenarios/field/report/summary.h"
#include "scenarios/page/sequence.h"

namespace scenarios::field {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostInJson = 1000;

/// Lines that were read as what they come near to.
Json guesses_json(const FieldReport& report) {
  Json all = Json::array();
  for (const ToolRun& run : report.runs) {
    for (const LogLine* line : run.guessed())
      all.push_back({{"place", place_of(*line)}, {"stands", line->stood}, {"read_as", line->text}});
  }
  return all;
}

/// Runs whose place in the text alone says on which board they were.
Json placed_by_guess_json(const Reproduction& all) {
  Json guesses = Json::array();
  for (const ReportedBoard& state : all.states) {
    for (const std::size_t run : state.guessed)
      guesses.push_back({{"place", all.report.runs[run].place()}, {"machine", state.name}});
  }
  return guesses;
}

Json line_json(const LogLine& line) {
  return {{"place", place_of(line)}, {"text", line.text}};
}

Json error_means(const ToolRun& run) {
  const std::string words = error_words(run);
  return words.empty() ? Json() : Json(words);
}

Json unread_json(const std::optional<UnreadOutcome>& unread) {
  if (!unread) return {};
  const std::string guess = guess_words(*unread);
  return {{"place", place_of(unread->line)},
          {"text", unread->line.text},
          {"speaks_of", name(unread->speaks_of)},
          {"perhaps_error", unread->number ? Json(*unread->number) : Json()},
          {"comes_near", unread->resembles.empty() ? Json() : Json(unread->resembles)},
          {"guess", guess.empty() ? Json() : Json(guess)}};
}

Json run_json(const ReplayedRun& run, const FieldReport& report,
              const std::vector<ReportedBoard>& states) {
  const ToolRun& log = report.runs[run.run];
  return {
      {"place", log.place()},
      {"tool", name(log.tool)},
      {"tool_version", log.tool_version ? Json(to_text(*log.tool_version)) : Json()},
      {"generation", log.generation},
      {"command_line", log.command},
      {"error_means", error_means(log)},
      {"machine", states[run.state].name},
      {"reproduced", run.reproduced()},
      {"status", name(run.status())},
      {"not_understood", unread_json(log.unread)},
      {"missing_in_the_paste", run.comparison.missing_in_paste()},
      {"only_in_the_log", run.comparison.count(LineVerdict::theirs)},
      {"not_read", run.comparison.count(LineVerdict::unread)},
      {"failure", run.failure.empty() ? Json() : Json(run.failure)},
      {"our_command", run.command.text()},
      {"our_exit_status", run.replay.exit},
      {"image_version_is", run.command.image_from.empty() ? Json() : Json(run.command.image_from)},
      {"comparison", comparison_json(run.comparison)},
      {"timeline", page::sequence_json(sequence_of(run.replay.timeline))}};
}

Json machine_json(const ReportedBoard& state, const std::vector<ProfileValue>& profile) {
  Json values = Json::array();
  for (const ProfileValue& value : profile) {
    values.push_back({{"key", value.table + "." + value.key},
                      {"value", value.toml},
                      {"known", name(value.provenance)},
                      {"place", value.place.empty() ? Json() : Json(value.place)},
                      {"note", value.note}});
  }
  return {{"name", state.name}, {"board", state.board}, {"values", values}};
}

Json contradiction_json(const Contradiction& each) {
  const auto told = [](const Observation& seen) -> Json {
    return {{"place", place_of(seen.line)}, {"value", seen.value}};
  };
  return {{"fact", name(each.fact)},
          {"first", told(each.first)},
          {"second", told(each.second)},
          {"misread", each.misread.empty() ? Json() : Json(each.misread)}};
}

Json explanation_json(const Explanation& each, const FieldReport& report) {
  Json answers = Json::array();
  for (const Assumption& assumed : each.assumptions) {
    Json runs = Json::array();
    for (const std::size_t place : assumed.places)
      runs.push_back(report.runs[each.runs[place].run].place());
    answers.push_back({{"question", assumed.question},
                       {"id", assumed.answer.id},
                       {"text", assumed.answer.text},
                       {"weight", static_cast<int>(assumed.weight)},
                       {"runs", runs}});
  }
  Json also = Json::array();
  for (const Alternative& other : each.also)
    also.push_back({{"text", other.text}, {"weight", other.weight}});
  return {{"text", each.text},
          {"assumptions", each.departures()},
          {"weight", each.weight},
          {"reproduced", each.reproduced()},
          {"doubt", each.doubt.empty() ? Json() : Json(each.doubt)},
          {"answers", answers},
          {"leans_on", each.leans_on()},
          {"others_that_foretell_the_same", also}};
}

Json explained_json(const Explained& explained, const FieldReport& report) {
  Json survivors = Json::array();
  for (const Explanation& each : explained.survivors)
    survivors.push_back(explanation_json(each, report));
  Json distinctions = Json::array();
  for (const Distinction& each : explained.distinctions) {
    Json lines = Json::array();
    for (const Distinction::Line& line : each.lines)
      lines.push_back(
          {{"line", line.line}, {"means", line.means}, {"in_our_words", line.in_our_words}});
    distinctions.push_back({{"run", each.command}, {"look_for", lines}});
  }
  return {{"tried", explained.tried},
          {"heaviest_looked_for", explained.survivors.empty() ? Json() : Json(explained.heaviest)},
          {"surviving", survivors},
          {"tell_apart", distinctions},
          {"not_told_apart", explained.not_told_apart}};
}

std::vector<const LogLine*> nobodys_lines(const FieldReport& report) {
  std::vector<const LogLine*> all;
  for (const ToolRun& run : report.runs) {
    for (const LogLine* line : run.of_kind(LineKind::unknown)) all.push_back(line);
  }
  for (const LogLine& line : report.prose) all.push_back(&line);
  return all;
}

void add_unknown_lines(const FieldReport& report, Json& json) {
  const auto all = nobodys_lines(report);
  const std::size_t listed = std::min(all.size(), kMostInJson);
  Json& lines = json["unknown_lines"] = Json::array();
  for (std::size_t i = 0; i < listed; ++i) lines.push_back(line_json(*all[i]));
  json["unknown_lines_left_out"] = all.size() - listed;
}

}  // namespace

std::string report_json(const Reproduction& all) {
  Json json = {{"schema", "mesim-reproduce-1"}, {"exit_status", all.exit_status()}};
  const Summary summary = summary_of(all);
  json["answer"] = {
      {"wrong", summary.wrong}, {"what_to_do", summary.what_to_do}, {"how_sure", summary.how_sure}};
  json["runs"] = Json::array();
  for (const ReplayedRun& run : all.runs)
    json["runs"].push_back(run_json(run, all.report, all.states));
  json["boots"] = boots_json(all);
  json["later"] = later_json(all);
  json["not_covered"] = Json::array();
  for (const ToolRun* run : all.uncovered())
    json["not_covered"].push_back({{"place", run->place()},
                                   {"tool", run->title()},
                                   {"generation", run->generation},
                                   {"tells", outline(*run)},
                                   {"means", case_json(case_of(all.report, *run))}});
  json["beside_the_logs"] = Json::array();
  for (const auto* row : case_beside(all.report).known.cases)
    json["beside_the_logs"].push_back({{"case", row->id},
                                       {"means", row->means},
                                       {"look_next", row->look_next},
                                       {"end", row->end},
                                       {"source", row->source}});
  json["without_a_board"] = Json::array();
  for (const ToolRun* run : all.bare())
    json["without_a_board"].push_back({{"place", run->place()},
                                       {"tool", run->title()},
                                       {"error_means", error_means(*run)},
                                       {"not_understood", unread_json(run->unread)}});
  json["left_out"] = all.left_out;
  json["unusable_files"] = Json::array();
  for (const UnusableFile& file : all.report.unusable)
    json["unusable_files"].push_back({{"file", file.file}, {"why", file.why}});
  json["machines"] = Json::array();
  for (std::size_t i = 0; i < all.states.size(); ++i)
    json["machines"].push_back(machine_json(all.states[i], all.profiles[i]));
  json["contradictions"] = Json::array();
  for (const Contradiction& each : all.contradictions)
    json["contradictions"].push_back(contradiction_json(each));
  json["tried_by_the_owner"] = Json::array();
  for (const TriedLine& each : all.report.tried)
    json["tried_by_the_owner"].push_back(
        {{"what", name(each.what)}, {"place", place_of(each.line)}});
  json["read_as_guess"] = guesses_json(all.report);
  json["placed_by_guess"] = placed_by_guess_json(all);
  add_unknown_lines(all.report, json);
  if (!all.explained.questions.empty())
    json["explanations"] = explained_json(all.explained, all.report);
  if (is_advised_on(all)) json["advice"] = advice_json(all.advice);
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace scenarios::field
