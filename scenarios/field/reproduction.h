// SPDX-License-Identifier: BSD-3-Clause
// All that `mesim reproduce` has to tell.
#pragma once

#include <string>
#include <vector>

#include "scenarios/field/explain.h"

namespace scenarios::field {

struct Reproduction {
  FieldReport report;
  std::vector<BoardState> states;
  std::vector<std::vector<ProfileValue>> profiles;  ///< one a state
  std::vector<Contradiction> contradictions;
  Explained explained;
  std::vector<ReplayedRun> runs;  ///< under the best explanation, with their timelines

  /// Runs of tools or generations that the model does not cover.
  std::vector<const ToolRun*> uncovered() const;
  /// The exit status: 0 every log reproduced, 1 one differs or is not covered, 2 nothing to work
  /// on.
  int exit_status() const;
};

/// Reads, builds, replays, explains. `scratch` is a folder for files. Errors: those of
/// FieldBench::make.
base::Result<Reproduction> reproduce(FieldReport report, const std::string& scratch);

/// The page for the terminal.
std::string report_text(const Reproduction& reproduction);

}  // namespace scenarios::field
