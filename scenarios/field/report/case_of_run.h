// SPDX-License-Identifier: BSD-3-Clause
// A run whose board is not simulated, or not known: what its log shows, what that means, what to
// look at next, and how it ended for others.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

#include "scenarios/field/reading/run_log.h"
#include "updater/report/explain_query.h"

namespace scenarios::field {

struct CaseOfRun {
  std::string shows;  ///< "firmware 9.1.45.3000, BIOS A18; Error 8746: ..."; empty: nothing beyond
  std::vector<std::string> errors;  ///< in the tool's own words, as they stand
  /// How far an update had come whose log ends without an outcome: "45%, stage 6 of 19".
  /// Else empty: no update, or one that ended.
  std::string stopped_at;
  bool went_through = false;  ///< the tool calls its update complete
  bool runs = false;          ///< the engine runs, the log says, and nothing tells of a fault
  /// The first error, where no list has it and those that are known only say that it failed.
  std::string cause;
  updater::report::Answer known;
  /// One thing to look at next, whatever is known. Never empty for a run.
  std::vector<std::string> look_next;
};

/// `run` is one of `report`; what the same file tells beside it counts for what it means.
CaseOfRun case_of(const FieldReport& report, const ToolRun& run);

/// Of a report without any tool's output: what a person's words tell (a version that a BIOS screen
/// shows, a board that switches itself off). look_next is empty where they tell nothing.
CaseOfRun case_of_words(const FieldReport& report);

/// What a person's words tell beside logs of a simulated board, its cases alone; empty: nothing, or
/// a log of another board stands there, too, and tells it.
CaseOfRun case_beside(const FieldReport& report);

/// Of the terminal's page: lines that begin with six blanks.
std::string case_text(const CaseOfRun& told);
nlohmann::ordered_json case_json(const CaseOfRun& told);
/// Of the page: a list.
std::string case_html(const CaseOfRun& told);

}  // namespace scenarios::field
