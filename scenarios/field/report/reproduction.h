// SPDX-License-Identifier: BSD-3-Clause
// All that `mesim reproduce` has to tell.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/field/advise/advise.h"
#include "scenarios/field/boot/booted_log.h"
#include "scenarios/field/explain/contradiction.h"
#include "scenarios/field/explain/explain.h"
#include "scenarios/field/later/later_log.h"

namespace scenarios::field {

/// What the owner of a board of a later generation has to know.
inline constexpr const char* kOfLaterBoards =
    "meupdate updates no real board of firmware 6 and later: what was tried was tried on simulated "
    "ones, and what stands beside it is what the log shows and what others met. Ask the board's "
    "maker, with the tool's whole output.";
/// And of one before those that are simulated.
inline constexpr const char* kOfEarlierBoards =
    "Boards of firmware 2 are not simulated: what stands here is what the log shows and what "
    "others met. Ask the board's maker, with the tool's whole output.";

/// What to do about a run that shows too little of its board.
inline constexpr const char* kGiveMore =
    "Give the whole output of the tools for more; that of MEInfo tells most.";

struct Reproduction {
  FieldReport report;
  std::vector<ReportedBoard> states;
  std::vector<std::vector<ProfileValue>> profiles;  ///< one a state
  std::vector<Contradiction> contradictions;
  Explained explained;
  Advice advice;
  std::size_t left_out = 0;  ///< runs that are not worked on: there are too many
  /// Under the best explanation, with their timelines: first those that it explains, then updates
  /// of which nobody knows how they ended.
  std::vector<ReplayedRun> runs;
  /// Kernel logs that a guest's kernel can bring about; planned, until boot_logs() is asked for.
  std::vector<BootedLog> boots;
  /// Boards of ME 6 and later, and what comes out on them.
  LaterLogs later;

  /// Runs of tools or generations that the model does not cover, and that neither were booted nor
  /// played on a later board.
  std::vector<const ToolRun*> uncovered() const;
  /// Whether a log is of a later generation than meupdate knows.
  bool has_later_boards() const;
  /// Whether one of them is of an earlier one.
  bool has_earlier_boards() const;
  /// Runs whose log says how they ended in a line that was not understood, and which nothing else
  /// stands against.
  std::vector<const ReplayedRun*> not_understood() const;
  /// Of a kernel's log; null: no guest brings it about.
  const BootedLog* boot_of(const ToolRun& run) const;
  /// Kernel logs that were booted.
  std::vector<const BootedLog*> booted() const;
  /// Whether an update's is among the runs: explanations and advice do not know of it.
  bool has_unread_update() const;
  /// Behind "every log": " whose outcome was understood"; empty: each was.
  const char* not_understood_words() const;
  /// Runs that show too little of their board to build one.
  std::vector<const ToolRun*> bare() const;
  /// "2 more runs are not worked on; ..."; empty: none is left out.
  std::string left_out_words() const;
  /// Lines in runs that are nobody's.
  std::vector<const LogLine*> unknown_lines() const;
  /// "5 of 6 logs reproduced, 1 differs, 1 not understood, 1 not covered"; where nothing was found,
  /// that, and what to give.
  std::string verdict() const;
  /// The exit status: 0 every log reproduced, 1 one differs, is not understood, is not covered,
  /// shows no board or is left out, 2 nothing to work on.
  int exit_status() const;
};

/// For whoever waits: a search can take its time. Both may be empty.
struct Watcher {
  /// Machines are built, nothing is replayed: runs and what is explained and advised are missing.
  std::function<void(const Reproduction& so_far)> found;
  Progress progress;
};

/// Reads, builds, replays, explains. `scratch` is a folder for files. Errors: those
/// of FieldBench::make.
base::Result<Reproduction> reproduce(FieldReport report, const std::string& scratch,
                                     const Watcher& watcher = {});

/// What the terminal's page begins with, known when `found` is called: the machines, and which logs
/// each is built from. Empty: there are none.
std::string found_text(const Reproduction& reproduction);
/// The rest of it.
std::string report_text(const Reproduction& reproduction);

/// One JSON document (docs/schema/reproduce.schema.json), ASCII.
std::string report_json(const Reproduction& reproduction);

/// One page that needs nothing else: no network, no other file, no script.
std::string report_html(const Reproduction& reproduction);

/// The reproduction as scenario files for `mesim run`: name and text, machines among them. None
/// where no run is reproduced.
struct SavedFile {
  std::string name;
  std::string text;
};
std::vector<SavedFile> as_scenarios(const Reproduction& reproduction);

}  // namespace scenarios::field
