// SPDX-License-Identifier: BSD-3-Clause
// An answer for people and for programs: the cases first, for they say what the numbers mean
// together.
#include <fmt/format.h>

#include "updater/report/explain_query.h"
#include "updater/report/json.h"
#include "updater/report/status_text.h"

namespace updater::report {
namespace {

/// More rows than these are told in a line each.
constexpr std::size_t kToldInFull = 8;

std::string case_text(const KnownCase& row) {
  return fmt::format(
      "What others met who saw the same\n  Meaning:   {}\n  Look next: {}\n  It ended:  {}{}\n"
      "  Source:    {}\n",
      row.means, row.look_next, words(row.ended),
      row.end == nullptr ? "" : std::string(": ") + row.end, row.source);
}

Json remains_json(const LockoutRemains& remains) {
  return {{"multiplier", remains.multiplier},
          {"fade_out_seconds", remains.fade_out_seconds},
          {"lockout_seconds_low_byte", remains.initial_low}};
}

Json text_or_null(const char* text) {
  return text == nullptr ? Json() : Json(text);
}

}  // namespace

std::string answer_text(const Answer& answer) {
  std::string text;
  if (answer.status) text += status_text(*answer.status);
  for (const KnownCase* row : answer.cases) text += case_text(*row);
  for (const KnownNumber* row : answer.rows)
    text += answer.rows.size() <= kToldInFull ? explanation_text(*row) : explanation_line(*row);
  if (answer.lockout) text += remains_text(*answer.lockout);
  return text;
}

Json status_json(const protocol::heci::FirmwareStatus& status) {
  Json rows = Json::object();
  for (const StatusRow& row : status_rows(status)) rows[row.name] = row.value;
  Json words_given = Json::array();
  for (const std::uint32_t word : status.words) words_given.push_back(word);
  return {{"words", words_given},
          {"layout", name(status.layout)},
          {"summary", status_summary(status)},
          {"fields", rows}};
}

Json known_case_json(const KnownCase& row) {
  return {{"id", row.id},
          {"means", row.means},
          {"look_next", row.look_next},
          {"ended", name(row.ended)},
          {"end", text_or_null(row.end)},
          {"source", row.source}};
}

Json answer_json(const Answer& answer) {
  Json rows = Json::array();
  for (const KnownNumber* row : answer.rows) rows.push_back(explanation_json(*row));
  Json cases = Json::array();
  for (const KnownCase* row : answer.cases) cases.push_back(known_case_json(*row));
  Json json = {{"schema", "meupdate-explain-1"},
               {"numbers", rows},
               {"firmware_status", answer.status ? status_json(*answer.status) : Json()},
               {"known_cases", cases}};
  if (answer.lockout) json["lockout"] = remains_json(*answer.lockout);
  return json;
}

}  // namespace updater::report
