// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/case_of_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/field/reading/error_words.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/update_stage.h"
#include "scenarios/field/report/html_text.h"
#include "updater/report/json.h"
#include "updater/report/owner_steps.h"
#include "updater/report/status_text.h"

namespace scenarios::field {
namespace {

using updater::report::Pasted;
using updater::report::Sign;

std::string text_of(const std::vector<LogLine>& lines, const std::string& file) {
  std::string text;
  for (const LogLine& line : lines) {
    if (line.file && *line.file == file) text += line.text + "\n";
  }
  return text;
}

/// All that stands in the run's file.
std::string text_around(const FieldReport& report, const std::string& file) {
  std::string text = text_of(report.prose, file);
  for (const ToolRun& run : report.runs) text += text_of(run.lines, file);
  return text;
}

/// Any number may stand in a log or a letter: only what it calls an error is one.
void keep_errors(Pasted& pasted) {
  std::erase_if(pasted.numbers, [](const updater::report::SaidNumber& number) {
    return number.as != updater::report::SaidAs::error;
  });
}
constexpr std::uint32_t kSmallestOfTheTools = 8192;

/// Signs and versions may stand in another run of the post, numbers are the run's own.
Pasted pasted_of(const FieldReport& report, const ToolRun& run) {
  Pasted own = updater::report::read_pasted(text_of(run.lines, run.file()));
  // Its own report tells of small numbers that are no errors ("status 2" of a question).
  if (run.tool == Tool::meupdate)
    std::erase_if(own.numbers,
                  [](const auto& number) { return number.value < kSmallestOfTheTools; });
  const Pasted around = updater::report::read_pasted(text_around(report, run.file()));
  for (const Sign sign : around.signs) {
    if (!own.has(sign)) own.signs.push_back(sign);
  }
  if (own.board_version.empty()) own.board_version = around.board_version;
  if (own.image_version.empty()) own.image_version = around.image_version;
  if (own.generation == 0) {
    own.generation = run.generation;
    own.or_later = is_of_some_later_generation(run);
  }
  keep_errors(own);
  return own;
}

std::string versions_text(const Pasted& pasted) {
  if (pasted.board_version.empty() || pasted.image_version.empty()) return {};
  return fmt::format("board {}, image {} (the image's as its name tells)", pasted.board_version,
                     pasted.image_version);
}

void add_once(std::vector<std::string>& all, const std::string& words) {
  if (std::find(all.begin(), all.end(), words) == all.end()) all.push_back(words);
}

constexpr const char* kLookAtLater =
    "The ME's version in the BIOS set-up (N/A or 0.0.0.0: it does not run), MEInfo -fwsts or the "
    "words of /sys/class/mei/mei0/fw_status, and the image that the board's maker has for this "
    "very model.";
constexpr const char* kLookAtSound =
    "Nothing, as far as this log tells. If something is wrong all the same, say what, and give "
    "MEInfo's whole output.";
constexpr const char* kLookAtUnfinished =
    "Do not switch off while it writes: wait half an hour. Then power off fully and look at the "
    "version in the BIOS set-up: N/A or 0.0.0.0 means that the ME's region has to be written by "
    "the "
    "board's maker or with a programmer.";
constexpr const char* kLookAtUpdated =
    "Restart, or take all power away for half a minute, and look at the ME's version in the BIOS "
    "set-up: the new one runs from then on.";
constexpr const char* kLookAtEarlier =
    "The ME's version in the BIOS set-up, and the tool run from DOS, which needs neither driver "
    "nor service.";

std::vector<std::string> what_to_look_at(const CaseOfRun& told, std::uint16_t generation) {
  std::vector<std::string> steps;
  if (!told.stopped_at.empty()) steps.emplace_back(kLookAtUnfinished);
  if (told.went_through && told.errors.empty()) steps.emplace_back(kLookAtUpdated);
  for (const auto* row : told.known.cases) add_once(steps, row->look_next);
  const bool later = generation > kLastGeneration;
  for (const auto* row : told.known.rows) {
    const std::string step = updater::report::owner_steps(*row);
    // It speaks to no later board.
    const bool of_this_program = later && step.find("meupdate") != std::string::npos;
    if (!of_this_program) add_once(steps, step);
  }
  const bool earlier = generation != 0 && generation < kFirstGeneration;
  if (steps.empty() && told.runs) steps.emplace_back(kLookAtSound);
  if (steps.empty()) steps.emplace_back(earlier ? kLookAtEarlier : kLookAtLater);
  return steps;
}

std::string means_text(const updater::report::KnownNumber& row) {
  return fmt::format("{} ({}): {}", row.number, row.title, row.meaning);
}

std::string ended_text(const updater::report::KnownCase& row) {
  return fmt::format("{}: {} ({})", words(row.ended), row.end, row.source);
}

bool tells(const ToolRun& run, Fact fact, std::string_view value) {
  const Observation* seen = run.find(fact);
  return seen != nullptr && same_letters(seen->value, value);
}

/// Of its status words, of what a tool makes of them, of Linux' driver, or because it told a tool
/// its version.
bool shows_running_engine(const ToolRun& run, const CaseOfRun& told) {
  if (told.known.status && told.known.status->documented())
    return updater::report::shows_sound_engine(*told.known.status);
  const bool normal =
      tells(run, Fact::working_state, "Normal") && tells(run, Fact::state_error, "No Error");
  const bool started =
      std::any_of(run.observations.begin(), run.observations.end(), [](const Observation& seen) {
        return seen.fact == Fact::tool_says && same_letters(seen.value, "hbm: STARTED");
      });
  const Observation* version = run.find(Fact::later_version);
  const bool answered =
      run.tool == Tool::mei_files && version != nullptr && !version->value.starts_with("0.0.0");
  // MEInfo says so where it could not ask.
  return normal || started || answered || (run.tool == Tool::meinfo && run.has_content());
}

/// The first error that no list has, where the others only say that it failed.
std::string cause_beside(const CaseOfRun& told) {
  const auto& rows = told.known.rows;
  const bool only_verdicts =
      !rows.empty() && std::all_of(rows.begin(), rows.end(), [](const auto* row) {
        return updater::report::only_says_that_it_failed(*row);
      });
  if (!only_verdicts) return {};
  for (const std::string& line : told.errors) {
    const bool known = std::any_of(rows.begin(), rows.end(), [&](const auto* row) {
      return line.find(std::to_string(row->number)) != line.npos;
    });
    if (!known) return line;
  }
  return {};
}

}  // namespace

CaseOfRun case_of(const FieldReport& report, const ToolRun& run) {
  const Pasted pasted = pasted_of(report, run);
  CaseOfRun told;
  told.shows = outline(run);
  for (const Observation& seen : run.observations) {
    if (seen.fact != Fact::error) continue;
    if (is_error(seen, protocol::update::ToolError::success))
      told.went_through = true;
    else
      told.errors.push_back(error_line(seen));
  }
  if (pasted.has(Sign::other_major_version)) {
    const std::string versions = versions_text(pasted);
    told.shows += (told.shows.empty() ? "" : "; ") + versions;
  }
  told.known.rows = updater::report::rows_of_numbers(pasted);
  told.known.status = protocol::heci::read_status(pasted.status_words, pasted.generation);
  told.known.cases = updater::report::cases_of(pasted);
  if (!run.has_outcome()) told.stopped_at = last_stage(run);
  told.cause = cause_beside(told);
  told.runs = told.errors.empty() && told.known.cases.empty() && told.known.rows.empty() &&
              told.stopped_at.empty() && !run.unread && shows_running_engine(run, told);
  told.look_next = what_to_look_at(told, pasted.generation);
  return told;
}

CaseOfRun case_of_words(const FieldReport& report) {
  std::string text;
  for (const LogLine& line : report.prose) text += line.text + "\n";
  Pasted pasted = updater::report::read_pasted(text);
  // A letter holds house numbers and models, too: an error's stands behind the word.
  pasted.numbers.clear();
  for (const std::uint32_t number : known_errors_in(report.prose))
    pasted.numbers.push_back({number, updater::report::SaidAs::error});
  CaseOfRun told;
  told.known.status = protocol::heci::read_status(pasted.status_words, pasted.generation);
  told.known.cases = updater::report::cases_of(pasted);
  told.known.rows = updater::report::rows_of_numbers(pasted);
  if (!told.known.empty()) told.look_next = what_to_look_at(told, pasted.generation);
  return told;
}

CaseOfRun case_beside(const FieldReport& report) {
  const auto of_other_board = [](const ToolRun& run) { return !is_covered(run); };
  if (std::any_of(report.runs.begin(), report.runs.end(), of_other_board)) return {};
  CaseOfRun told = case_of_words(report);
  told.known.rows.clear();
  told.look_next.clear();
  for (const auto* row : told.known.cases) add_once(told.look_next, row->look_next);
  if (told.known.cases.empty()) return {};
  for (const LogLine& line : report.prose) {
    const bool says = updater::report::sign_of(line.text) != Sign::none;
    if (says) told.shows += (told.shows.empty() ? "" : "; ") + line.text;
  }
  return told;
}

std::string case_text(const CaseOfRun& told) {
  std::string text;
  const auto add = [&](const char* label, const std::string& words) {
    text += fmt::format("      {}: {}\n", label, words);
  };
  if (!told.shows.empty()) add("it tells", told.shows);
  if (told.known.status)
    add("its status words", updater::report::status_words_text(*told.known.status) + ": " +
                                updater::report::status_summary(*told.known.status));
  for (const auto* row : told.known.cases) add("that means", row->means);
  for (const auto* row : told.known.rows) add("its error is", means_text(*row));
  for (const std::string& step : told.look_next) add("look next", step);
  for (const auto* row : told.known.cases) add("for others it ended", ended_text(*row));
  return text;
}

nlohmann::ordered_json case_json(const CaseOfRun& told) {
  nlohmann::ordered_json json = updater::report::answer_json(told.known);
  json.erase("schema");
  json["shows"] =
      told.shows.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(told.shows);
  json["look_next"] = told.look_next;
  return json;
}

std::string case_html(const CaseOfRun& told) {
  std::string text = "<dl>\n";
  const auto add = [&](const char* label, const std::string& words) {
    text += element("dt", label) + element("dd", words) + "\n";
  };
  if (!told.shows.empty()) add("It tells", told.shows);
  if (told.known.status)
    add("Its status words", updater::report::status_words_text(*told.known.status) + ": " +
                                updater::report::status_summary(*told.known.status));
  for (const auto* row : told.known.cases) add("That means", row->means);
  for (const auto* row : told.known.rows) add("Its error is", means_text(*row));
  for (const std::string& step : told.look_next) add("Look next", step);
  for (const auto* row : told.known.cases) add("For others it ended", ended_text(*row));
  return text + "</dl>\n";
}

}  // namespace scenarios::field
