// SPDX-License-Identifier: BSD-3-Clause
// Logs of ME 6 and later, each brought about on the board that the report shows: what explains it
// is what makes the same lines come out.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/field/later/cause.h"
#include "scenarios/field/later/later_compare.h"
#include "scenarios/field/later/later_states.h"
#include "scenarios/field/later/stand_up.h"
#include "scenarios/field/replay/comparison.h"

namespace scenarios::field {

/// Something that brings a log about.
struct LaterExplanation {
  std::string text;           ///< a sentence without its full stop
  std::string_view id;        ///< stable: a cause's, or a condition's name
  std::string seen;           ///< the line that speaks for it, with its place; empty: assumed
  std::string_view leans_on;  ///< a row of docs/fidelity.md
  Remedy remedy = Remedy::none;
  bool remedied = false;  ///< the remedy was tried here, and the engine runs what it wrote
};

struct LaterLog {
  std::size_t run = 0;    ///< of the report
  std::size_t board = 0;  ///< of LaterLogs::boards
  std::string command;    ///< what was run here, in words
  Comparison comparison;  ///< empty where facts are compared
  std::vector<ComparedFact> facts;
  std::vector<std::uint32_t> words;            ///< that the board shows
  std::string version;                         ///< that it runs
  std::vector<LaterExplanation> explanations;  ///< each brings the same about; likelier ones first
  std::size_t tried = 0;
  std::string failure;  ///< why nothing could be played; empty: it was

  bool compares_lines() const { return !comparison.lines.empty(); }
  LogStatus status() const;
  bool reproduced() const;
};

struct LaterLogs {
  std::vector<LaterBoard> boards;
  std::vector<LaterLog> logs;

  const LaterLog* log_of(std::size_t run) const;
};

/// All runs of boards of ME 6 and later on which something can be tried. `scratch` is a folder for
/// files. Errors: io.
base::Result<LaterLogs> later_logs(const FieldReport& report, const std::string& scratch);

}  // namespace scenarios::field
